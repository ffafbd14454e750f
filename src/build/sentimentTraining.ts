// How the sentiment model is trained: a small BERT from random numbers, on reviews out of our grammar.

import type { Engine } from '../engine/engine.ts';
import type { BertConfig } from '../model/encoder/bert.ts';
import { adamW } from '../model/optimisers/adam.ts';
import { decayOnMatrices } from '../model/optimisers/optimiser.ts';
import { cosine } from '../model/schedules.ts';
import { byLength } from '../model/sentiment/byLength.ts';
import { TextClassifier } from '../model/sentiment/classifier.ts';
import type { Review } from '../model/sentiment/reviews.ts';
import { trainingStep } from '../model/training.ts';
import { seededRandom } from '../shared/environment.ts';
import type { TokenizerDefinition } from '../tokenizers/definition.ts';
import { bertWords } from '../tokenizers/training/cuttings.ts';
import { trainWordPiece } from '../tokenizers/training/wordPiece.ts';
import { WordCounter } from '../tokenizers/training/words.ts';

export const SIZES: Omit<BertConfig, 'vocabulary'> = {
  positions: 64,
  segments: 2,
  layers: 2,
  heads: 2,
  channels: 32,
  hidden: 64,
  epsilon: 1e-12,
};
export const PIECES = 600;
const STEPS = 4000;
const BATCH = 32;
const RATE = 2e-3;
/** So often a token of a training text is hidden: the model is to bear words that it doesn't know. */
const HIDDEN = 0.03;

/** A text's ids, [CLS] and [SEP] around them. */
export type Encode = (text: string) => Int32Array;

/** WordPiece over the reviews' words. Each character that keyboards have is a piece, so that most texts can be cut. */
export function trainPieces(reviews: readonly Review[]): TokenizerDefinition {
  const counter = new WordCounter(bertWords);
  const characters = Array.from({ length: 94 }, (_, i) => String.fromCharCode(33 + i)).join(' ');
  const inside = [...'abcdefghijklmnopqrstuvwxyz0123456789'].map((c) => `x${c}`).join(' ');
  for (const text of [characters, inside, ...reviews.map((review) => review.text)]) {
    toEnd(counter.add(text));
  }
  const words = toEnd(counter.words());
  return toEnd(trainWordPiece(words, { name: 'tiny-sentiment', vocabularySize: PIECES }));
}

export function trainSentiment(
  engine: Engine,
  vocabulary: number,
  reviews: readonly Review[],
  encode: Encode,
  unknown: number,
  onProgress: (step: number, loss: number) => void,
): TextClassifier {
  const random = seededRandom(2);
  const model = TextClassifier.untrained(engine, { ...SIZES, vocabulary }, random);
  const optimiser = adamW(decayOnMatrices(model.parameters, 0.01));
  const rate = cosine({ highest: RATE, lowest: RATE / 20, warmup: 200, steps: STEPS });
  const all = reviews.map(({ text, positive }) => ({ ids: encode(text), positive }));
  const groups = byLength(all);
  let mean = Math.LN2;
  for (let step = 1; step <= STEPS; step++) {
    // A batch holds one length; lengths come up as often as their texts.
    const alike = groups.get(all[Math.floor(random() * all.length)]!.ids.length)!;
    const drawn = Array.from({ length: BATCH }, () => alike[Math.floor(random() * alike.length)]!);
    const T = drawn[0]!.ids.length;
    const ids = drawn.flatMap((row) =>
      Array.from(row.ids, (id, at) => (at > 0 && at < T - 1 && random() < HIDDEN ? unknown : id)),
    );
    const targets = drawn.map(({ positive }) => (positive ? 1 : 0));
    const loss = engine.scope(() =>
      trainingStep(
        model,
        optimiser,
        engine.fromData(Int32Array.from(ids), [BATCH, T]), // (B, T)
        engine.fromData(Int32Array.from(targets), [BATCH]), // (B,)
        { learningRate: rate(step - 1), clip: 1, step },
      ),
    );
    mean += (loss - mean) / 100;
    if (step % 500 === 0) {
      onProgress(step, mean);
    }
  }
  optimiser.release();
  model.parameters.zeroGrad();
  return model;
}

function toEnd<T>(steps: Generator<unknown, T, void>): T {
  for (;;) {
    const { value, done } = steps.next();
    if (done) {
      return value as T;
    }
  }
}
