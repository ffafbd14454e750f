// From many vectors to one: how a text's vector is made of its tokens' vectors, and brought to length 1, so that a
// product is a cosine.

import { add } from '../engine/ops/add.ts';
import { div } from '../engine/ops/div.ts';
import { mul } from '../engine/ops/mul.ts';
import { sqrt } from '../engine/ops/sqrt.ts';
import { mean, sum } from '../engine/ops/sum.ts';
import type { Tensor } from '../engine/tensor.ts';

/** The mean over a text's tokens (Reimers and Gurevych 2019): states (B, T, C) make (B, C). Each token counts. */
export function meanPooled(states: Tensor): Tensor {
  return mean(states, 1); // (B, C)
}

/** Each row of x (..., C) divided by its length. A row of zeros stays one. */
export function unitRows(x: Tensor): Tensor {
  const squares = sum(mul(x, x), -1, { keepAxes: true }); // (..., 1)
  return div(x, add(sqrt(squares), TINY)); // (..., C)
}

/** Keeps the division finite: far below what f32 tells apart in a length that matters. */
const TINY = 1e-12;

/** Divides a vector (C,) by its length, in place, and returns it. Zeros stay zeros. */
export function toUnit(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) {
    squares += value * value;
  }
  if (squares > 0) {
    const inverse = 1 / Math.sqrt(squares);
    for (let i = 0; i < vector.length; i++) {
      vector[i]! *= inverse;
    }
  }
  return vector;
}

/** The product of two vectors (C,): their cosine where both have length 1. */
export function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i]! * b[i]!;
  }
  return sum;
}
