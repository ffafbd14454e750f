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

/** Writes e^(x * scale - shift) and returns the sum of what it wrote. `out` may be `x`; without `keep` none is written. */
export function rowExponentials(x: usize, scale: f32, shift: f32, out: usize, count: i32, keep: bool): f64 {
  const s = f32x4.splat(scale);
  const t = f32x4.splat(-shift);
  let total: f64 = 0;
  while (count >= 4) {
    let part = f32x4.splat(0);
    for (let n = min(count, CHUNK); n >= 4; n -= 4) {
      const e = exp4(multiplyAdd(v128.load(x), s, t));
      if (keep) v128.store(out, e);
      part = f32x4.add(part, e);
      x += 16;
      out += 16;
      count -= 4;
    }
    total += sumLanes(part);
  }
  if (count > 0) {
    const e = exp4(multiplyAdd(loadPart(x, count, 0), s, t));
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
    const sum = rowExponentials(x, 1, rowMaximum(x, count), out, count, true);
    scaleRow(out, <f32>(1 / sum), count);
    x += count * 4;
    out += count * 4;
  }
}

/** ln of the sum of e^x. */
function logSum(x: usize, count: i32): f32 {
  const largest = rowMaximum(x, count);
  return <f32>(<f64>largest + log(rowExponentials(x, 1, largest, 0, count, false)));
}

/** out = x - ln of the sum of e^x */
export function logSoftmax(x: usize, out: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    const amount = f32x4.splat(logSum(x, count));
    let n = count;
    for (; n >= 4; n -= 4) {
      v128.store(out, f32x4.sub(v128.load(x), amount));
      x += 16;
      out += 16;
    }
    storePart(out, f32x4.sub(loadPart(x, n, 0), amount), n);
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

/** losses = logSums - (the target's logit), logSums = ln of the sum of e^logits; the loss at a target of -1 is 0. */
export function crossEntropy(
  logits: usize,
  targets: usize,
  losses: usize,
  logSums: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    const target = load<i32>(targets);
    const sum = logSum(logits, count);
    store<f32>(logSums, sum);
    store<f32>(losses, target < 0 ? 0 : sum - load<f32>(logits + target * 4));
    logits += count * 4;
    targets += 4;
    losses += 4;
    logSums += 4;
  }
}

/** out = rowGradient * (e^(logits - logSum) - (1 at the target)); zeros where the target is -1. */
export function crossEntropyBackward(
  logits: usize,
  targets: usize,
  logSums: usize,
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
      rowExponentials(logits, 1, load<f32>(logSums), out, count, true);
      const place = out + target * 4;
      store<f32>(place, load<f32>(place) - 1);
      scaleRow(out, load<f32>(rowGradient), count);
    }
    logits += count * 4;
    out += count * 4;
    targets += 4;
    logSums += 4;
    rowGradient += 4;
  }
}
