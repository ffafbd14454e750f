// Rows of scores to probabilities, and to the surprise at the right answer.

import type { View } from '../kernels.ts';
import { numbersOf, rowsOf } from '../views.ts';

/** ln of the sum of e^x, with the maximum taken out first so that no e^x overflows. */
export function logSumExp(row: Float32Array | Int32Array): number {
  let max = Number.NEGATIVE_INFINITY;
  for (const x of row) {
    max = Math.max(max, x);
  }
  let sum = 0;
  for (const x of row) {
    sum += Math.exp(x - max);
  }
  return max + Math.log(sum);
}

export function softmax(x: View, out: View, log: boolean): void {
  const { rows, columns } = rowsOf(x.shape);
  for (let r = 0; r < rows; r++) {
    const from = numbersOf(x).subarray(r * columns, (r + 1) * columns);
    const to = numbersOf(out).subarray(r * columns, (r + 1) * columns);
    const logSum = logSumExp(from);
    for (let c = 0; c < columns; c++) {
      to[c] = log ? from[c] - logSum : Math.exp(from[c] - logSum);
    }
  }
}

export function softmaxBackward(y: View, gradient: View, out: View, log: boolean): void {
  const { rows, columns } = rowsOf(y.shape);
  const probability = log ? Math.exp : (p: number) => p;
  for (let r = 0; r < rows; r++) {
    const ys = numbersOf(y).subarray(r * columns, (r + 1) * columns);
    const above = numbersOf(gradient).subarray(r * columns, (r + 1) * columns);
    const to = numbersOf(out).subarray(r * columns, (r + 1) * columns);
    let total = 0;
    for (let c = 0; c < columns; c++) {
      total += log ? above[c] : above[c] * ys[c];
    }
    for (let c = 0; c < columns; c++) {
      const p = probability(ys[c]);
      to[c] = log ? above[c] - p * total : p * (above[c] - total);
    }
  }
}

export function crossEntropy(logits: View, targets: View, losses: View, logSums: View): void {
  const { rows, columns } = rowsOf(logits.shape);
  const scores = numbersOf(logits);
  const right = numbersOf(targets);
  for (let r = 0; r < rows; r++) {
    const logSum = logSumExp(scores.subarray(r * columns, (r + 1) * columns));
    numbersOf(logSums)[r] = logSum;
    numbersOf(losses)[r] = right[r] === -1 ? 0 : logSum - scores[r * columns + right[r]];
  }
}

export function crossEntropyBackward(logits: View, targets: View, logSums: View, rowGradient: View, out: View): void {
  const { rows, columns } = rowsOf(logits.shape);
  const scores = numbersOf(logits);
  const right = numbersOf(targets);
  const sums = numbersOf(logSums);
  const above = numbersOf(rowGradient);
  const to = numbersOf(out);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      const probability = Math.exp(scores[r * columns + c] - sums[r]);
      const wanted = c === right[r] ? 1 : 0;
      to[r * columns + c] = right[r] === -1 ? 0 : above[r] * (probability - wanted);
    }
  }
}
