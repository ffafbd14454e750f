import { div, matmul, type Tensor, transpose } from 'inside-llms';

export function matmulBackward(dy: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor] {
  const dx = matmul(dy, transpose(w)); // (B, D) (D, C)
  const dw = div(matmul(transpose(x), dy), x.shape[0] as number);
  return [dx, dw];
}
