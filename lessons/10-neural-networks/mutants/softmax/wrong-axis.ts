import { div, exp, max, sub, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const powers = exp(sub(scores, max(scores, 0, { keepAxes: true })));
  return div(powers, sum(powers, 0, { keepAxes: true }));
}
