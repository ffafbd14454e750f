import { matmul, type Tensor, transpose } from 'inside-llms';

export function matmulBackward(dy: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor] {
  const dx = matmul(dy, transpose(w)); // (B, D) (D, C)
  const dw = matmul(transpose(x), dy); // (C, B) (B, D)
  return [dw, dx];
}
