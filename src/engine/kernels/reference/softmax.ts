// Rows of scores to probabilities, and to the surprise at the right answer. Each forward stands beside its backward.

import type { View } from '../kernels.ts';
import { numbersOf, rowOf, rowsOf } from '../views.ts';

/** y = e^x / sum of e^x in each row, or its logarithm. x and out (rows, C). */
export function softmax(x: View, out: View, log: boolean): void {
  const { rows, columns } = rowsOf(x.shape);
  for (let r = 0; r < rows; r++) {
    const scores = rowOf(x, r); // (C,)
    const y = rowOf(out, r); // (C,)
    // The row's maximum is taken out of every score: the shares stay the same, and no e^x overflows.
    const max = maximumOf(scores);
    const sum = sumOfExponentials(scores, max);
    for (let c = 0; c < columns; c++) {
      y[c] = log ? scores[c] - max - Math.log(sum) : Math.exp(scores[c] - max) / sum;
    }
  }
}

/** dx = y (dy - sum of dy y); where y is the logarithm, dx = dy - e^y (sum of dy). All (rows, C). */
export function softmaxBackward(y: View, gradient: View, out: View, log: boolean): void {
  const { rows, columns } = rowsOf(y.shape);
  for (let r = 0; r < rows; r++) {
    const result = rowOf(y, r); // (C,)
    const dy = rowOf(gradient, r); // (C,)
    const dx = rowOf(out, r); // (C,)
    let sum = 0;
    for (let c = 0; c < columns; c++) {
      sum += log ? dy[c] : dy[c] * result[c];
    }
    for (let c = 0; c < columns; c++) {
      dx[c] = log ? dy[c] - Math.exp(result[c]) * sum : result[c] * (dy[c] - sum);
    }
  }
}

/**
 * loss = ln(sum of e^(x - max)) - (x[target] - max): -ln of the probability that softmax gives the target. Keeps each
 * row's maximum and sum. logits (rows, C), all else (rows).
 */
export function crossEntropy(logits: View, targets: View, losses: View, maxima: View, sums: View): void {
  const { rows } = rowsOf(logits.shape);
  const target = numbersOf(targets); // (rows,)
  const loss = numbersOf(losses); // (rows,)
  const maximum = numbersOf(maxima); // (rows,)
  const total = numbersOf(sums); // (rows,)
  for (let r = 0; r < rows; r++) {
    const scores = rowOf(logits, r); // (C,)
    const max = maximumOf(scores);
    const sum = sumOfExponentials(scores, max);
    loss[r] = target[r] === -1 ? 0 : Math.log(sum) - (scores[target[r]] - max);
    maximum[r] = max;
    total[r] = sum;
  }
}

/** dx = dloss (softmax(x) - 1 where the target is): what was given to each answer, less what should have been. */
export function crossEntropyBackward(
  logits: View,
  targets: View,
  maxima: View,
  sums: View,
  rowGradient: View,
  out: View,
): void {
  const { rows, columns } = rowsOf(logits.shape);
  const target = numbersOf(targets); // (rows,)
  const max = numbersOf(maxima); // (rows,)
  const sum = numbersOf(sums); // (rows,)
  const dLoss = numbersOf(rowGradient); // (rows,)
  for (let r = 0; r < rows; r++) {
    const scores = rowOf(logits, r); // (C,)
    const dx = rowOf(out, r); // (C,)
    for (let c = 0; c < columns; c++) {
      const probability = Math.exp(scores[c] - max[r]) / sum[r];
      const wanted = c === target[r] ? 1 : 0;
      dx[c] = target[r] === -1 ? 0 : dLoss[r] * (probability - wanted);
    }
  }
}

/** ln of the sum of e^x, with the maximum taken out first so that no e^x overflows. */
export function logSumExp(scores: Float32Array | Int32Array): number {
  const max = maximumOf(scores);
  return max + Math.log(sumOfExponentials(scores, max));
}

/** NaN where a score is NaN. */
function maximumOf(scores: Float32Array | Int32Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const score of scores) {
    max = Math.max(max, score);
  }
  return max;
}

/** The sum of e^(x - max). */
function sumOfExponentials(scores: Float32Array | Int32Array, max: number): number {
  let sum = 0;
  for (const score of scores) {
    sum += Math.exp(score - max);
  }
  return sum;
}
