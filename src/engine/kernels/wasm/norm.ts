// Layer norm and RMS norm, row by row, and the way back to their input; to weight and bias: normParameters.ts. An address
// of 0 stands for a weight or bias that is not given.

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
  const whole: usize = (count & ~3) * 4;
  const left = count & 3;
  let sumG = f32x4.splat(0);
  let sumGN = sumG;
  for (let at: usize = 0; at < whole; at += 16) {
    const g = weighted(v128.load(gradient + at), weight, at);
    sumG = f32x4.add(sumG, g);
    sumGN = multiplyAdd(g, f32x4.mul(f32x4.sub(v128.load(x + at), m), r), sumGN);
  }
  if (left > 0) {
    const g = weightedPart(gradient + whole, weight, whole, left);
    sumG = f32x4.add(sumG, g);
    sumGN = multiplyAdd(g, f32x4.mul(f32x4.sub(loadPart(x + whole, left, mean), m), r), sumGN);
  }
  const meanG = f32x4.splat(centred ? sumLanes(sumG) / <f32>count : 0);
  const meanGN = f32x4.splat(sumLanes(sumGN) / <f32>count);
  for (let at: usize = 0; at < whole; at += 16) {
    const g = weighted(v128.load(gradient + at), weight, at);
    const n = f32x4.mul(f32x4.sub(v128.load(x + at), m), r);
    v128.store(dx + at, f32x4.mul(r, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(n, meanGN))));
  }
  if (left > 0) {
    const g = weightedPart(gradient + whole, weight, whole, left);
    const n = f32x4.mul(f32x4.sub(loadPart(x + whole, left, mean), m), r);
    storePart(dx + whole, f32x4.mul(r, f32x4.sub(f32x4.sub(g, meanG), f32x4.mul(n, meanGN))), left);
  }
}

function weighted(g: v128, weight: usize, at: usize): v128 {
  return weight !== 0 ? f32x4.mul(g, v128.load(weight + at)) : g;
}

/** The last 1 to 3 of gradient * weight, and zeros. */
function weightedPart(gradient: usize, weight: usize, at: usize, left: i32): v128 {
  const g = loadPart(gradient, left, 0);
  return weight !== 0 ? f32x4.mul(g, loadPart(weight + at, left, 0)) : g;
}
