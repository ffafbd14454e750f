// Fused attention on the compiled kernels: for each head, blocks of queries whose scores stay in scratch memory, so that
// no T x S matrix is kept and, where it is causal, keys that nobody sees are left out. Backward computes the weights
// again from `logSums`, as FlashAttention does (Dao et al. 2022).

import type { AttentionOptions, Kernels, View } from './kernels.ts';
import type { WasmMemory } from './wasmMemory.ts';
import type { WasmExports } from './wasmModule.ts';
import { addressOf, BYTES } from './wasmViews.ts';

/** Queries a block: a multiple of the matrix product's six rows. */
const BLOCK = 48;

/** One head of a view (B, H, T, D): where it begins, and the bytes from one position to the next. */
interface Head {
  readonly at: number;
  readonly row: number;
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
  /** c = or += a b; each matrix by its address and its two strides in bytes. */
  const product = (
    a: readonly [number, number, number],
    b: readonly [number, number, number],
    c: Head,
    [M, K, N]: readonly [number, number, number],
    add: boolean,
  ) => exports.matmul(...a, ...b, c.at, c.row, M, K, N, add ? 1 : 0, work);

  /** The products of a block's queries with the keys that it sees, unscaled. */
  const scores = (q: Head, k: Head, { begin, rows, width, step }: Block, D: number, to: number) =>
    product(
      [q.at + begin * q.row, q.row, BYTES],
      [k.at, BYTES, k.row],
      { at: to, row: step * BYTES },
      [rows, D, width],
      false,
    );

  return {
    attention(q, k, v, out, logSums, options) {
      const [, , T, D] = q.shape as [number, number, number, number];
      const [S, E] = v.shape.slice(2) as [number, number];
      const bytes = BLOCK * (wholeVectors(S) * BYTES + 8);
      const scratch = memory.take(bytes);
      const sums = scratch;
      const weights = scratch + BLOCK * 8;
      const singles = new Float32Array(memory.memory.buffer);
      const doubles = new Float64Array(memory.memory.buffer);
      const growth = options.causal ? 1 : 0;
      eachHead(q, (b, h, index) => {
        const [headQ, headK, headV, headOut] = [q, k, v, out].map((view) => headOf(view, b, h)) as Head[];
        for (const block of blocksOf(T, S, options)) {
          const { begin, rows, width, seen, step } = block;
          scores(headQ as Head, headK as Head, block, D, weights);
          const kept = addressOf(logSums) + (index * T + begin) * BYTES;
          exports.weigh(weights, options.scale, rows, step, seen, growth, kept, sums);
          for (let row = 0; row < rows; row++) {
            singles[kept / BYTES + row] += Math.log(doubles[sums / 8 + row]);
          }
          const value = headV as Head;
          const result = headOut as Head;
          product(
            [weights, step * BYTES, BYTES],
            [value.at, value.row, BYTES],
            { at: result.at + begin * result.row, row: result.row },
            [rows, width, E],
            false,
          );
        }
      });
      memory.give(scratch, bytes);
    },

    attentionBackward(q, k, v, out, logSums, gradient, dq, dk, dv, options) {
      const [, , T, D] = q.shape as [number, number, number, number];
      const [S, E] = v.shape.slice(2) as [number, number];
      const bytes = 2 * BLOCK * wholeVectors(S) * BYTES;
      const weights = memory.take(bytes);
      const dWeights = weights + BLOCK * wholeVectors(S) * BYTES;
      const growth = options.causal ? 1 : 0;
      eachHead(q, (b, h, index) => {
        const heads = [q, k, v, out, gradient, dq, dk, dv].map((view) => headOf(view, b, h));
        const [headQ, headK, headV, headOut, above, dQuery, dKey, dValue] = heads as [
          Head,
          Head,
          Head,
          Head,
          Head,
          Head,
          Head,
          Head,
        ];
        // Key s is reached by the queries from the last block backwards, so the last block writes what the others add to.
        blocksOf(T, S, options)
          .reverse()
          .forEach((block, nth) => {
            const { begin, rows, width, seen, step } = block;
            const slope: Head = { at: above.at + begin * above.row, row: above.row };
            const result: Head = { at: headOut.at + begin * headOut.row, row: headOut.row };
            const row = step * BYTES;
            scores(headQ, headK, block, D, weights);
            const kept = addressOf(logSums) + (index * T + begin) * BYTES;
            exports.weighAgain(weights, options.scale, rows, step, seen, growth, kept);
            const ofValue: readonly [number, number, number] = [headV.at, BYTES, headV.row];
            product([slope.at, slope.row, BYTES], ofValue, { at: dWeights, row }, [rows, E, width], false);
            exports.scoresBackward(
              weights,
              dWeights,
              slope.at,
              slope.row,
              result.at,
              result.row,
              E,
              options.scale,
              rows,
              step,
            );
            product([weights, BYTES, row], [slope.at, slope.row, BYTES], dValue, [width, rows, E], nth > 0);
            const query = headQ.at + begin * headQ.row;
            product([dWeights, BYTES, row], [query, headQ.row, BYTES], dKey, [width, rows, D], nth > 0);
            const target: Head = { at: dQuery.at + begin * dQuery.row, row: dQuery.row };
            product([dWeights, row, BYTES], [headK.at, headK.row, BYTES], target, [rows, width, D], false);
          });
        if (T === 0) {
          clear(dKey, S, D);
          clear(dValue, S, E);
        }
      });
      memory.give(weights, bytes);
    },
  };

  function clear({ at, row }: Head, rows: number, count: number): void {
    for (let r = 0; r < rows; r++) {
      exports.fill(at + r * row, BYTES, count, 0);
    }
  }
}

function eachHead(q: View, call: (b: number, h: number, index: number) => void): void {
  const [B, H] = q.shape as [number, number];
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      call(b, h, b * H + h);
    }
  }
}

function headOf(view: View, b: number, h: number): Head {
  const [ofB, ofH, ofT] = view.strides as [number, number, number];
  return { at: addressOf(view) + (b * ofB + h * ofH) * BYTES, row: ofT * BYTES };
}

function blocksOf(T: number, S: number, { causal }: AttentionOptions): Block[] {
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
