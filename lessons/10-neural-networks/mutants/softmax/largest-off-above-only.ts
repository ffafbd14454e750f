import { div, exp, max, sub, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const largest = max(scores, -1, { keepAxes: true }); // (..., 1)
  const powers = exp(sub(scores, largest)); // (..., C)
  return div(powers, sum(exp(scores), -1, { keepAxes: true })); // (..., C)
}
