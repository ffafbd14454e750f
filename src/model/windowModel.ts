// A neural language model over a fixed window (Bengio, Ducharme, Vincent and Jauvin 2003): look up the last n words, join
// their vectors, one hidden layer, a score for each word that may come next. Without the paper's direct connections.

import type { Engine } from '../engine/engine.ts';
import { crossEntropy } from '../engine/ops/crossEntropy.ts';
import { reshape } from '../engine/ops/reshape.ts';
import { tanh } from '../engine/ops/tanh.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';
import { glorot, normal, zeros } from './initialise.ts';
import { Embedding } from './layers/embedding.ts';
import { Linear } from './layers/linear.ts';
import { Parameters } from './parameters.ts';
import type { Trainable } from './training.ts';

export interface WindowModelConfig {
  /** V: how many different words there are. */
  readonly vocabulary: number;
  /** n: how many words it sees. */
  readonly window: number;
  /** C: how many numbers a word's vector has. */
  readonly channels: number;
  /** H: how wide the hidden layer is. */
  readonly hidden: number;
}

export class WindowModel implements Trainable {
  readonly engine: Engine;
  readonly parameters: Parameters;
  readonly mode = { training: false };
  private readonly config: WindowModelConfig;
  private readonly words: Embedding;
  private readonly hidden: Linear;
  private readonly scores: Linear;

  constructor(engine: Engine, config: WindowModelConfig, random: Random) {
    const { vocabulary, window, channels, hidden } = config;
    const parameters = new Parameters(engine, random);
    const inputs = window * channels;
    this.engine = engine;
    this.config = config;
    this.parameters = parameters;
    this.words = new Embedding(parameters.within('words'), vocabulary, channels, normal(0.5));
    this.hidden = new Linear(parameters.within('hidden'), inputs, hidden, {
      initialise: glorot(inputs, hidden),
      initialiseBias: zeros,
    });
    this.scores = new Linear(parameters.within('scores'), hidden, vocabulary, {
      initialise: glorot(hidden, vocabulary),
      initialiseBias: zeros,
    });
  }

  /** ids (B, n), i32, the last n words of B texts, make a score for each word that may come next: (B, V). */
  logits(ids: Tensor): Tensor {
    const { window, channels } = this.config;
    const vectors = this.words.forward(ids); // (B, n, C)
    const joined = reshape(vectors, [ids.shape[0]!, window * channels]); // (B, n * C)
    const hidden = tanh(this.hidden.forward(joined)); // (B, H)
    return this.scores.forward(hidden); // (B, V)
  }

  /** ids (B, n) and the words that truly came next (B,), both i32, make a single number: the mean surprise in nats. */
  loss(ids: Tensor, targets: Tensor): Tensor {
    return crossEntropy(this.logits(ids), targets); // ()
  }
}
