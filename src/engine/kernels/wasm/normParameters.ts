// The gradients of a norm's weight and bias: sums over all rows, row after row, so that their bits don't depend on how
// columns are shared among threads.

import { addTo } from './move';
import { loadPart, multiplyAdd, storePart } from './simd';

/**
 * Adds gradient * (x - mean) * inverse to `dWeight` and gradient to `dBias`, in `width` of the `count` columns: addresses
 * are of the first of these columns, but those of `means` and `inverses`. An address of 0 stands for what isn't wanted,
 * and for means of 0.
 */
export function normParameters(
  x: usize,
  means: usize,
  inverses: usize,
  gradient: usize,
  dWeight: usize,
  dBias: usize,
  rows: i32,
  count: i32,
  width: i32,
): void {
  if (dBias !== 0) addTo(gradient, count * 4, 4, dBias, 0, 4, rows, width);
  if (dWeight === 0) return;
  let left = width;
  for (; left >= 16; left -= 16) {
    sixteenColumns(x, means, inverses, gradient, dWeight, rows, count * 4);
    x += 64;
    gradient += 64;
    dWeight += 64;
  }
  for (; left > 0; left -= 4) {
    fewColumns(x, means, inverses, gradient, dWeight, rows, count * 4, left);
    x += 16;
    gradient += 16;
    dWeight += 16;
  }
}

/** The sums of a cache line's columns stay in registers. */
function sixteenColumns(
  x: usize,
  means: usize,
  inverses: usize,
  gradient: usize,
  dWeight: usize,
  rows: i32,
  stride: i32,
): void {
  let s0 = v128.load(dWeight);
  let s1 = v128.load(dWeight, 16);
  let s2 = v128.load(dWeight, 32);
  let s3 = v128.load(dWeight, 48);
  for (let row = 0; row < rows; row++) {
    const m = means !== 0 ? v128.load32_splat(means + row * 4) : f32x4.splat(0);
    const r = v128.load32_splat(inverses + row * 4);
    s0 = multiplyAdd(v128.load(gradient), f32x4.mul(f32x4.sub(v128.load(x), m), r), s0);
    s1 = multiplyAdd(v128.load(gradient, 16), f32x4.mul(f32x4.sub(v128.load(x, 16), m), r), s1);
    s2 = multiplyAdd(v128.load(gradient, 32), f32x4.mul(f32x4.sub(v128.load(x, 32), m), r), s2);
    s3 = multiplyAdd(v128.load(gradient, 48), f32x4.mul(f32x4.sub(v128.load(x, 48), m), r), s3);
    x += stride;
    gradient += stride;
  }
  v128.store(dWeight, s0);
  v128.store(dWeight, s1, 16);
  v128.store(dWeight, s2, 32);
  v128.store(dWeight, s3, 48);
}

/** Four columns, or the last `left`. */
function fewColumns(
  x: usize,
  means: usize,
  inverses: usize,
  gradient: usize,
  dWeight: usize,
  rows: i32,
  stride: i32,
  left: i32,
): void {
  const full = left >= 4;
  let sum = full ? v128.load(dWeight) : loadPart(dWeight, left, 0);
  for (let row = 0; row < rows; row++) {
    const m = means !== 0 ? v128.load32_splat(means + row * 4) : f32x4.splat(0);
    const r = v128.load32_splat(inverses + row * 4);
    const n = f32x4.mul(f32x4.sub(full ? v128.load(x) : loadPart(x, left, 0), m), r);
    sum = multiplyAdd(full ? v128.load(gradient) : loadPart(gradient, left, 0), n, sum);
    x += stride;
    gradient += stride;
  }
  if (full) {
    v128.store(dWeight, sum);
  } else {
    storePart(dWeight, sum, left);
  }
}
