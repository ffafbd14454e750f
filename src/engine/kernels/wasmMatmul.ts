// Matrix products on the compiled kernels: batches, the folding of a batch into rows where the second operand is shared, so
// that a linear layer is one product, and how threads share a product.

import type { View } from './kernels.ts';
import type { Team } from './team.ts';
import { addressOf, BYTES, eachPlace } from './wasmViews.ts';

/** What one multiplication takes, and to pack one number, in nanoseconds. */
const MULTIPLICATION = 0.02;
const PACKING = 0.3;
/** A product of fewer rows is shared by columns, as each thread then packs all of A; of more, by rows. */
const FEW_ROWS = 48;
/** Rows are shared in multiples of a tile's, columns in multiples that suit every way in which they are computed. */
const TILE_ROWS = 6;
const COLUMNS = 16;

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
  const [blockDepth, blockColumns] = [exports.BLOCK_DEPTH.value, exports.BLOCK_COLUMNS.value];
  // The caller's own packed B, which lies at the end of its scratch, is everybody's.
  const packed = work + workBytes - blockDepth * blockColumns * BYTES;

  const byColumns = (a: Operand, b: Operand, c: Operand, M: number, K: number, N: number, add: number): void => {
    const args = [a.at, a.row, a.column, b.at, b.row, b.column, c.at, c.row, M, K, N, add, work];
    const steps = [0, 0, 0, b.column, 0, 0, BYTES, 0, 0, 0, 0, 0, 0];
    const shares = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, workBytes];
    team.run('matmul', args, { steps, shares, counted: 10 }, N, COLUMNS, M * K * MULTIPLICATION);
  };

  const byRows = (a: Operand, b: Operand, c: Operand, M: number, K: number, N: number, add: number): void => {
    for (let column = 0; column < N; column += blockColumns) {
      const columns = Math.min(blockColumns, N - column);
      for (let k = 0; k < K; k += blockDepth) {
        const depth = Math.min(blockDepth, K - k);
        const source = [b.at + k * b.row + column * b.column, b.row, b.column, depth, columns, packed];
        const panels = { steps: [b.column, 0, 0, 0, 0, depth * BYTES], counted: 4 };
        team.run('packB', source, panels, columns, COLUMNS, depth * PACKING);
        const [from, to] = [a.at + k * a.column, c.at + column * BYTES];
        const args = [from, a.row, a.column, packed, to, c.row, M, depth, columns, add || k > 0 ? 1 : 0, work];
        const steps = [a.row, 0, 0, 0, c.row, 0, 0, 0, 0, 0, 0];
        const shares = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, workBytes];
        team.run('multiplyPacked', args, { steps, shares, counted: 6 }, M, TILE_ROWS, depth * columns * MULTIPLICATION);
      }
    }
  };

  const product = (a: Operand, b: Operand, c: Operand, M: number, K: number, N: number, add: number): void => {
    if (!team.shares(M * K * N * MULTIPLICATION)) {
      exports.matmul(a.at, a.row, a.column, b.at, b.row, b.column, c.at, c.row, M, K, N, add, work);
    } else {
      (M < FEW_ROWS ? byColumns : byRows)(a, b, c, M, K, N, add);
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
