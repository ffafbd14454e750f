// Scaled dot-product attention (Vaswani et al. 2017) for one query at a time: no T x S matrix is kept. Backward computes
// the weights again from the scores and one number a query, as FlashAttention does (Dao et al. 2022).

import type { AttentionOptions, View } from '../kernels.ts';
import { numbersOf } from '../views.ts';
import { logSumExp } from './softmax.ts';

/** For each query the mean of the values, weighted by softmax(scale * q k^T). Shapes as `Kernels.attention` says. */
export function attention(q: View, k: View, v: View, out: View, logSums: View, options: AttentionOptions): void {
  const [B, H, T] = q.shape;
  const E = v.shape[3];
  const kept = numbersOf(logSums); // (B, H, T)
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      for (let t = 0; t < T; t++) {
        const scores = scoresOf(q, k, [b, h, t], options); // (S,), or fewer when causal
        const logSum = logSumExp(scores);
        const result = new Float64Array(E); // (E,)
        scores.forEach((score, s) => {
          const weight = Math.exp(score - logSum); // the softmax of the scores, at s
          const value = line(v, b, h, s); // (E,)
          for (let e = 0; e < E; e++) {
            result[e] += weight * value[e];
          }
        });
        line(out, b, h, t).set(result);
        kept[(b * H + h) * T + t] = logSum;
      }
    }
  }
}

/**
 * With w the weights: dv = w^T dy, and through the softmax dScore = w (dy . v - dy . y), which goes on to the query and to
 * the key that made the score.
 */
export function attentionBackward(
  q: View,
  k: View,
  v: View,
  out: View,
  logSums: View,
  gradient: View,
  dq: View,
  dk: View,
  dv: View,
  options: AttentionOptions,
): void {
  const [B, H, T, D] = q.shape;
  const [S, E] = v.shape.slice(2);
  const kept = numbersOf(logSums); // (B, H, T)
  for (let b = 0; b < B; b++) {
    for (let h = 0; h < H; h++) {
      for (let s = 0; s < S; s++) {
        line(dk, b, h, s).fill(0);
        line(dv, b, h, s).fill(0);
      }
      for (let t = 0; t < T; t++) {
        const dy = line(gradient, b, h, t); // (E,)
        const query = line(q, b, h, t); // (D,)
        const dQuery = line(dq, b, h, t).fill(0); // (D,)
        // The softmax's own backward pass subtracts the mean of the weights' gradients, which is dy . y.
        const mean = dot(dy, line(out, b, h, t));
        const logSum = kept[(b * H + h) * T + t];
        scoresOf(q, k, [b, h, t], options).forEach((score, s) => {
          const weight = Math.exp(score - logSum);
          const dScore = weight * (dot(dy, line(v, b, h, s)) - mean) * options.scale;
          const key = line(k, b, h, s); // (D,)
          const dKey = line(dk, b, h, s); // (D,)
          const dValue = line(dv, b, h, s); // (E,)
          for (let d = 0; d < D; d++) {
            dQuery[d] += dScore * key[d];
            dKey[d] += dScore * query[d];
          }
          for (let e = 0; e < E; e++) {
            dValue[e] += weight * dy[e];
          }
        });
      }
    }
  }
}

/** The scaled products of one query with the keys that it may see: when causal, not those behind it. */
function scoresOf(
  q: View,
  k: View,
  [b, h, t]: readonly [number, number, number],
  { scale, causal }: AttentionOptions,
): Float32Array {
  const [T, S] = [q.shape[2], k.shape[2]];
  const query = line(q, b, h, t); // (D,)
  const visible = causal ? t + S - T + 1 : S; // the last query sees all keys
  return Float32Array.from({ length: visible }, (_, s) => scale * dot(query, line(k, b, h, s)));
}

/** The channels of position t in head h: their stride is 1. */
function line({ storage, offset, shape, strides }: View, b: number, h: number, t: number): Float32Array | Int32Array {
  const place = offset + b * strides[0] + h * strides[1] + t * strides[2];
  return storage.data.subarray(place, place + shape[3]);
}

function dot(a: Float32Array | Int32Array, b: Float32Array | Int32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i] * b[i];
  }
  return sum;
}
