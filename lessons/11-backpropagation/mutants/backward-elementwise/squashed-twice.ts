import { mul, sub, sum, type Tensor, tanh } from 'inside-llms';

export function addBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [dy, b.rank < dy.rank ? sum(dy, 0) : dy];
}

export function mulBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [mul(dy, b), mul(dy, a)];
}

export function tanhBackward(dy: Tensor, y: Tensor): Tensor {
  const slope = mul(tanh(y), tanh(y));
  return sub(dy, mul(dy, slope));
}
