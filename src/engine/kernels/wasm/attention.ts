// What stands between the two matrix products of attention, for a block of queries whose scores are in scratch memory:
// the softmax of scaled and masked scores, and its way back. kernels/wasmAttention.ts drives it.

import { rowDot, rowExponentials, rowMaximum, scaleRow } from './rows';
import { loadPart, storePart } from './simd';

/**
 * Scores become weights in place. Row r sees its first `seen + r * growth` numbers; the rest of `width` becomes 0.
 * Each row's scaled maximum goes to `maxima` (f32), the sum of e^(score - maximum) to `sums` (f64).
 */
export function weigh(
  scores: usize,
  scale: f32,
  rows: i32,
  width: i32,
  seen: i32,
  growth: i32,
  maxima: usize,
  sums: usize,
): void {
  for (let row = 0; row < rows; row++) {
    // A negative scale turns the order around: the maximum of the scaled scores is wanted.
    const largest = scale >= 0 ? rowMaximum(scores, seen) * scale : scaledMaximum(scores, scale, seen);
    const sum = rowExponentials(scores, scale, largest, scores, seen, true);
    scaleRow(scores, <f32>(1 / sum), seen);
    memory.fill(scores + seen * 4, 0, (width - seen) * 4);
    store<f32>(maxima, largest);
    store<f64>(sums, sum);
    scores += width * 4;
    seen += growth;
    maxima += 4;
    sums += 8;
  }
}

function scaledMaximum(x: usize, scale: f32, count: i32): f32 {
  let largest: f32 = -Infinity;
  for (let i = 0; i < count; i++) {
    largest = max<f32>(largest, load<f32>(x) * scale);
    x += 4;
  }
  return largest;
}

/** Scores become the weights that they had in the forward pass, in place, from each row's `logSums`. */
export function weighAgain(
  scores: usize,
  scale: f32,
  rows: i32,
  width: i32,
  seen: i32,
  growth: i32,
  logSums: usize,
): void {
  for (let row = 0; row < rows; row++) {
    rowExponentials(scores, scale, load<f32>(logSums), scores, seen, true);
    memory.fill(scores + seen * 4, 0, (width - seen) * 4);
    scores += width * 4;
    seen += growth;
    logSums += 4;
  }
}

/**
 * dScores = weights * (dWeights - gradient . out) * scale, in place of dWeights. The dot product of a row of the
 * output's gradient with the output (E numbers) is the mean that softmax's backward pass takes off.
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
  width: i32,
): void {
  const s = f32x4.splat(scale);
  for (let row = 0; row < rows; row++) {
    const mean = f32x4.splat(rowDot(gradient, out, E));
    let n = width;
    for (; n >= 4; n -= 4) {
      v128.store(dWeights, between(v128.load(weights), v128.load(dWeights), mean, s));
      weights += 16;
      dWeights += 16;
    }
    storePart(dWeights, between(loadPart(weights, n, 0), loadPart(dWeights, n, 0), mean, s), n);
    weights += n * 4;
    dWeights += n * 4;
    gradient += gradientRow;
    out += outRow;
  }
}

function between(weight: v128, dWeight: v128, mean: v128, scale: v128): v128 {
  return f32x4.mul(f32x4.mul(weight, f32x4.sub(dWeight, mean)), scale);
}
