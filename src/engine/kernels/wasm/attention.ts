// Fused attention over some of the heads: blocks of queries whose scores stay in scratch memory, so that no T x S matrix
// is kept and, where it is causal, keys that nobody sees are left out. Backward computes the weights again from
// `logSums`, as FlashAttention does (Dao et al. 2022). Strides are in bytes; columns are contiguous.

import { matmul } from './matmul';
import { fill } from './move';
import { scoresBackward, weigh, weighAgain } from './weights';

/** Queries a block: a multiple of the matrix product's six rows. */
const BLOCK: i32 = 48;

/** How many bytes {@link attention} needs at `scratch`, and half of what {@link attentionBackward} does. */
export function attentionScratchBytes(S: i32): i32 {
  return BLOCK * wholeVectors(S) * 4;
}

/** Up to a multiple of four. */
function wholeVectors(count: i32): i32 {
  return (count + 3) & ~3;
}

/** Where head `head` of `H` begins in a view (B, H, ...). */
function headOf(view: usize, ofB: i32, ofH: i32, head: i32, H: i32): usize {
  return view + (head / H) * ofB + (head % H) * ofH;
}

/** The keys that the first query of a block sees. */
function seenFrom(begin: i32, T: i32, S: i32, causal: bool): i32 {
  return causal ? begin + S - T + 1 : S;
}

/**
 * @param qB from one of q's (B, H, T, D) to the next along B, `qH` along H, `qT` along T; likewise the others.
 * @param logSums dense (B, H, T).
 * @param first the first head of B * H, counted through, and `heads` how many.
 * @param work scratch of matmulWorkBytes.
 */
export function attention(
  q: usize,
  qB: i32,
  qH: i32,
  qT: i32,
  k: usize,
  kB: i32,
  kH: i32,
  kT: i32,
  v: usize,
  vB: i32,
  vH: i32,
  vT: i32,
  out: usize,
  outB: i32,
  outH: i32,
  outT: i32,
  logSums: usize,
  H: i32,
  T: i32,
  S: i32,
  D: i32,
  E: i32,
  scale: f32,
  causal: bool,
  scratch: usize,
  work: usize,
  first: i32,
  heads: i32,
): void {
  for (let head = first; head < first + heads; head++) {
    const keys = headOf(k, kB, kH, head, H);
    const values = headOf(v, vB, vH, head, H);
    for (let begin = 0; begin < T; begin += BLOCK) {
      const rows = min(BLOCK, T - begin);
      const seen = seenFrom(begin, T, S, causal);
      const width = causal ? seen + rows - 1 : S;
      const step = wholeVectors(width);
      const queries = headOf(q, qB, qH, head, H) + begin * qT;
      matmul(queries, qT, 4, keys, 4, kT, scratch, step * 4, rows, D, width, false, work);
      weigh(scratch, scale, rows, step, seen, causal ? 1 : 0, logSums + (head * T + begin) * 4);
      const result = headOf(out, outB, outH, head, H) + begin * outT;
      matmul(scratch, step * 4, 4, values, vT, 4, result, outT, rows, width, E, false, work);
    }
  }
}

/** As {@link attention}; `g` is the gradient of `out`. Overwrites dq, dk and dv. */
export function attentionBackward(
  q: usize,
  qB: i32,
  qH: i32,
  qT: i32,
  k: usize,
  kB: i32,
  kH: i32,
  kT: i32,
  v: usize,
  vB: i32,
  vH: i32,
  vT: i32,
  out: usize,
  outB: i32,
  outH: i32,
  outT: i32,
  g: usize,
  gB: i32,
  gH: i32,
  gT: i32,
  dq: usize,
  dqB: i32,
  dqH: i32,
  dqT: i32,
  dk: usize,
  dkB: i32,
  dkH: i32,
  dkT: i32,
  dv: usize,
  dvB: i32,
  dvH: i32,
  dvT: i32,
  logSums: usize,
  H: i32,
  T: i32,
  S: i32,
  D: i32,
  E: i32,
  scale: f32,
  causal: bool,
  scratch: usize,
  work: usize,
  first: i32,
  heads: i32,
): void {
  const weights = scratch;
  const dWeights = scratch + attentionScratchBytes(S);
  const lastBlock = ((T - 1) / BLOCK) * BLOCK;
  for (let head = first; head < first + heads; head++) {
    const keys = headOf(k, kB, kH, head, H);
    const values = headOf(v, vB, vH, head, H);
    const dKeys = headOf(dk, dkB, dkH, head, H);
    const dValues = headOf(dv, dvB, dvH, head, H);
    if (T === 0) {
      for (let row = 0; row < S; row++) {
        fill(dKeys + row * dkT, 4, D, 0);
        fill(dValues + row * dvT, 4, E, 0);
      }
      continue;
    }
    // The last block sees every key: it comes first, and writes what the others add to.
    for (let begin = lastBlock; begin >= 0; begin -= BLOCK) {
      const rows = min(BLOCK, T - begin);
      const seen = seenFrom(begin, T, S, causal);
      const width = causal ? seen + rows - 1 : S;
      const step = wholeVectors(width);
      const row = step * 4;
      const add = begin < lastBlock;
      const queries = headOf(q, qB, qH, head, H) + begin * qT;
      const dQueries = headOf(dq, dqB, dqH, head, H) + begin * dqT;
      const result = headOf(out, outB, outH, head, H) + begin * outT;
      const slope = headOf(g, gB, gH, head, H) + begin * gT;
      matmul(queries, qT, 4, keys, 4, kT, weights, row, rows, D, width, false, work);
      weighAgain(weights, scale, rows, step, seen, causal ? 1 : 0, logSums + (head * T + begin) * 4);
      matmul(weights, 4, row, slope, gT, 4, dValues, dvT, width, rows, E, add, work);
      matmul(slope, gT, 4, values, 4, vT, dWeights, row, rows, E, width, false, work);
      scoresBackward(weights, dWeights, slope, gT, result, outT, E, scale, rows, step);
      matmul(dWeights, row, 4, keys, kT, 4, dQueries, dqT, rows, width, D, false, work);
      matmul(dWeights, 4, row, queries, qT, 4, dKeys, dkT, width, rows, D, add, work);
    }
  }
}
