// Ridge regression (Hoerl and Kennard 1970) of vectors on vectors: the matrix that turns each x into its y as well as a
// matrix can, held near to one that it should not leave without reason. Exact, in 64 bits; for hundreds of dimensions.

import { Fault } from '../shared/errors.ts';

/**
 * The W (C, C), row by row, that makes |X W - Y|^2 + strength |W - I|^2 least, of the rows x and y (C,) given in pairs.
 *
 * Example: with so great a strength that the pairs don't matter, it is the identity.
 *
 * @param strength above 0: in numbers of pairs, about how many it takes to be heard
 */
export class LinearMapFit {
  private readonly size: number;
  /** X^T X and X^T Y so far, (C, C) each. */
  private readonly squares: Float64Array;
  private readonly products: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.squares = new Float64Array(size * size);
    this.products = new Float64Array(size * size);
  }

  /** One pair: x and y, (C,) each. */
  add(x: Float32Array, y: Float32Array): void {
    const { size, squares, products } = this;
    for (let i = 0; i < size; i++) {
      const value = x[i]!;
      for (let j = 0, at = i * size; j < size; j++, at++) {
        squares[at]! += value * x[j]!;
        products[at]! += value * y[j]!;
      }
    }
  }

  /** @throws Fault `bad-input` unless `strength` is above 0. */
  solve(strength: number): Float64Array {
    if (!(strength > 0)) {
      throw new Fault('bad-input', `A strength of ${strength} leaves the regression without an answer.`, {
        remedy: 'Give one above 0.',
      });
    }
    const left = this.squares.slice();
    const right = this.products.slice();
    for (let i = 0; i < this.size; i++) {
      left[i * this.size + i]! += strength;
      right[i * this.size + i]! += strength;
    }
    return solved(left, right, this.size);
  }
}

/** The X of A X = B for a symmetric, positive definite A, by Cholesky's factors. All (n, n); A and B are overwritten. */
function solved(a: Float64Array, b: Float64Array, n: number): Float64Array {
  // A = L L^T, L in the lower half.
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) {
        sum -= a[i * n + k]! * a[j * n + k]!;
      }
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j]!;
    }
  }
  // L Z = B, from the first row down; then L^T X = Z, from the last one up.
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) {
      takeRow(b, i, k, a[i * n + k]!, n);
    }
    divideRow(b, i, a[i * n + i]!, n);
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) {
      takeRow(b, i, k, a[k * n + i]!, n);
    }
    divideRow(b, i, a[i * n + i]!, n);
  }
  return b;
}

/** Row i less `times` row k. */
function takeRow(b: Float64Array, i: number, k: number, times: number, n: number): void {
  for (let c = 0; c < n; c++) {
    b[i * n + c]! -= times * b[k * n + c]!;
  }
}

function divideRow(b: Float64Array, i: number, by: number, n: number): void {
  for (let c = 0; c < n; c++) {
    b[i * n + c]! /= by;
  }
}
