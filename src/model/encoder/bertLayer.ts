// One layer of BERT: every token looks at all, then each is worked on by itself. Each part's result is added to what came
// in, and normed after that (post-norm, as in Vaswani et al. 2017); GPTs norm before.

import { add } from '../../engine/ops/add.ts';
import { attention } from '../../engine/ops/attention.ts';
import { fusedAttention } from '../../engine/ops/fusedAttention.ts';
import { gelu } from '../../engine/ops/gelu.ts';
import { permute } from '../../engine/ops/permute.ts';
import { reshape } from '../../engine/ops/reshape.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { BertConfig, BertMode, WeightSource } from './bert.ts';
import { FileLinear, FileNorm } from './fileLayers.ts';

export class BertLayer {
  private readonly heads: number;
  private readonly mode: BertMode;
  private readonly query: FileLinear;
  private readonly key: FileLinear;
  private readonly value: FileLinear;
  private readonly mix: FileLinear;
  private readonly mixNorm: FileNorm;
  private readonly wide: FileLinear;
  private readonly back: FileLinear;
  private readonly backNorm: FileNorm;

  /** @param name of the layer, that its weights' names begin with */
  constructor(weights: WeightSource, name: string, config: BertConfig, mode: BertMode) {
    const { heads, channels, hidden, epsilon } = config;
    this.heads = heads;
    this.mode = mode;
    this.query = new FileLinear(weights, `${name}.attention.self.query`, channels, channels);
    this.key = new FileLinear(weights, `${name}.attention.self.key`, channels, channels);
    this.value = new FileLinear(weights, `${name}.attention.self.value`, channels, channels);
    this.mix = new FileLinear(weights, `${name}.attention.output.dense`, channels, channels);
    this.mixNorm = new FileNorm(weights, `${name}.attention.output.LayerNorm`, channels, epsilon);
    this.wide = new FileLinear(weights, `${name}.intermediate.dense`, channels, hidden);
    this.back = new FileLinear(weights, `${name}.output.dense`, hidden, channels);
    this.backNorm = new FileNorm(weights, `${name}.output.LayerNorm`, channels, epsilon);
  }

  /** x (B, T, C) keeps its shape. */
  forward(x: Tensor): Tensor {
    const { engine } = x;
    const found = engine.group('attention', () => this.attend(x)); // (B, T, C)
    const seen = this.mixNorm.forward(add(x, found)); // (B, T, C)
    const thought = engine.group('feed-forward', () => this.think(seen)); // (B, T, C)
    return this.backNorm.forward(add(seen, thought)); // (B, T, C)
  }

  private attend(x: Tensor): Tensor {
    const q = this.headsOf(this.query.forward(x)); // (B, H, T, D)
    const k = this.headsOf(this.key.forward(x)); // (B, H, T, D)
    const v = this.headsOf(this.value.forward(x)); // (B, H, T, D)
    const attended = this.mode.fused ? fusedAttention(q, k, v) : attention(q, k, v); // (B, H, T, D)
    const sideBySide = reshape(permute(attended, [0, 2, 1, 3]), x.shape); // (B, T, C)
    return this.mix.forward(sideBySide); // (B, T, C)
  }

  private think(x: Tensor): Tensor {
    const hidden = gelu(this.wide.forward(x)); // (B, T, F)
    return this.back.forward(hidden); // (B, T, C)
  }

  /** Channels cut into heads: (B, T, C) makes (B, H, T, D). */
  private headsOf(x: Tensor): Tensor {
    const [B, T, C] = x.shape;
    const parted = reshape(x, [B, T, this.heads, C / this.heads]); // (B, T, H, D)
    return permute(parted, [0, 2, 1, 3]); // (B, H, T, D)
  }
}
