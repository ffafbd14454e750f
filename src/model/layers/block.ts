// A transformer block as in GPT-2: attention, then the feed-forward part, each on a normed copy of the residual stream
// and added back to it ("pre-norm").

import { add } from '../../engine/ops/add.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { Parameters } from '../parameters.ts';
import type { Dropout, Mode } from './dropout.ts';
import { Mlp } from './mlp.ts';
import { LayerNorm } from './norms.ts';
import { SelfAttention, type SelfAttentionOptions } from './selfAttention.ts';

/** Parameters `ln_1`, `attn`, `ln_2` and `mlp`, named as in GPT-2. */
export class Block {
  private readonly norm1: LayerNorm;
  private readonly attention: SelfAttention;
  private readonly norm2: LayerNorm;
  private readonly mlp: Mlp;
  private readonly dropout: Dropout;

  constructor(parameters: Parameters, mode: Mode, dropout: Dropout, options: SelfAttentionOptions) {
    const { channels, bias } = options;
    this.norm1 = new LayerNorm(parameters.within('ln_1'), channels, { bias });
    this.attention = new SelfAttention(parameters.within('attn'), mode, options);
    this.norm2 = new LayerNorm(parameters.within('ln_2'), channels, { bias });
    this.mlp = new Mlp(parameters.within('mlp'), options);
    this.dropout = dropout;
  }

  /** x + attention(norm(x)), and to that the same with the feed-forward part: the stream x (B, T, C) keeps its shape. */
  forward(x: Tensor): Tensor {
    const { engine } = x;
    const normed1 = this.norm1.forward(x); // (B, T, C)
    const attended = engine.group('self-attention', () => this.attention.forward(normed1)); // (B, T, C)
    const between = add(x, this.dropout.forward(attended)); // (B, T, C)
    const normed2 = this.norm2.forward(between); // (B, T, C)
    const transformed = engine.group('mlp', () => this.mlp.forward(normed2)); // (B, T, C)
    return add(between, this.dropout.forward(transformed)); // (B, T, C)
  }
}
