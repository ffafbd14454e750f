// Matrix products on the compiled kernels: batches, the folding of a batch into rows where the second operand is shared, so
// that a linear layer is one product, and how threads share a product.

import type { View } from './kernels.ts';
import type { Team } from './team.ts';
import { addressOf, BYTES, eachPlace } from './wasmViews.ts';

/** What one multiplication takes, in nanoseconds. */
const MULTIPLICATION = 0.02;
/** Fewer rows than this, or than half of the columns, are shared by columns. */
const FEW_ROWS = 48;
/** Rows are shared in multiples of a tile's, columns in multiples that suit every way in which they are computed. */
const TILE_ROWS = 6;
const COLUMNS = 16;
/**
 * A part has so many rows or columns, or there is one for each thread. Each packs the other operand for itself: to share
 * what was packed costs more, as it lies in the cache of who packed it.
 */
const PART = 256;
/** Products of a batch with more multiplications are shared one by one; smaller ones are dealt out. */
const LARGE = 1_000_000;

interface Operand {
  readonly at: number;
  /** In bytes, as all strides here. */
  readonly row: number;
  readonly column: number;
}

/** @param work scratch for one product, for each thread. */
export function matmulOn(team: Team, work: number): (a: View, b: View, out: View, add: boolean) => void {
  const { exports } = team;
  const workBytes = exports.matmulWorkBytes();
  const shares = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, workBytes];

  const product = (a: Operand, b: Operand, c: Operand, M: number, K: number, N: number, add: number): void => {
    const args = [a.at, a.row, a.column, b.at, b.row, b.column, c.at, c.row, M, K, N, add, work];
    if (M >= FEW_ROWS && M >= N / 2) {
      const steps = [a.row, 0, 0, 0, 0, 0, c.row, 0, 0, 0, 0, 0, 0];
      const part = TILE_ROWS * Math.ceil(Math.min(M / team.size, PART) / TILE_ROWS);
      team.run('packedMatmul', args, { steps, shares, counted: 8 }, M, part, K * N * MULTIPLICATION);
    } else {
      const steps = [0, 0, 0, b.column, 0, 0, BYTES, 0, 0, 0, 0, 0, 0];
      const part = COLUMNS * Math.ceil(Math.min(N / team.size, PART) / COLUMNS);
      team.run('matmul', args, { steps, shares, counted: 10 }, N, part, M * K * MULTIPLICATION);
    }
  };

  return (a, b, out, add) => {
    const rank = out.shape.length;
    const [rowsOfOut, N] = out.shape.slice(-2) as [number, number];
    const K = a.shape[rank - 1];
    const [aRow, aColumn] = a.strides.slice(-2).map((stride) => stride * BYTES) as [number, number];
    const [bRow, bColumn] = b.strides.slice(-2).map((stride) => stride * BYTES) as [number, number];
    let M = rowsOfOut;
    let axes = rank - 2;
    while (axes > 0 && foldable(a, b, axes - 1, (aRow / BYTES) * M)) {
      axes -= 1;
      M *= out.shape[axes];
    }
    const shape = out.shape.slice(0, axes);
    if (M === 0 || N === 0 || shape.includes(0)) {
      return;
    }
    const dealt = axes > 0 && M * K * N < LARGE ? shape.pop() : undefined;
    eachPlace(
      shape,
      [a.strides, b.strides, out.strides],
      [addressOf(a), addressOf(b), addressOf(out)],
      ([atA, atB, atOut]) => {
        if (dealt === undefined) {
          const left = { at: atA, row: aRow, column: aColumn };
          const right = { at: atB, row: bRow, column: bColumn };
          product(left, right, { at: atOut, row: N * BYTES, column: BYTES }, M, K, N, add ? 1 : 0);
          return;
        }
        const [aNext, bNext, next] = [a, b, out].map(({ strides }) => strides[axes - 1] * BYTES);
        const left = [atA, aNext, aRow, aColumn];
        const right = [atB, bNext, bRow, bColumn];
        const args = [...left, ...right, atOut, next, N * BYTES, M, K, N, add ? 1 : 0, work, dealt];
        const steps = [aNext, 0, 0, 0, bNext, 0, 0, 0, next, 0, 0, 0, 0, 0, 0, 0, 0];
        const shares = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, workBytes, 0];
        team.run('matmuls', args, { steps, shares, counted: 16 }, dealt, 1, M * K * N * MULTIPLICATION);
      },
    );
  };
}

/** Whether this batch axis only continues A's rows, with one B for all. */
function foldable(a: View, b: View, axis: number, span: number): boolean {
  return a.shape[axis] === 1 || (a.strides[axis] === span && b.strides[axis] === 0);
}
