import { matmul, type Tensor, transpose } from 'inside-llms';

/**
 * What comes back through `y = matmul(x, w)`, with x (B, C), w (C, D) and y (B, D).
 *
 * This version is broken: it runs on square tables, and is wrong even there. Mend it.
 *
 * Example: x = [[1, 2]], w = [[3, 0, 1], [4, 1, 0]], dy = [[1, 0, 2]].
 * Then dx is [[5, 4]]: its first cell is 1 × 3 + 0 × 0 + 2 × 1, dy along the first row of w.
 * And dw is [[1, 0, 2], [2, 0, 4]]: its first row is dy once, its second row is dy twice, as x says.
 *
 * @param dy the gradient of y, (B, D)
 * @returns [dx, dw], with the shapes of x and w
 */
export function matmulBackward(dy: Tensor, x: Tensor, w: Tensor): [Tensor, Tensor] {
  const dx = matmul(dy, w); // should be (B, C)
  const dw = matmul(x, transpose(dy)); // should be (C, D)
  return [dx, dw];
}
