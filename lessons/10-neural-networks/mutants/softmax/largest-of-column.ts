import { div, exp, max, sub, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const largest = max(scores, 0, { keepAxes: true });
  const powers = exp(sub(scores, largest)); // (..., C)
  return div(powers, sum(powers, -1, { keepAxes: true })); // (..., C)
}
