// Scaled dot-product attention (Vaswani et al. 2017), from the parts that it is made of. fusedAttention.ts computes the
// same in one operation.

import type { Engine } from '../engine.ts';
import type { Tensor } from '../tensor.ts';
import { matmul } from './matmul.ts';
import { mul } from './mul.ts';
import { softmax } from './softmax.ts';
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
 * @throws Fault `bad-input` when the shapes don't fit.
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  const { causal = false, scale = scaleFor(q.shape[q.rank - 1]) } = options;
  return q.engine.group('attention', () => {
    const scores = matmul(q, transpose(k)); // (..., T, S)
    const scaled = mul(scores, scale); // (..., T, S)
    const masked = causal
      ? maskedFill(scaled, causalMask(q.engine, q.shape.at(-2)!, k.shape.at(-2)!), -Infinity)
      : scaled; // (..., T, S)
    const weights = softmax(masked); // (..., T, S)
    return matmul(weights, v); // (..., T, E)
  });
}

/** 1 / sqrt(D); 1 without any channels, where all scores are 0 and all keys fit as well. */
export function scaleFor(D: number): number {
  return 1 / Math.sqrt(Math.max(D, 1));
}

/** 1 where query t may not see key s, else 0: (T, S), i32. The last query sees all keys. */
export function causalMask(engine: Engine, T: number, S: number): Tensor {
  const hidden = Int32Array.from({ length: T * S }, (_, i) => ((i % S) - (S - T) > Math.floor(i / S) ? 1 : 0));
  return engine.fromData(hidden, [T, S], { name: 'mask' });
}
