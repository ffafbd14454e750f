// Attention as one operation that never holds the (T, S) scores of all heads (Dao et al. 2022, FlashAttention, without
// its tiles). The same numbers as attention.ts makes from the parts.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { type AttentionOptions, checkCausal, scaleFor } from './attention.ts';
import { checkDtype, shapeFault } from './support.ts';

/**
 * As `attention`, for q (B, H, T, D), k (B, H, S, D) and v (B, H, S, E): (B, H, T, E).
 *
 * @throws Fault `bad-input` when the shapes don't fit, or when queries would come before all keys (causal, S < T).
 */
export function fusedAttention(q: Tensor, k: Tensor, v: Tensor, options: AttentionOptions = {}): Tensor {
  check(q, k, v, options.causal === true);
  return apply(fusedAttentionOperation, [q, k, v], kernelOptions(options, q.shape[3]));
}

/**
 * Attention of a sequence to itself, straight from one projection: `qkv` (B, T, 3 C), queries, keys and values side by
 * side, each of `heads` heads of C / heads channels. Makes (B, T, C), heads side by side: nothing is rearranged.
 *
 * @throws Fault `bad-input` when the last axis can't be cut into 3 times `heads`.
 */
export function selfAttention(qkv: Tensor, heads: number, options: AttentionOptions = {}): Tensor {
  checkDtype('selfAttention', qkv, 'f32');
  const headDim = (qkv.shape[2] ?? 0) / 3 / heads;
  if (qkv.rank !== 3 || !Number.isInteger(headDim) || !(Number.isInteger(heads) && heads > 0)) {
    throw new Fault('bad-input', `selfAttention: ${showShape(qkv.shape)} can't be cut into 3 times ${heads} heads.`, {
      remedy: 'It is (B, T, 3 C), with C a multiple of the number of heads.',
    });
  }
  return apply(selfAttentionOperation, [qkv], { heads, ...kernelOptions(options, headDim) });
}

interface Attributes {
  readonly scale: number;
  readonly causal: boolean;
}

const FORMULA = 'y = softmax(q k^T / sqrt(D), masked) v';
const GRADIENT =
  'with w the weights: dv = w^T dy, ds = w (dy v^T - dy . y), dq = ds k / sqrt(D), dk = ds^T q / sqrt(D)';

/** `fusedAttention`: forward, and backward beside it. */
export const fusedAttentionOperation: Operation<Attributes> = {
  name: 'fusedAttention',
  inputs: ['q', 'k', 'v'],
  formula: FORMULA,
  gradient: GRADIENT,
  forward([q, k, v], options, save) {
    const { engine } = q;
    const [B, H, T] = q.shape;
    const y = engine.empty([B, H, T, v.shape[3]]); // (B, H, T, E)
    const logSums = engine.empty([B, H, T]); // (B, H, T)
    engine.kernels.attention(lines(q), lines(k), lines(v), y, logSums, options);
    save(q, k, v, y, logSums);
    return y;
  },
  backward(dy, { saved: [q, k, v, y, logSums], attributes, engine }) {
    const [dq, dk, dv] = [q, k, v].map(({ shape }) => engine.empty(shape));
    const inputs = [lines(q), lines(k), lines(v)] as const;
    engine.kernels.attentionBackward(...inputs, y, logSums, lines(dy), dq, dk, dv, attributes);
    return [dq, dk, dv];
  },
};

/** `selfAttention`: forward, and backward beside it. */
export const selfAttentionOperation: Operation<Attributes & { readonly heads: number }> = {
  name: 'selfAttention',
  inputs: ['qkv'],
  formula: FORMULA,
  gradient: GRADIENT,
  forward([qkv], { heads, ...options }, save) {
    const { engine } = qkv;
    const [B, T, C3] = qkv.shape;
    const [q, k, v] = headsOf(lines(qkv), heads, 3); // each (B, H, T, D)
    const y = engine.empty([B, T, C3 / 3]); // (B, T, C)
    const logSums = engine.empty([B, heads, T]); // (B, H, T)
    engine.kernels.attention(q, k, v, headsOf(y, heads, 1)[0], logSums, options);
    save(qkv, y, logSums);
    return y;
  },
  backward(dy, { saved: [qkv, y, logSums], attributes: { heads, ...options }, engine }) {
    const dqkv = engine.empty(qkv.shape); // (B, T, 3 C)
    const [q, k, v] = headsOf(lines(qkv), heads, 3); // each (B, H, T, D)
    const [dq, dk, dv] = headsOf(dqkv, heads, 3); // each (B, H, T, D)
    const [[out], [above]] = [headsOf(y, heads, 1), headsOf(lines(dy), heads, 1)]; // each (B, H, T, D)
    engine.kernels.attentionBackward(q, k, v, out, logSums, above, dq, dk, dv, options);
    return [dqkv];
  },
};

/** (B, T, parts * C) read as `parts` tensors of heads, each (B, H, T, D). Nothing is copied. */
function headsOf(x: Tensor, heads: number, parts: number): Tensor[] {
  const [B, T, channels] = x.shape;
  const D = channels / parts / heads;
  const [ofBatch, ofPosition] = x.strides;
  return Array.from({ length: parts }, (_, part) =>
    x.engine.view(x, [B, heads, T, D], [ofBatch, D, ofPosition, 1], x.offset + part * heads * D),
  );
}

/** `x` itself when the elements of its last axis stand side by side, else a copy: what the kernels ask for. */
function lines(x: Tensor): Tensor {
  if (x.strides[x.rank - 1] === 1) {
    return x;
  }
  const copy = x.engine.empty(x.shape);
  x.engine.kernels.copy(x, copy);
  return copy;
}

function kernelOptions({ causal = false, scale }: AttentionOptions, headDim: number): Attributes {
  return { causal, scale: scale ?? scaleFor(headDim) };
}

function check(q: Tensor, k: Tensor, v: Tensor, causal: boolean): void {
  for (const tensor of [q, k, v]) {
    checkDtype('fusedAttention', tensor, 'f32');
    if (tensor.rank !== 4) {
      throw new Fault('bad-input', `fusedAttention: ${tensor} has ${tensor.rank} axes, not 4.`, {
        remedy: 'Queries, keys and values are (batch, heads, positions, channels).',
      });
    }
  }
  const remedy = 'q is (B, H, T, D), k (B, H, S, D), v (B, H, S, E).';
  for (const [a, b, axes] of [
    [q, k, [0, 1, 3]],
    [k, v, [0, 1, 2]],
  ] as const) {
    const bad = axes.find((axis) => a.shape[axis] !== b.shape[axis]);
    if (bad !== undefined) {
      const what = `axis ${bad} has ${a.shape[bad]} and ${b.shape[bad]}`;
      throw shapeFault('fusedAttention', a.shape, b.shape, what, remedy);
    }
  }
  if (causal) {
    checkCausal('fusedAttention', q, k);
  }
}
