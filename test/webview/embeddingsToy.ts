// A small embedder for the tests of the inspector, whose answers can be worked out by hand: words with a meaning are made
// of named features, all others of three numbers drawn by their letters. Cosines, neighbours, principal components and
// analogies over its vectors are computed for real.

import { seededRandom } from '../../src/shared/environment.ts';

export const DIMENSIONS = 32;

/** Features of words, by dimension: royal, male, female, animal, feline, canine, money, water, sitting. */
const FEATURES: Readonly<Record<string, readonly [dimension: number, amount: number][]>> = {
  king: [
    [0, 1],
    [1, 1],
  ],
  queen: [
    [0, 1],
    [2, 1],
  ],
  man: [[1, 1]],
  woman: [[2, 1]],
  cat: [
    [3, 1],
    [4, 1],
  ],
  kitten: [
    [3, 1],
    [4, 0.9],
  ],
  dog: [
    [3, 1],
    [5, 1],
  ],
  bank: [
    [6, 0.7],
    [7, 0.7],
  ],
  rate: [[6, 1]],
  rates: [[6, 1]],
  interest: [[6, 0.9]],
  river: [[7, 1]],
  sat: [[8, 1]],
  mat: [[8, 0.5]],
  rug: [[8, 0.5]],
};
/** What says little weighs little. */
const COMMON = new Set(['the', 'a', 'on', 'of', 'all', 'she', 'her', 'its', 'again']);

export const WORDS = Object.keys(FEATURES);

export function pieces(text: string): string[] {
  return text.toLowerCase().match(/[a-z]+/g) ?? [];
}

export function wordVector(word: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  const known = FEATURES[word];
  if (known !== undefined) {
    for (const [dimension, amount] of known) {
      vector[dimension] = amount;
    }
    return vector;
  }
  const seed = [...word].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  const random = seededRandom(seed);
  for (let i = 0; i < 3; i++) {
    vector[9 + Math.floor(random() * (DIMENSIONS - 9))] = random() - 0.3;
  }
  return vector;
}

export function weightOf(word: string): number {
  return COMMON.has(word) ? 0.1 : 1;
}

export function norm(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

export function unit(vector: Float32Array): Float32Array {
  const length = norm(vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

/** The vectors of unit length; zeros of an empty text. */
export function embed(text: string): Float32Array {
  const sum = new Float32Array(DIMENSIONS);
  for (const word of pieces(text)) {
    wordVector(word).forEach((value, i) => {
      sum[i] = (sum[i] as number) + value * weightOf(word);
    });
  }
  return unit(sum);
}

export function cosine(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
}

/** Places of `count` nearest rows, best first. */
export function nearest(
  rows: readonly Float32Array[],
  query: Float32Array,
  count: number,
): { at: number; cosine: number }[] {
  return rows
    .map((row, at) => ({ at, cosine: cosine(row, query) }))
    .sort((a, b) => b.cosine - a.cosine || a.at - b.at)
    .slice(0, count);
}

/** Coordinates on two principal directions, from the `first` on, and the share of variance that each holds. */
export function flat(rows: readonly Float32Array[], first = 0): { xy: Float32Array; explained: [number, number] } {
  const mean = new Float32Array(DIMENSIONS);
  for (const row of rows) {
    row.forEach((value, i) => {
      mean[i] = (mean[i] as number) + value / rows.length;
    });
  }
  const left = rows.map((row) => row.map((value, i) => value - (mean[i] as number)));
  const variance = (vectors: readonly Float32Array[]) => vectors.reduce((sum, row) => sum + norm(row) ** 2, 0);
  const total = variance(left) || 1;
  const axes: { along: number[]; share: number }[] = [];
  for (let axis = 0; axis < first + 2; axis++) {
    let direction = unit(Float32Array.from({ length: DIMENSIONS }, (_, i) => 1 + ((i * 7 + axis * 3) % 5)));
    for (let step = 0; step < 60; step++) {
      const next = new Float32Array(DIMENSIONS);
      for (const row of left) {
        const along = cosine(row, direction);
        row.forEach((value, i) => {
          next[i] = (next[i] as number) + value * along;
        });
      }
      direction = norm(next) === 0 ? direction : unit(next);
    }
    const along = left.map((row) => cosine(row, direction));
    axes.push({ along, share: along.reduce((sum, value) => sum + value * value, 0) / total });
    left.forEach((row, at) => {
      left[at] = row.map((value, i) => value - (along[at] as number) * (direction[i] as number));
    });
  }
  const [x, y] = axes.slice(first) as [(typeof axes)[number], (typeof axes)[number]];
  const xy = Float32Array.from({ length: rows.length * 2 }, (_, at) => (at % 2 === 0 ? x : y).along[at >> 1] as number);
  return { xy, explained: [x.share, y.share] };
}
