import { mul, sub, sum, type Tensor } from 'inside-llms';

export function addBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [dy, b.rank < dy.rank ? sum(dy, 0) : dy];
}

export function mulBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [b, a];
}

export function tanhBackward(dy: Tensor, y: Tensor): Tensor {
  return sub(dy, mul(dy, mul(y, y)));
}
