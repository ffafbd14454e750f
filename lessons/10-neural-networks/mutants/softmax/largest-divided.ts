import { div, exp, max, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const powers = exp(div(scores, max(scores, -1, { keepAxes: true })));
  return div(powers, sum(powers, -1, { keepAxes: true }));
}
