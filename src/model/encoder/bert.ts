// BERT's encoder (Devlin et al. 2018): embeddings, then layers in which every token looks at every other. It reads; the
// heads for guessing masked words are not here, nor padding: a batch holds texts of one length.

import type { Engine } from '../../engine/engine.ts';
import { add } from '../../engine/ops/add.ts';
import { embedding } from '../../engine/ops/embedding.ts';
import { slice } from '../../engine/ops/slice.ts';
import type { Shape } from '../../engine/shape.ts';
import type { Tensor } from '../../engine/tensor.ts';
import { Fault } from '../../shared/errors.ts';
import { BertLayer } from './bertLayer.ts';
import { FileNorm } from './fileLayers.ts';

export interface BertConfig {
  /** V: how many tokens there are. */
  readonly vocabulary: number;
  /** The most tokens of a text. */
  readonly positions: number;
  /** How many kinds of segments; a text alone is of the first. */
  readonly segments: number;
  readonly layers: number;
  /** H: divides `channels`. */
  readonly heads: number;
  /** C: how wide the stream is. */
  readonly channels: number;
  /** F: how wide the feed-forward part is inside. */
  readonly hidden: number;
  /** Keeps the norms' division finite. */
  readonly epsilon: number;
}

/** A weight by its name in the file. @throws Fault when there is none, or none of this shape. */
export type WeightSource = (name: string, shape: Shape) => Tensor;

export interface BertMode {
  /** Attention in one operation; false computes it from its parts, to be looked at. The numbers are the same. */
  fused: boolean;
}

/** Made by `loadBert` of bertFile.ts. Its weights have the names and the layout of Hugging Face's `BertModel`. */
export class Bert {
  readonly engine: Engine;
  readonly config: BertConfig;
  readonly mode: BertMode = { fused: true };
  /** (V, C): what a token is before it has seen any other. */
  readonly words: Tensor;
  private readonly positions: Tensor;
  private readonly segments: Tensor;
  private readonly norm: FileNorm;
  private readonly layers: readonly BertLayer[];
  private readonly held: Tensor[] = [];

  /** @param source gives weights that are the model's own. @throws as it does; those given until then are released. */
  constructor(engine: Engine, config: BertConfig, source: WeightSource) {
    this.engine = engine;
    this.config = config;
    const weights: WeightSource = (name, shape) => {
      const weight = source(name, shape);
      this.held.push(weight);
      return weight;
    };
    const { vocabulary, positions, segments, channels, epsilon } = config;
    try {
      this.words = weights('embeddings.word_embeddings.weight', [vocabulary, channels]); // (V, C)
      this.positions = weights('embeddings.position_embeddings.weight', [positions, channels]); // (positions, C)
      this.segments = weights('embeddings.token_type_embeddings.weight', [segments, channels]); // (segments, C)
      this.norm = new FileNorm(weights, 'embeddings.LayerNorm', channels, epsilon);
      this.layers = Array.from(
        { length: config.layers },
        (_, i) => new BertLayer(weights, `encoder.layer.${i}`, config, this.mode),
      );
    } catch (error) {
      this.release();
      throw error;
    }
  }

  /** Gives the memory of its weights back. */
  release(): void {
    for (const weight of this.held) {
      weight.release();
    }
  }

  /**
   * What each token means where it stands: ids (B, T), i32, make (B, T, C). BERT was trained on texts between [CLS] and
   * [SEP]: put them there.
   *
   * @throws Fault `bad-input` when T is above the positions, or an id is not in the vocabulary.
   */
  forward(ids: Tensor): Tensor {
    const { engine, config } = this;
    const [, T] = ids.shape;
    if (ids.rank !== 2 || T > config.positions) {
      throw new Fault('bad-input', `Bert: ${ids} is no (B, T) with T up to ${config.positions}.`, {
        remedy: 'Give a batch of texts of one length, none longer than the positions.',
      });
    }
    let stream = engine.group('embeddings', () => this.embed(ids, T)); // (B, T, C)
    for (const [i, layer] of this.layers.entries()) {
      stream = engine.group(`layer ${i}`, () => engine.scope(() => layer.forward(stream))); // (B, T, C)
    }
    return stream; // (B, T, C)
  }

  /** What, where, and of which segment: three vectors added. */
  private embed(ids: Tensor, T: number): Tensor {
    const words = embedding(this.words, ids); // (B, T, C)
    const places = slice(this.positions, 0, 0, T); // (T, C)
    const segment = slice(this.segments, 0, 0, 1); // (1, C)
    return this.norm.forward(add(words, add(places, segment))); // (B, T, C)
  }
}
