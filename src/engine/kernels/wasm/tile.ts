// The innermost loop of a matrix product: a tile of 6 x 8 results stays in twelve vector registers while k runs. Six by
// eight was the fastest of the shapes tried (4x8, 5x8, 6x8, 8x4, 4x12; unrolled or not) with and without relaxed SIMD.

import { multiplyAdd } from './simd';

/**
 * Writes, or with `add` adds, the product of one packed panel of A and one of B (see pack.ts).
 *
 * @param to the tile's first number; its rows are `rowStride` bytes apart, and all 6 x 8 are written.
 */
export function tile(depth: i32, a: usize, b: usize, to: usize, rowStride: i32, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  let c40 = c00;
  let c41 = c00;
  let c50 = c00;
  let c51 = c00;
  const end = a + depth * 24;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    c00 = multiplyAdd(x, b0, c00);
    c01 = multiplyAdd(x, b1, c01);
    x = v128.load32_splat(a, 4);
    c10 = multiplyAdd(x, b0, c10);
    c11 = multiplyAdd(x, b1, c11);
    x = v128.load32_splat(a, 8);
    c20 = multiplyAdd(x, b0, c20);
    c21 = multiplyAdd(x, b1, c21);
    x = v128.load32_splat(a, 12);
    c30 = multiplyAdd(x, b0, c30);
    c31 = multiplyAdd(x, b1, c31);
    x = v128.load32_splat(a, 16);
    c40 = multiplyAdd(x, b0, c40);
    c41 = multiplyAdd(x, b1, c41);
    x = v128.load32_splat(a, 20);
    c50 = multiplyAdd(x, b0, c50);
    c51 = multiplyAdd(x, b1, c51);
    a += 24;
    b += 32;
  }
  to = writeRow(to, c00, c01, add, rowStride);
  to = writeRow(to, c10, c11, add, rowStride);
  to = writeRow(to, c20, c21, add, rowStride);
  to = writeRow(to, c30, c31, add, rowStride);
  to = writeRow(to, c40, c41, add, rowStride);
  writeRow(to, c50, c51, add, rowStride);
}

/** @returns where the next row stands. */
function writeRow(to: usize, left: v128, right: v128, add: bool, rowStride: i32): usize {
  if (add) {
    left = f32x4.add(v128.load(to), left);
    right = f32x4.add(v128.load(to, 16), right);
  }
  v128.store(to, left);
  v128.store(to, right, 16);
  return to + rowStride;
}
