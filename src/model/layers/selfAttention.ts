// Causal self-attention with several heads, as in GPT-2: one projection makes queries, keys and values, another mixes
// what the heads found. In one operation for training, or from its parts to be looked at: the numbers are the same.

import { attention } from '../../engine/ops/attention.ts';
import { split } from '../../engine/ops/concat.ts';
import { selfAttention } from '../../engine/ops/fusedAttention.ts';
import { permute } from '../../engine/ops/permute.ts';
import { reshape } from '../../engine/ops/reshape.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { Initialise } from '../initialise.ts';
import type { Parameters } from '../parameters.ts';
import type { Mode } from './dropout.ts';
import { Linear } from './linear.ts';

export interface SelfAttentionOptions {
  readonly channels: number;
  /** Divides `channels`. */
  readonly heads: number;
  readonly bias: boolean;
  readonly initialise: Initialise;
  /** Of the projection back, `c_proj`. */
  readonly initialiseBack: Initialise;
  readonly initialiseBias: Initialise;
}

/** Parameters of two linear layers: `c_attn` (C, 3 C), for queries, keys and values, and `c_proj` (C, C). */
export class SelfAttention {
  private readonly heads: number;
  private readonly mode: Mode;
  private readonly projection: Linear;
  private readonly back: Linear;

  constructor(parameters: Parameters, mode: Mode, options: SelfAttentionOptions) {
    const { channels, heads, initialiseBack, ...shared } = options;
    this.heads = heads;
    this.mode = mode;
    this.projection = new Linear(parameters.within('c_attn'), channels, 3 * channels, shared);
    this.back = new Linear(parameters.within('c_proj'), channels, channels, { ...shared, initialise: initialiseBack });
  }

  /** x (B, T, C) keeps its shape. */
  forward(x: Tensor): Tensor {
    const qkv = this.projection.forward(x); // (B, T, 3 C)
    const attended = this.mode.fused ? selfAttention(qkv, this.heads, { causal: true }) : this.fromParts(qkv); // (B, T, C)
    return this.back.forward(attended); // (B, T, C)
  }

  /** What `selfAttention` computes, step by step: qkv (B, T, 3 C) makes (B, T, C). */
  private fromParts(qkv: Tensor): Tensor {
    const [B, T, C3] = qkv.shape;
    const C = C3 / 3;
    const [q, k, v] = split(qkv, [C, C, C], -1).map((part) => this.headsOf(part)); // each (B, H, T, D)
    const attended = attention(q, k, v, { causal: true }); // (B, H, T, D)
    const sideBySide = permute(attended, [0, 2, 1, 3]); // (B, T, H, D)
    return reshape(sideBySide, [B, T, C]); // (B, T, C)
  }

  /** Channels cut into heads: (B, T, C) makes (B, H, T, D). */
  private headsOf(x: Tensor): Tensor {
    const [B, T, C] = x.shape;
    const parted = reshape(x, [B, T, this.heads, C / this.heads]); // (B, T, H, D)
    return permute(parted, [0, 2, 1, 3]); // (B, H, T, D)
  }
}
