import { div, exp, max, reshape, sub, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const powers = exp(sub(scores, max(reshape(scores, [scores.size]), 0)));
  return div(powers, sum(powers, -1, { keepAxes: true }));
}
