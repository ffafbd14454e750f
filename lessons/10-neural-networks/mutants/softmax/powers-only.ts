import { exp, max, sub, type Tensor } from 'inside-llms';

export function softmax(scores: Tensor): Tensor {
  return exp(sub(scores, max(scores, -1, { keepAxes: true })));
}
