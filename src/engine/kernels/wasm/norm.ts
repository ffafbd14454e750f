// Layer norm and RMS norm, row by row. An address of 0 stands for what is not given: weight, bias, or a gradient that
// nobody wants. dWeight and dBias are added to.

import { addTo } from './move';
import { rowDot, rowSum } from './rows';
import { loadPart, multiplyAdd, storePart, sumLanes } from './simd';

export function layerNorm(
  x: usize,
  weight: usize,
  bias: usize,
  epsilon: f32,
  out: usize,
  means: usize,
  inverses: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const mean = rowSum(x, count) / <f32>count;
    const inverse: f32 = 1 / sqrt<f32>(squaredDistance(x, mean, count) / <f32>count + epsilon);
    normRow(x, mean, inverse, weight, bias, out, count);
    store<f32>(means, mean);
    store<f32>(inverses, inverse);
    x += count * 4;
    out += count * 4;
    means += 4;
    inverses += 4;
  }
}

export function rmsNorm(
  x: usize,
  weight: usize,
  epsilon: f32,
  out: usize,
  inverses: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const inverse: f32 = 1 / sqrt<f32>(rowDot(x, x, count) / <f32>count + epsilon);
    normRow(x, 0, inverse, weight, 0, out, count);
    store<f32>(inverses, inverse);
    x += count * 4;
    out += count * 4;
    inverses += 4;
  }
}

/** The sum of (x - mean)^2. */
function squaredDistance(x: usize, mean: f32, count: i32): f32 {
  const m = f32x4.splat(mean);
  let s = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    const d = f32x4.sub(v128.load(x), m);
    s = multiplyAdd(d, d, s);
    x += 16;
  }
  const d = f32x4.sub(loadPart(x, count, mean), m);
  return sumLanes(multiplyAdd(d, d, s));
}

/** out = (x - mean) * inverse * weight + bias */
function normRow(x: usize, mean: f32, inverse: f32, weight: usize, bias: usize, out: usize, count: i32): void {
  const m = f32x4.splat(mean);
  const r = f32x4.splat(inverse);
  for (; count >= 4; count -= 4) {
    let y = f32x4.mul(f32x4.sub(v128.load(x), m), r);
    if (weight !== 0) {
      y = f32x4.mul(y, v128.load(weight));
      weight += 16;
    }
    if (bias !== 0) {
      y = f32x4.add(y, v128.load(bias));
      bias += 16;
    }
    v128.store(out, y);
    x += 16;
    out += 16;
  }
  let y = f32x4.mul(f32x4.sub(loadPart(x, count, 0), m), r);
  if (weight !== 0) y = f32x4.mul(y, loadPart(weight, count, 0));
  if (bias !== 0) y = f32x4.add(y, loadPart(bias, count, 0));
  storePart(out, y, count);
}

/**
 * With n = (x - mean) * inverse and g = gradient * weight: dx = inverse * (g - mean(g) - n * mean(g n)). RMS norm is the
 * same with a mean of 0 and without mean(g): `means` is 0 then.
 */
export function normBackward(
  x: usize,
  weight: usize,
  means: usize,
  inverses: usize,
  gradient: usize,
  dx: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const mean: f32 = means !== 0 ? load<f32>(means + row * 4) : 0;
    inputGradient(x, weight, mean, load<f32>(inverses + row * 4), gradient, dx, count, means !== 0);
    x += count * 4;
    gradient += count * 4;
    dx += count * 4;
  }
}

/**
 * Adds gradient * n to `dWeight` and gradient to `dBias`, row after row, in `width` of the `count` columns: all addresses
 * but those of `means` and `inverses` are of the first of these columns. An address of 0 stands for what isn't wanted.
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
  if (dWeight !== 0) {
    for (let at: usize = 0, left = width; left > 0; left -= 4, at += 16) {
      addToWeights(x + at, means, inverses, gradient + at, dWeight + at, rows, count * 4, left);
    }
  }
  if (dBias !== 0) addTo(gradient, count * 4, 4, dBias, 0, 4, rows, width);
}

/** Four columns, or the last `left`: their sums stay in a register. */
function addToWeights(
  x: usize,
  means: usize,
  inverses: usize,
  gradient: usize,
  dWeight: usize,
  rows: i32,
  stride: i32,
  left: i32,
): void {
  let sum = left >= 4 ? v128.load(dWeight) : loadPart(dWeight, left, 0);
  for (; rows > 0; rows--) {
    const m = means !== 0 ? v128.load32_splat(means) : f32x4.splat(0);
    const centred = f32x4.sub(left >= 4 ? v128.load(x) : loadPart(x, left, 0), m);
    const g = left >= 4 ? v128.load(gradient) : loadPart(gradient, left, 0);
    sum = multiplyAdd(g, f32x4.mul(centred, v128.load32_splat(inverses)), sum);
    x += stride;
    gradient += stride;
    inverses += 4;
    if (means !== 0) means += 4;
  }
  if (left >= 4) {
    v128.store(dWeight, sum);
  } else {
    storePart(dWeight, sum, left);
  }
}

function inputGradient(
  x: usize,
  weight: usize,
  mean: f32,
  inverse: f32,
  gradient: usize,
  dx: usize,
  count: i32,
  centred: bool,
): void {
  const m = f32x4.splat(mean);
  const r = f32x4.splat(inverse);
  let sumG = f32x4.splat(0);
  let sumGN = sumG;
  let at: usize = 0;
  for (let left = count; left > 0; left -= 4) {
    const g = weighted(gradient + at, weight, at, left);
    const n = f32x4.mul(f32x4.sub(left >= 4 ? v128.load(x + at) : loadPart(x + at, left, mean), m), r);
    sumG = f32x4.add(sumG, g);
    sumGN = multiplyAdd(g, n, sumGN);
    at += 16;
  }
  const meanG = f32x4.splat(centred ? sumLanes(sumG) / <f32>count : 0);
  const meanGN = f32x4.splat(sumLanes(sumGN) / <f32>count);
  at = 0;
  for (let left = count; left > 0; left -= 4) {
    const g = weighted(gradient + at, weight, at, left);
    const n = f32x4.mul(f32x4.sub(left >= 4 ? v128.load(x + at) : loadPart(x + at, left, mean), m), r);
    const d = f32x4.mul(r, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(n, meanGN)));
    if (left >= 4) {
      v128.store(dx + at, d);
    } else {
      storePart(dx + at, d, left);
    }
    at += 16;
  }
}

/** Up to four of gradient * weight; zeros behind a row's end. */
function weighted(gradient: usize, weight: usize, at: usize, left: i32): v128 {
  if (left >= 4) {
    const g = v128.load(gradient);
    return weight !== 0 ? f32x4.mul(g, v128.load(weight + at)) : g;
  }
  const g = loadPart(gradient, left, 0);
  return weight !== 0 ? f32x4.mul(g, loadPart(weight + at, left, 0)) : g;
}
