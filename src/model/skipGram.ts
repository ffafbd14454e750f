// Skip-gram with negative sampling (Mikolov et al. 2013): a word's vector learns to tell its neighbours from words drawn
// by chance. Plain lists of numbers, and plain gradient descent. No subsampling of frequent words.

import type { Random } from '../shared/environment.ts';
import { sigmoid } from './logisticRegression.ts';

/** Two tables of V rows with C numbers each: the words as centres, and the words as neighbours. */
export interface SkipGramTables {
  /** What is kept in the end: the word vectors. (V, C) */
  readonly centers: readonly Float64Array[];
  /** (V, C) */
  readonly contexts: readonly Float64Array[];
}

/** Each word's row: even draws near 0 for the centres, zeros for the contexts, as in word2vec. */
export function skipGramTables(words: number, channels: number, random: Random): SkipGramTables {
  const row = (draw: () => number) => Float64Array.from({ length: channels }, draw);
  return {
    centers: Array.from({ length: words }, () => row(() => (random() - 0.5) / channels)),
    contexts: Array.from({ length: words }, () => row(() => 0)),
  };
}

/**
 * One step, in place: the centre is drawn to its true neighbour and pushed away from the negatives, and they likewise.
 *
 * @param negatives words drawn by chance, which are taken for wrong answers
 * @returns the loss before the step: -ln of the chance given to the neighbour and of those against the negatives
 */
export function skipGramStep(
  { centers, contexts }: SkipGramTables,
  center: number,
  neighbour: number,
  negatives: readonly number[],
  learningRate: number,
): number {
  const vector = centers[center]!; // (C,)
  const slope = new Float64Array(vector.length); // (C,)
  let loss = 0;
  for (const [word, label] of [[neighbour, 1] as const, ...negatives.map((negative) => [negative, 0] as const)]) {
    const other = contexts[word]!; // (C,)
    const chance = sigmoid(dot(vector, other));
    const error = chance - label;
    loss -= Math.log(label === 1 ? chance : 1 - chance);
    for (let c = 0; c < vector.length; c++) {
      slope[c]! += error * other[c]!;
      other[c]! -= learningRate * error * vector[c]!;
    }
  }
  for (let c = 0; c < vector.length; c++) {
    vector[c]! -= learningRate * slope[c]!;
  }
  return loss;
}

/** Every word with each of its neighbours, up to `window` places to either side, sentence by sentence. */
export function* neighbourPairs(
  sentences: readonly (readonly number[])[],
  window: number,
): Generator<readonly [center: number, neighbour: number]> {
  for (const sentence of sentences) {
    for (let t = 0; t < sentence.length; t++) {
      for (let u = Math.max(0, t - window); u <= Math.min(sentence.length - 1, t + window); u++) {
        if (u !== t) {
          yield [sentence[t]!, sentence[u]!];
        }
      }
    }
  }
}

/** Draws words by their counts to the power of 3/4, which lifts the rare ones. */
export function negativeDrawer(counts: readonly number[], random: Random): () => number {
  const sums: number[] = [];
  counts.forEach((count, word) => {
    sums.push((sums[word - 1] ?? 0) + count ** 0.75);
  });
  return () => {
    const at = random() * sums.at(-1)!;
    return sums.findIndex((sum) => at < sum);
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let c = 0; c < a.length; c++) {
    sum += a[c]! * b[c]!;
  }
  return sum;
}
