// Softmax and its kin: each row of `count` contiguous numbers by itself. Sums are carried in f64 every 256 numbers.

import { exp4 } from './functions';
import { log } from './host';
import { loadPart, maxLanes, multiplyAdd, storePart, sumLanes } from './simd';

const CHUNK: i32 = 256;

/** The largest of a row. NaN is passed over: it comes back with the exponentials. */
export function rowMaximum(x: usize, count: i32): f32 {
  const lowest: f32 = -Infinity;
  let m = f32x4.splat(lowest);
  for (; count >= 4; count -= 4) {
    m = f32x4.pmax(m, v128.load(x));
    x += 16;
  }
  return maxLanes(f32x4.pmax(m, loadPart(x, count, lowest)));
}

/** Writes e^(x - shift) and returns the sum of what it wrote. `out` may be `x`; without `keep` none is written. */
export function rowExponentials(x: usize, shift: f32, out: usize, count: i32, keep: bool): f64 {
  const s = f32x4.splat(shift);
  let total: f64 = 0;
  while (count >= 4) {
    let part = f32x4.splat(0);
    for (let n = min(count, CHUNK); n >= 4; n -= 4) {
      const e = exp4(f32x4.sub(v128.load(x), s));
      if (keep) v128.store(out, e);
      part = f32x4.add(part, e);
      x += 16;
      out += 16;
      count -= 4;
    }
    total += sumLanes(part);
  }
  if (count > 0) {
    const e = exp4(f32x4.sub(loadPart(x, count, 0), s));
    if (keep) storePart(out, e, count);
    total += f32x4.extract_lane(e, 0);
    if (count > 1) total += f32x4.extract_lane(e, 1);
    if (count > 2) total += f32x4.extract_lane(e, 2);
  }
  return total;
}

/** x *= factor */
export function scaleRow(x: usize, factor: f32, count: i32): void {
  const f = f32x4.splat(factor);
  for (; count >= 4; count -= 4) {
    v128.store(x, f32x4.mul(v128.load(x), f));
    x += 16;
  }
  storePart(x, f32x4.mul(loadPart(x, count, 0), f), count);
}

/** The sum of a[i] * b[i]. */
export function rowDot(a: usize, b: usize, count: i32): f32 {
  let s = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    s = multiplyAdd(v128.load(a), v128.load(b), s);
    a += 16;
    b += 16;
  }
  return sumLanes(multiplyAdd(loadPart(a, count, 0), loadPart(b, count, 0), s));
}

export function softmax(x: usize, out: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    const sum = rowExponentials(x, rowMaximum(x, count), out, count, true);
    scaleRow(out, <f32>(1 / sum), count);
    x += count * 4;
    out += count * 4;
  }
}

/**
 * out = (x - the row's maximum) - ln of the sum of e^(x - maximum). One after the other: in an f32, the sum of the two
 * would lose the logarithm where scores are large.
 */
export function logSoftmax(x: usize, out: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    const largest = rowMaximum(x, count);
    const maximum = f32x4.splat(largest);
    const logSum = f32x4.splat(<f32>log(rowExponentials(x, largest, 0, count, false)));
    let n = count;
    for (; n >= 4; n -= 4) {
      v128.store(out, f32x4.sub(f32x4.sub(v128.load(x), maximum), logSum));
      x += 16;
      out += 16;
    }
    storePart(out, f32x4.sub(f32x4.sub(loadPart(x, n, 0), maximum), logSum), n);
    x += n * 4;
    out += n * 4;
  }
}

/** out = y * (gradient - sum(gradient * y)), or for y = log softmax: gradient - e^y * sum(gradient). */
export function softmaxBackward(y: usize, gradient: usize, out: usize, rows: i32, count: i32, log: bool): void {
  for (let row = 0; row < rows; row++) {
    const total = f32x4.splat(log ? rowSum(gradient, count) : rowDot(y, gradient, count));
    let n = count;
    for (; n >= 4; n -= 4) {
      v128.store(out, throughSoftmax(v128.load(y), v128.load(gradient), total, log));
      y += 16;
      gradient += 16;
      out += 16;
    }
    storePart(out, throughSoftmax(loadPart(y, n, 0), loadPart(gradient, n, 0), total, log), n);
    y += n * 4;
    gradient += n * 4;
    out += n * 4;
  }
}

function throughSoftmax(y: v128, gradient: v128, total: v128, log: bool): v128 {
  return log ? f32x4.sub(gradient, f32x4.mul(exp4(y), total)) : f32x4.mul(y, f32x4.sub(gradient, total));
}

/** The sum of a row. */
export function rowSum(x: usize, count: i32): f32 {
  let s = f32x4.splat(0);
  for (; count >= 4; count -= 4) {
    s = f32x4.add(s, v128.load(x));
    x += 16;
  }
  return sumLanes(f32x4.add(s, loadPart(x, count, 0)));
}

/**
 * losses = ln(sums) - (the target's logit - maxima), with each row's maximum and its sum of e^(logits - maximum); the loss
 * at a target of -1 is 0.
 */
export function crossEntropy(
  logits: usize,
  targets: usize,
  losses: usize,
  maxima: usize,
  sums: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const target = load<i32>(targets);
    const maximum = rowMaximum(logits, count);
    const sum = rowExponentials(logits, maximum, 0, count, false);
    store<f32>(maxima, maximum);
    store<f32>(sums, <f32>sum);
    store<f32>(losses, target < 0 ? 0 : <f32>(log(sum) - (<f64>load<f32>(logits + target * 4) - <f64>maximum)));
    logits += count * 4;
    targets += 4;
    losses += 4;
    maxima += 4;
    sums += 4;
  }
}

/** out = rowGradient * (e^(logits - maximum) / sum - (1 at the target)); zeros where the target is -1. */
export function crossEntropyBackward(
  logits: usize,
  targets: usize,
  maxima: usize,
  sums: usize,
  rowGradient: usize,
  out: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const target = load<i32>(targets);
    if (target < 0) {
      memory.fill(out, 0, count * 4);
    } else {
      rowExponentials(logits, load<f32>(maxima), out, count, true);
      const gradient = load<f32>(rowGradient);
      scaleRow(out, gradient / load<f32>(sums), count);
      const place = out + target * 4;
      store<f32>(place, load<f32>(place) - gradient);
    }
    logits += count * 4;
    out += count * 4;
    targets += 4;
    maxima += 4;
    sums += 4;
    rowGradient += 4;
  }
}
