import { div, exp, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  const powers = exp(scores);
  return div(powers, sum(powers, -1, { keepAxes: true }));
}
