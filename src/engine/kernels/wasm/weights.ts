// What stands between the matrix products of attention, for a block of queries whose scores are in scratch memory: the
// softmax of scaled and masked scores, and its way back. attention.ts drives it.

import { exp4 } from './functions';
import { log } from './host';
import { rowDot } from './rows';
import { maxLanes, multiplyAdd, sumLanes } from './simd';

/** So many vectors are summed in f32 before the sum is carried to f64. */
const CHUNK: i32 = 64;

/**
 * Scores become weights in place. Row r sees its first `seen + r * growth` numbers; the rest of its `step` becomes 0.
 * The logarithm of the row's sum of e^score goes to `logSums`.
 *
 * @param step numbers from row to row: a multiple of 4, so that rows end with whole vectors.
 */
export function weigh(scores: usize, scale: f32, rows: i32, step: i32, seen: i32, growth: i32, logSums: usize): void {
  for (let row = 0; row < rows; row++) {
    const largest = scaleToMaximum(scores, scale, seen);
    const sum = exponentials(scores, 1, largest, (seen + 3) >> 2);
    const share = f32x4.splat(<f32>(1 / sum));
    const end = scores + ((seen + 3) & ~3) * 4;
    for (let at = scores; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), share));
    clear(end, scores + step * 4);
    store<f32>(logSums, <f32>(<f64>largest + log(sum)));
    scores += step * 4;
    seen += growth;
    logSums += 4;
  }
}

/** Scores become the weights that they had in the forward pass, in place, from each row's `logSums`. */
export function weighAgain(
  scores: usize,
  scale: f32,
  rows: i32,
  step: i32,
  seen: i32,
  growth: i32,
  logSums: usize,
): void {
  for (let row = 0; row < rows; row++) {
    exponentials(scores, scale, load<f32>(logSums), (seen + 3) >> 2);
    let end = scores + seen * 4;
    for (; (end & 15) !== 0; end += 4) store<f32>(end, 0);
    clear(end, scores + step * 4);
    scores += step * 4;
    seen += growth;
    logSums += 4;
  }
}

/**
 * Scales a row in place, fills its last vector with -Infinity, and returns the largest; NaN is passed over here, and
 * comes back with the exponentials.
 */
function scaleToMaximum(x: usize, scale: f32, count: i32): f32 {
  const lowest: f32 = -Infinity;
  const factor = f32x4.splat(scale);
  let m = f32x4.splat(lowest);
  for (; count >= 4; count -= 4) {
    const v = f32x4.mul(v128.load(x), factor);
    v128.store(x, v);
    m = f32x4.pmax(m, v);
    x += 16;
  }
  let largest = maxLanes(m);
  if (count > 0) {
    for (let i = 0; i < 4; i++) {
      const value = i < count ? load<f32>(x) * scale : lowest;
      store<f32>(x, value);
      largest = max<f32>(largest, value);
      x += 4;
    }
  }
  return largest;
}

/** Writes e^(x * scale - shift) in place over whole vectors and returns the sum. */
function exponentials(x: usize, scale: f32, shift: f32, vectors: i32): f64 {
  const s = f32x4.splat(scale);
  const t = f32x4.splat(-shift);
  let total: f64 = 0;
  while (vectors > 0) {
    let part = f32x4.splat(0);
    const end = x + min(vectors, CHUNK) * 16;
    for (; x < end; x += 16) {
      const e = exp4(multiplyAdd(v128.load(x), s, t));
      v128.store(x, e);
      part = f32x4.add(part, e);
    }
    total += sumLanes(part);
    vectors -= CHUNK;
  }
  return total;
}

/** Zeros, in whole vectors. */
function clear(from: usize, end: usize): void {
  for (; from < end; from += 16) v128.store(from, f32x4.splat(0));
}

/**
 * dScores = weights * (dWeights - gradient . out) * scale, in place of dWeights. The dot product of a row of the
 * output's gradient with the output (E numbers) is the mean that softmax's backward pass takes off. `step` as above.
 */
export function scoresBackward(
  weights: usize,
  dWeights: usize,
  gradient: usize,
  gradientRow: i32,
  out: usize,
  outRow: i32,
  E: i32,
  scale: f32,
  rows: i32,
  step: i32,
): void {
  const s = f32x4.splat(scale);
  for (let row = 0; row < rows; row++) {
    const mean = f32x4.splat(rowDot(gradient, out, E));
    const end = weights + step * 4;
    for (; weights < end; weights += 16) {
      const difference = f32x4.sub(v128.load(dWeights), mean);
      v128.store(dWeights, f32x4.mul(f32x4.mul(v128.load(weights), difference), s));
      dWeights += 16;
    }
    gradient += gradientRow;
    out += outRow;
  }
}
