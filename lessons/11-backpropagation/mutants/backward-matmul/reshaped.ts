import { matmul, reshape, type Tensor } from 'inside-llms';

export function matmulBackward(dy: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor] {
  const dx = matmul(dy, turned(w));
  const dw = matmul(turned(x), dy);
  return [dx, dw];
}

function turned(table: Tensor): Tensor {
  const [rows, columns] = table.shape as readonly [number, number];
  return reshape(table, [columns, rows]);
}
