// Fused attention on the compiled kernels: for each head, blocks of queries whose scores stay in scratch memory, so that
// no T x S matrix is kept and, where it is causal, keys that nobody sees are left out. Backward computes the weights
// again from `logSums`, as FlashAttention does (Dao et al. 2022).

import type { Kernels, View } from './kernels.ts';
import type { WasmMemory } from './wasmMemory.ts';
import type { WasmExports } from './wasmModule.ts';
import { addressOf, BYTES } from './wasmViews.ts';

/** Queries a block: a multiple of the matrix product's six rows. */
const BLOCK = 48;

/** A matrix in memory: its first number, and the bytes from row to row and from column to column. */
interface Matrix {
  readonly at: number;
  readonly row: number;
  readonly column: number;
}

/** A block of queries: their number, the keys that any of them sees, and how many the first sees. */
interface Block {
  readonly begin: number;
  readonly rows: number;
  readonly width: number;
  readonly seen: number;
  /** From one row of scores to the next: `width` up to a multiple of 4. */
  readonly step: number;
}

export function attentionOn(
  exports: WasmExports,
  memory: WasmMemory,
  work: number,
): Pick<Kernels, 'attention' | 'attentionBackward'> {
  /** c (M, N) = a (M, K) b (K, N), or with `add` += */
  const product = (a: Matrix, b: Matrix, c: Matrix, M: number, K: number, N: number, add = false) =>
    exports.matmul(a.at, a.row, a.column, b.at, b.row, b.column, c.at, c.row, M, K, N, add ? 1 : 0, work);

  return {
    attention(q, k, v, out, logSums, { scale, causal }) {
      const [B, H, T, D] = q.shape;
      const [S, E] = v.shape.slice(2);
      const bytes = BLOCK * (8 + wholeVectors(S) * BYTES);
      const sums = memory.take(bytes);
      const singles = new Float32Array(memory.memory.buffer);
      const doubles = new Float64Array(memory.memory.buffer);
      const blocks = blocksOf(T, S, causal);
      for (let head = 0; head < B * H; head++) {
        const queries = headOf(q, head);
        const keys = transposed(headOf(k, head));
        const values = headOf(v, head);
        const result = headOf(out, head);
        for (const { begin, rows, width, seen, step } of blocks) {
          const scores = matrix(sums + BLOCK * 8, step);
          product(from(queries, begin), keys, scores, rows, D, width);
          const kept = addressOf(logSums) + (head * T + begin) * BYTES;
          exports.weigh(scores.at, scale, rows, step, seen, causal ? 1 : 0, kept, sums);
          for (let row = 0; row < rows; row++) {
            singles[kept / BYTES + row] += Math.log(doubles[sums / 8 + row]);
          }
          product(scores, values, from(result, begin), rows, width, E);
        }
      }
      memory.give(sums, bytes);
    },

    attentionBackward(q, k, v, out, logSums, gradient, dq, dk, dv, { scale, causal }) {
      const [B, H, T, D] = q.shape;
      const [S, E] = v.shape.slice(2);
      const half = BLOCK * wholeVectors(S) * BYTES;
      const scratch = memory.take(2 * half);
      // The last block sees every key: it comes first, and writes what the others add to.
      const blocks = blocksOf(T, S, causal).reverse();
      for (let head = 0; head < B * H; head++) {
        const queries = headOf(q, head);
        const keys = headOf(k, head);
        const values = transposed(headOf(v, head));
        const [dKeys, dValues] = [headOf(dk, head), headOf(dv, head)];
        const [result, above, dQueries] = [headOf(out, head), headOf(gradient, head), headOf(dq, head)];
        blocks.forEach(({ begin, rows, width, seen, step }, nth) => {
          const weights = matrix(scratch, step); // (rows, width)
          const dWeights = matrix(scratch + half, step); // (rows, width)
          const slope = from(above, begin); // (rows, E)
          product(from(queries, begin), transposed(keys), weights, rows, D, width);
          const kept = addressOf(logSums) + (head * T + begin) * BYTES;
          exports.weighAgain(weights.at, scale, rows, step, seen, causal ? 1 : 0, kept);
          product(transposed(weights), slope, dValues, width, rows, E, nth > 0);
          product(slope, values, dWeights, rows, E, width);
          const own = from(result, begin);
          exports.scoresBackward(weights.at, dWeights.at, slope.at, slope.row, own.at, own.row, E, scale, rows, step);
          product(dWeights, keys, from(dQueries, begin), rows, width, D);
          product(transposed(dWeights), from(queries, begin), dKeys, width, rows, D, nth > 0);
        });
        if (T === 0) {
          clear(dKeys, S, D);
          clear(dValues, S, E);
        }
      }
      memory.give(scratch, 2 * half);
    },
  };

  function clear({ at, row }: Matrix, rows: number, count: number): void {
    for (let r = 0; r < rows; r++) {
      exports.fill(at + r * row, BYTES, count, 0);
    }
  }
}

/** One head of a view (B, H, T, D), as the matrix (T, D). */
function headOf(view: View, head: number): Matrix {
  const [ofB, ofH, ofT] = view.strides;
  const H = view.shape[1];
  return {
    at: addressOf(view) + (Math.floor(head / H) * ofB + (head % H) * ofH) * BYTES,
    row: ofT * BYTES,
    column: BYTES,
  };
}

/** A matrix with rows of `step` numbers. */
function matrix(at: number, step: number): Matrix {
  return { at, row: step * BYTES, column: BYTES };
}

function transposed({ at, row, column }: Matrix): Matrix {
  return { at, row: column, column: row };
}

/** A matrix without its first rows. */
function from({ at, row, column }: Matrix, begin: number): Matrix {
  return { at: at + begin * row, row, column };
}

function blocksOf(T: number, S: number, causal: boolean): Block[] {
  const blocks: Block[] = [];
  for (let begin = 0; begin < T; begin += BLOCK) {
    const rows = Math.min(BLOCK, T - begin);
    const seen = causal ? begin + S - T + 1 : S;
    const width = causal ? seen + rows - 1 : S;
    blocks.push({ begin, rows, width, seen, step: wholeVectors(width) });
  }
  return blocks;
}

/** Up to a multiple of four. */
function wholeVectors(count: number): number {
  return Math.ceil(count / 4) * 4;
}
