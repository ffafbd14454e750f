import { div, sum, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  return div(scores, sum(scores, -1, { keepAxes: true }));
}
