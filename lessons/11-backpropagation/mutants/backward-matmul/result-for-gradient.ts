import { matmul, type Tensor, transpose } from 'inside-llms';

export function matmulBackward(dy: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor] {
  const dx = matmul(dy, transpose(w));
  const dw = matmul(transpose(x), y(x, w));
  return [dx, dw];
}

function y(x: Tensor, w: Tensor): Tensor {
  return matmul(x, w);
}
