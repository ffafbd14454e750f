// Scaled dot-product attention (Vaswani et al. 2017), from the parts that it is made of. fusedAttention.ts computes the
// same in one operation.

import { Fault } from '../../shared/errors.ts';
import type { Engine } from '../engine.ts';
import { broadcastShapes } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { matmul } from './matmul.ts';
import { mul } from './mul.ts';
import { softmax } from './softmax.ts';
import { shapeFault } from './support.ts';
import { transpose } from './transpose.ts';
import { maskedFill } from './where.ts';

export interface AttentionOptions {
  /** True: a position sees itself and what is before it, not what comes after. */
  readonly causal?: boolean;
  /** Multiplies the scores; 1 / sqrt(D) unless given, so that their spread doesn't grow with D. */
  readonly scale?: number;
}

/**
 * What each query finds: the mean of the values, weighted by how well its key fits. q (..., T, D), k (..., S, D) and
 * v (..., S, E) make (..., T, E). With `causal` and S > T the queries are the last T positions.
 *
 * Example: with one key far more like the query than the others, the result is nearly that key's value.
 *
 * @throws Fault `bad-input` when the shapes don't fit, or when queries would come before all keys (causal, S < T).
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  const { causal = false, scale = scaleFor(q.shape[q.rank - 1]) } = options;
  const [T, S] = [q.shape[q.rank - 2], k.shape[k.rank - 2]];
  check(q, k, v);
  if (causal) {
    checkCausal('attention', q, k);
  }
  return q.engine.group('attention', () => {
    const scores = matmul(q, transpose(k)); // (..., T, S)
    const scaled = mul(scores, scale); // (..., T, S)
    const masked = causal ? maskedFill(scaled, causalMask(q.engine, T, S), -Infinity) : scaled; // (..., T, S)
    const weights = softmax(masked); // (..., T, S)
    return matmul(weights, v); // (..., T, E)
  });
}

/** @throws Fault `bad-input` unless q is (..., T, D), k (..., S, D) and v (..., S, E), and what is in front broadcasts. */
function check(q: Tensor, k: Tensor, v: Tensor): void {
  const remedy = 'q is (..., T, D), k (..., S, D), v (..., S, E).';
  const bad = [q, k, v].find(({ rank }) => rank < 2);
  if (bad !== undefined) {
    throw new Fault('bad-input', `attention: ${bad} has ${bad.rank} axes, and needs 2 or more.`, { remedy });
  }
  for (const [a, b, axis] of [
    [q, k, -1],
    [k, v, -2],
  ] as const) {
    const [ofA, ofB] = [a.shape[a.rank + axis], b.shape[b.rank + axis]];
    if (ofA !== ofB) {
      throw shapeFault('attention', a.shape, b.shape, `axis ${axis} has ${ofA} and ${ofB}`, remedy);
    }
    broadcastShapes('attention', a.shape, b.shape, 2);
  }
}

/** 1 / sqrt(D); 1 without any channels, where all scores are 0 and all keys fit as well. */
export function scaleFor(D: number): number {
  return 1 / Math.sqrt(Math.max(D, 1));
}

/** @throws Fault `bad-input` when queries (..., T, D) would come before all keys (..., S, D): when S < T. */
export function checkCausal(operation: string, q: Tensor, k: Tensor): void {
  const [T, S] = [q.shape[q.rank - 2], k.shape[k.rank - 2]];
  if (S < T) {
    const what = `axis ${q.rank - 2} has ${T} queries and ${S} keys`;
    throw shapeFault(operation, q.shape, k.shape, what, 'Causal queries need a key each.');
  }
}

/** 1 where query t may not see key s, else 0: (T, S), i32. The last query sees all keys. */
export function causalMask(engine: Engine, T: number, S: number): Tensor {
  const hidden = new Int32Array(T * S);
  for (let t = 0; t < T; t++) {
    hidden.fill(1, t * S + (t + S - T) + 1, (t + 1) * S); // query t stands where key t + S - T does
  }
  return engine.fromData(hidden, [T, S], { name: 'mask' }); // (T, S)
}
