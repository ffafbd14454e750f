// A small GPT: GPT-2's architecture (Radford et al. 2019) as nanoGPT trains it. No cache of keys and values, and no
// sampling.

import type { Engine } from '../engine/engine.ts';
import { add } from '../engine/ops/add.ts';
import { crossEntropy } from '../engine/ops/crossEntropy.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { slice } from '../engine/ops/slice.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { normal, zeros } from './initialise.ts';
import { Block } from './layers/block.ts';
import { Dropout, type Mode } from './layers/dropout.ts';
import { Embedding } from './layers/embedding.ts';
import { LayerNorm } from './layers/norms.ts';
import { Parameters } from './parameters.ts';

export interface GptConfig {
  /** V: how many tokens there are. */
  readonly vocabulary: number;
  /** The most positions that it can look at. */
  readonly context: number;
  readonly layers: number;
  /** H: divides `channels`. */
  readonly heads: number;
  /** C: how wide the residual stream is. */
  readonly channels: number;
  /** Whether linear layers and norms have biases. */
  readonly bias: boolean;
  /** The share that is dropped, while training, of the embeddings and of what each layer adds; not of attention's weights. */
  readonly dropout: number;
  /** Whether the table of token vectors is the head's as well (Press and Wolf 2017). */
  readonly tied: boolean;
}

/**
 * Its parameters have GPT-2's names, and its linear weights GPT-2's layout, (inputs, outputs).
 *
 * Example: `new Gpt(engine, { vocabulary: 65, context: 64, layers: 4, heads: 4, channels: 128, bias: false, dropout: 0,
 * tied: true }, seededRandom(1))` has about 0.8 million parameters.
 */
export class Gpt {
  readonly engine: Engine;
  readonly config: GptConfig;
  readonly parameters: Parameters;
  /** Dropout is off and attention fused until told otherwise. */
  readonly mode: Mode = { training: false, fused: true };
  private readonly tokens: Embedding;
  private readonly positions: Embedding;
  private readonly dropout: Dropout;
  private readonly blocks: readonly Block[];
  private readonly norm: LayerNorm;
  /** (V, C): the logit of a token is the product of its row with the stream. */
  private readonly head: Tensor;

  /**
   * Begins as GPT-2 does: normal draws of deviation 0.02, smaller by sqrt(2 layers) where a layer adds to the stream,
   * as there are so many sums; biases zero.
   *
   * @param random draws first the parameters, then dropout's masks
   * @throws Fault `bad-input` naming what is wrong in the configuration, `too-large` when there is no room for the
   * parameters: those made until then are released.
   */
  constructor(engine: Engine, config: GptConfig, random: Random) {
    check(config);
    const { vocabulary, context, layers, channels, heads, bias } = config;
    this.engine = engine;
    this.config = config;
    this.parameters = new Parameters(engine, random);
    this.dropout = new Dropout(config.dropout, random, this.mode);
    const initialise = normal(0.02);
    const initialiseBack = normal(0.02 / Math.sqrt(2 * layers));
    const inside = this.parameters.within('transformer');
    const options = { channels, heads, bias, initialise, initialiseBack, initialiseBias: zeros };
    try {
      this.tokens = new Embedding(inside.within('wte'), vocabulary, channels, initialise); // (V, C)
      this.positions = new Embedding(inside.within('wpe'), context, channels, initialise); // (context, C)
      this.blocks = Array.from(
        { length: layers },
        (_, i) => new Block(inside.within('h').within(i), this.mode, this.dropout, options),
      );
      this.norm = new LayerNorm(inside.within('ln_f'), channels, { bias });
      this.head = config.tied
        ? this.tokens.weight
        : this.parameters.within('lm_head').make('weight', [vocabulary, channels], initialise); // (V, C)
    } catch (error) {
      this.parameters.release();
      throw error;
    }
  }

  /**
   * For each position the logits of the token that comes next: ids (B, T), i32, make (B, T, V).
   *
   * @throws Fault `bad-input` when T is above the context, or an id is not in the vocabulary.
   */
  logits(ids: Tensor): Tensor {
    const { engine, config } = this;
    const [, T] = ids.shape;
    if (ids.rank !== 2 || T > config.context) {
      throw new Fault('bad-input', `Gpt: ${ids} is no (B, T) with T up to ${config.context}.`, {
        remedy: 'Give a batch of sequences, none longer than the context.',
      });
    }
    const tokens = this.tokens.forward(ids); // (B, T, C)
    const positions = slice(this.positions.weight, 0, 0, T); // (T, C)
    let stream = this.dropout.forward(add(tokens, positions)); // (B, T, C)
    for (const [i, block] of this.blocks.entries()) {
      stream = engine.group(`block ${i}`, () => block.forward(stream)); // (B, T, C)
    }
    const normed = this.norm.forward(stream); // (B, T, C)
    return matmul(normed, transpose(this.head)); // (B, T, V)
  }

  /**
   * How surprised it is at the tokens that do come next, in nats a token: ids and targets (B, T), i32, make a single
   * number. A target of -1 doesn't count.
   *
   * @throws Fault `bad-input` as {@link logits}, or when the shapes differ.
   */
  loss(ids: Tensor, targets: Tensor): Tensor {
    return crossEntropy(this.logits(ids), targets); // ()
  }
}

function check(config: GptConfig): void {
  const bad = (what: string, remedy: string) => new Fault('bad-input', `Gpt: ${what}.`, { remedy });
  for (const name of ['vocabulary', 'context', 'heads', 'channels'] as const) {
    if (!Number.isInteger(config[name]) || config[name] < 1) {
      throw bad(`${name} is ${config[name]}`, 'It is a whole number from 1.');
    }
  }
  if (!Number.isInteger(config.layers) || config.layers < 0) {
    throw bad(`layers is ${config.layers}`, 'It is a whole number from 0.');
  }
  if (config.channels % config.heads !== 0) {
    throw bad(`${config.channels} channels can't be cut into ${config.heads} heads`, 'Heads must divide the channels.');
  }
  if (!(config.dropout >= 0 && config.dropout < 1)) {
    throw bad(`dropout is ${config.dropout}`, 'It is a share from 0 to below 1.');
  }
}
