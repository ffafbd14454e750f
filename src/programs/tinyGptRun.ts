// A very small GPT on the characters of a text: trained a few steps at a time, measured on the text's end, asked to
// write. Everything is small enough for a lesson; lesson 19 does it properly.

import type { Engine } from '../engine/engine.ts';
import { IGNORED } from '../engine/ops/crossEntropy.ts';
import { slice } from '../engine/ops/slice.ts';
import { softmax } from '../engine/ops/softmax.ts';
import { randomBatch } from '../model/data.ts';
import { Gpt } from '../model/gpt.ts';
import { countNgrams } from '../model/ngram/counts.ts';
import { holdOutEnd, lossOf } from '../model/ngram/perplexity.ts';
import type { NgramModel } from '../model/ngram/smoothing.ts';
import { cutSymbols, withoutRare } from '../model/ngram/symbols.ts';
import { adamW } from '../model/optimisers/adam.ts';
import { decayOnMatrices, type Optimiser } from '../model/optimisers/optimiser.ts';
import { cosine } from '../model/schedules.ts';
import { trainingStep } from '../model/training.ts';
import type { Random } from '../shared/environment.ts';
import type { LearningRun } from './besideTable.ts';

/** T: how many characters it sees. */
const CONTEXT = 16;
const BATCH = 16;
/** No dropout: in so short a training it costs more than it saves. */
const CONFIG = { context: CONTEXT, layers: 2, heads: 4, channels: 64, bias: false, dropout: 0, tied: true };
const RATE = 8e-3;
const HELD_OUT = 0.1;
/** Characters that both models are measured on, at most. */
const MEASURED = 2000;
/** Different characters that are told apart; rarer ones share a sign. */
const MOST = 250;
/** Characters that a text must have. */
export const LEAST = 1000;

export class TinyGptRun implements LearningRun {
  readonly alphabet: readonly string[];
  /** Held-out loss of the table to beat, in nats a character: an interpolated 5-gram's on the same characters. */
  readonly table: number;
  private readonly engine: Engine;
  private readonly random: Random;
  private readonly training: Int32Array;
  private readonly ids: Int32Array;
  /** Where what is held out ends. */
  private readonly end: number;
  private readonly model: Gpt;
  private readonly optimiser: Optimiser;
  private readonly rateOf: (step: number) => number;

  /** @param text of at least {@link LEAST} characters */
  constructor(engine: Engine, text: string, steps: number, random: Random) {
    this.engine = engine;
    this.random = random;
    const { ids, alphabet } = cutSymbols(withoutRare(text, MOST), 'characters');
    const { training, heldOut } = holdOutEnd(ids, HELD_OUT);
    this.ids = ids;
    this.training = training;
    this.alphabet = alphabet;
    this.end = Math.min(ids.length, training.length + MEASURED);
    const fiveGram: NgramModel = {
      counts: countNgrams(training, 5),
      n: 5,
      alphabet: alphabet.length,
      smoothing: { kind: 'interpolated' },
    };
    this.table = lossOf(fiveGram, heldOut.subarray(0, MEASURED), { before: training });
    this.model = new Gpt(engine, { ...CONFIG, vocabulary: alphabet.length }, random);
    this.optimiser = adamW(decayOnMatrices(this.model.parameters, 0.1), { betas: [0.9, 0.99] });
    this.rateOf = cosine({ highest: RATE, lowest: RATE / 10, warmup: Math.round(0.05 * steps), steps });
  }

  /** How many numbers it learns. */
  get size(): number {
    return this.model.parameters.tensors.reduce((total, { size }) => total + size, 0);
  }

  /** One step on sixteen windows from random places. Returns their loss, in nats a character. @param step from 1 */
  train(step: number): number {
    return this.engine.scope(() => {
      const { ids, targets } = randomBatch(this.engine, this.training, BATCH, CONTEXT, this.random); // (B, T)
      const learningRate = this.rateOf(step - 1);
      return trainingStep(this.model, this.optimiser, ids, targets, { learningRate, clip: 1, step });
    });
  }

  /** The loss on what is held out: each character is predicted once, from at least half a context before it. */
  heldOutLoss(): number {
    const { engine, ids, end } = this;
    const half = CONTEXT / 2;
    const starts: number[] = [];
    for (let from = this.training.length; from < end; from += half) {
      starts.push(from);
    }
    const shape = [starts.length, CONTEXT];
    const inputs = new Int32Array(starts.length * CONTEXT);
    const targets = new Int32Array(inputs.length).fill(IGNORED);
    for (const [row, from] of starts.entries()) {
      for (let t = 0; t < CONTEXT; t++) {
        const at = from - half + t; // the place that is predicted
        inputs[row * CONTEXT + t] = ids[at - 1]!;
        if (at >= from && at < end) {
          targets[row * CONTEXT + t] = ids[at]!;
        }
      }
    }
    return engine.scope(() =>
      engine.noGrad(() => this.model.loss(engine.fromData(inputs, shape), engine.fromData(targets, shape)).item()),
    );
  }

  /** The next character after those, drawn by the model's probabilities. */
  next(previous: readonly number[]): number {
    const { engine } = this;
    const seen = previous.length === 0 ? [0] : previous.slice(-CONTEXT);
    const probabilities = engine.scope(() =>
      engine.noGrad(() => {
        const logits = this.model.logits(engine.fromData(Int32Array.from(seen), [1, seen.length])); // (1, T, V)
        return softmax(slice(logits, 1, seen.length - 1, seen.length)).toFlat(); // (1, 1, V)
      }),
    );
    let left = this.random();
    let drawn = 0;
    while (drawn < probabilities.length - 1 && left >= probabilities[drawn]!) {
      left -= probabilities[drawn]!;
      drawn++;
    }
    return drawn;
  }

  /** Gives its memory back. */
  release(): void {
    this.optimiser.release();
    this.model.parameters.zeroGrad();
    this.model.parameters.release();
  }
}
