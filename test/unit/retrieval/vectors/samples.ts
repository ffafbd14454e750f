// Vectors for tests: without any order, in tight clusters, and with most of their spread in few directions, as those of
// real models have. And the truth about who is nearest, by a loop in 64 bits.

import { type Random, seededRandom } from '../../../../src/shared/environment.ts';

/** Normally distributed, by Box and Muller. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}

export function randomRows(count: number, dimensions: number, seed: number): Float32Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => unit(Float32Array.from({ length: dimensions }, () => normal(random))));
}

/** Rows round so many centres, `spread` from them: at 0.01 the cosines within a cluster differ by parts of ten thousand. */
export function clusteredRows(
  count: number,
  dimensions: number,
  clusters: number,
  spread: number,
  seed: number,
): Float32Array[] {
  const random = seededRandom(seed);
  const centres = randomRows(clusters, dimensions, seed + 1);
  return Array.from({ length: count }, (_, i) => {
    const centre = centres[i % clusters];
    return unit(centre.map((x) => x + (spread * normal(random)) / Math.sqrt(dimensions)));
  });
}

/** All share a direction, and the spread of the others falls as 1/sqrt(i): as sentence vectors do. */
export function fallingRows(count: number, dimensions: number, seed: number): Float32Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () =>
    unit(Float32Array.from({ length: dimensions }, (_, i) => (i === 0 ? 1.5 : normal(random) / Math.sqrt(i)))),
  );
}

export interface Near {
  readonly key: number;
  readonly score: number;
}

/** The nearest by dot product in 64 bits; equal ones by key. */
export function bruteForce(
  rows: ReadonlyMap<number, ArrayLike<number>>,
  query: ArrayLike<number>,
  limit: number,
): Near[] {
  const scored = [...rows].map(([key, row]) => {
    let score = 0;
    for (let i = 0; i < row.length; i++) {
      score += row[i] * query[i];
    }
    return { key, score };
  });
  return scored.sort((a, b) => b.score - a.score || a.key - b.key).slice(0, limit);
}

/** Rows by their place. */
export function keyed(rows: readonly Float32Array[]): Map<number, Float32Array> {
  return new Map(rows.map((row, i) => [i, row]));
}

/** What part of the true nearest was found, over several queries: 0 to 1. */
export function recall(truth: readonly (readonly Near[])[], found: readonly (readonly Near[])[]): number {
  let hits = 0;
  let due = 0;
  truth.forEach((near, i) => {
    const keys = new Set(found[i].map(({ key }) => key));
    hits += near.filter(({ key }) => keys.has(key)).length;
    due += near.length;
  });
  return hits / due;
}
