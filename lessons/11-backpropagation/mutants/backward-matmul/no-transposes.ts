import { matmul, type Tensor, transpose } from 'inside-llms';

export function matmulBackward(dy: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor] {
  const dx = matmul(dy, w);
  const dw = matmul(x, dy);
  return [dx, dw];
}
