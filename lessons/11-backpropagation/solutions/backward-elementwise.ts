import { mul, sub, sum, type Tensor } from 'inside-llms';

export function addBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  const backTo = (input: Tensor) => (input.rank < dy.rank ? sum(dy, 0) : dy); // (C,) or (B, C)
  return [backTo(a), backTo(b)];
}

export function mulBackward(dy: Tensor, a: Tensor, b: Tensor): [Tensor, Tensor] {
  return [mul(dy, b), mul(dy, a)]; // (B, C), (B, C)
}

export function tanhBackward(dy: Tensor, y: Tensor): Tensor {
  return sub(dy, mul(dy, mul(y, y))); // (B, C)
}
