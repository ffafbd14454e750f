// A window model on the words of a text: trained a few steps at a time, measured on the text's end, asked to write.

import type { Engine } from '../engine/engine.ts';
import { softmax } from '../engine/ops/softmax.ts';
import { countNgrams } from '../model/ngram/counts.ts';
import { holdOutEnd, lossOf } from '../model/ngram/perplexity.ts';
import { cutSymbols } from '../model/ngram/symbols.ts';
import { adamW } from '../model/optimisers/adam.ts';
import type { Optimiser } from '../model/optimisers/optimiser.ts';
import { trainingStep } from '../model/training.ts';
import { WindowModel } from '../model/windowModel.ts';
import type { Random } from '../shared/environment.ts';
import type { LearningRun } from './besideTable.ts';

const BATCH = 32;
const CHANNELS = 10;
const HIDDEN = 48;
const RATE = 8e-3;
const HELD_OUT = 0.1;
/** Words that both models are measured on, at most. */
const MEASURED = 1000;
/** Words that a text must have. */
export const LEAST_WORDS = 300;

export class WindowRun implements LearningRun {
  readonly alphabet: readonly string[];
  readonly table: number;
  private readonly engine: Engine;
  private readonly random: Random;
  private readonly window: number;
  /** With `window` full stops in front, so that the first words have a window as well. */
  private readonly padded: Int32Array;
  /** What stands before a text that it is to go on with: the last words of the training text, up to a full stop. */
  private readonly before: readonly number[];
  /** Where what is held out begins and ends in it. */
  private readonly cut: number;
  private readonly end: number;
  private readonly model: WindowModel;
  private readonly optimiser: Optimiser;

  /** @param text of at least {@link LEAST_WORDS} words */
  constructor(engine: Engine, text: string, window: number, random: Random) {
    this.engine = engine;
    this.random = random;
    this.window = window;
    const { ids, alphabet } = cutSymbols(text, 'words');
    const { training, heldOut } = holdOutEnd(ids, HELD_OUT);
    this.alphabet = alphabet;
    const stop = Math.max(0, alphabet.indexOf('.'));
    this.padded = new Int32Array(window + ids.length).fill(stop);
    this.padded.set(ids, window);
    this.cut = window + training.length;
    const ended = training.lastIndexOf(stop) + 1 || training.length;
    this.before = [...this.padded.subarray(ended, ended + window)];
    this.end = Math.min(this.padded.length, this.cut + MEASURED);
    this.table = lossOf(
      { counts: countNgrams(training, 5), n: 5, alphabet: alphabet.length, smoothing: { kind: 'interpolated' } },
      heldOut.subarray(0, MEASURED),
      { before: training },
    );
    const config = { vocabulary: alphabet.length, window, channels: CHANNELS, hidden: HIDDEN };
    this.model = new WindowModel(engine, config, random);
    this.optimiser = adamW([{ parameters: this.model.parameters.tensors, weightDecay: 0 }]);
  }

  get size(): number {
    return this.model.parameters.count;
  }

  train(step: number): number {
    const places = Array.from(
      { length: BATCH },
      () => this.window + Math.floor(this.random() * (this.cut - this.window)),
    );
    return this.engine.scope(() =>
      trainingStep(this.model, this.optimiser, this.windowsBefore(places), this.wordsAt(places), {
        learningRate: RATE,
        clip: 1,
        step,
      }),
    );
  }

  heldOutLoss(): number {
    const places = Array.from({ length: this.end - this.cut }, (_, i) => this.cut + i);
    return this.engine.scope(() =>
      this.engine.noGrad(() => this.model.loss(this.windowsBefore(places), this.wordsAt(places)).item()),
    );
  }

  next(previous: readonly number[]): number {
    const probabilities = this.probabilities(previous);
    let left = this.random();
    let drawn = 0;
    while (drawn < probabilities.length - 1 && left >= probabilities[drawn]!) {
      left -= probabilities[drawn]!;
      drawn++;
    }
    return drawn;
  }

  /** Of each word, that it comes next: (V,). What lies before the window isn't looked at. */
  probabilities(previous: readonly number[]): Float32Array {
    const { engine, window } = this;
    const seen = [...this.before, ...previous].slice(-window);
    return engine.scope(() =>
      engine.noGrad(() =>
        Float32Array.from(softmax(this.model.logits(engine.fromData(Int32Array.from(seen), [1, window]))).toFlat()),
      ),
    ); // (1, V)
  }

  /** What it has learned so far, by name: another run of the same text and window goes on from there by {@link load}. */
  weights(): ReadonlyMap<string, ArrayLike<number>> {
    return new Map(Array.from(this.model.parameters, ([name, tensor]) => [name, tensor.toFlat()]));
  }

  load(weights: ReadonlyMap<string, ArrayLike<number>>): void {
    for (const [name, { storage, offset }] of this.model.parameters) {
      storage.data.set(weights.get(name)!, offset);
    }
  }

  release(): void {
    this.optimiser.release();
    this.model.parameters.zeroGrad();
    this.model.parameters.release();
  }

  /** The n words before each place: (B, n). */
  private windowsBefore(places: readonly number[]) {
    const ids = new Int32Array(places.length * this.window);
    places.forEach((place, row) => {
      ids.set(this.padded.subarray(place - this.window, place), row * this.window);
    });
    return this.engine.fromData(ids, [places.length, this.window]);
  }

  /** (B,) */
  private wordsAt(places: readonly number[]) {
    return this.engine.fromData(
      Int32Array.from(places, (place) => this.padded[place]!),
      [places.length],
    );
  }
}
