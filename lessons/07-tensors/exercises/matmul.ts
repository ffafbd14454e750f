import { todo } from 'inside-llms';
import { placeOf } from 'mine/stride-offset';

/** A list, and the table that is read from it. */
export interface Matrix {
  readonly list: readonly number[];
  /** Rows and columns. */
  readonly shape: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly offset: number;
}

/**
 * The product of two matrices: (M, K) times (K, N) is (M, N). Cell (i, j) is the dot product of row i of `a` and column
 * j of `b`. Both are read where they are, by their strides; nothing is copied.
 *
 * Example: the row (2, 3) times the column (4, 1) is one cell, 2 * 4 + 3 * 1 = 11, so the result is [[11]].
 *
 * @returns M rows of N numbers
 * @throws Error when a row of `a` isn't as long as a column of `b`
 */
export function matmul(a: Matrix, b: Matrix): number[][] {
  return todo('One cell first: row 0 with column 0. Your `placeOf` says where a cell of each stands.');
}
