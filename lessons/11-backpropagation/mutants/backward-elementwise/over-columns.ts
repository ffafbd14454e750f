import { mul, sub, sum, type Tensor } from 'inside-llms';

export function addBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [dy, b.rank < dy.rank ? sum(dy, 1) : dy];
}

export function mulBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [mul(dy, b), mul(dy, a)];
}

export function tanhBackward(dy: Tensor, y: Tensor): Tensor {
  return sub(dy, mul(dy, mul(y, y)));
}
