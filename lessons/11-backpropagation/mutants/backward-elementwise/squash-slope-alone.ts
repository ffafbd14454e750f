import { add, mul, neg, sum, type Tensor } from 'inside-llms';

export function addBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [dy, b.rank < dy.rank ? sum(dy, 0) : dy];
}

export function mulBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [mul(dy, b), mul(dy, a)];
}

export function tanhBackward(dy: Tensor, y: Tensor): Tensor {
  return add(neg(mul(y, y)), 1);
}
