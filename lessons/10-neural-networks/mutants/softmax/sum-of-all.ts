import { div, exp, max, sub, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const powers = exp(sub(scores, max(scores, -1, { keepAxes: true })));
  return div(powers, sum(powers));
}
