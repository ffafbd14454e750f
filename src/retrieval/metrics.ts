// How good a ranking is, against what is known to be relevant. Averages over queries, and how sure they are.

import type { Random } from '../shared/environment.ts';

/**
 * The share of the relevant that stands among the first k; 0 where nothing is relevant.
 *
 * @param found the ids, best first
 */
export function recallAt<T>(found: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  if (relevant.size === 0) {
    return 0;
  }
  const seen = new Set(found.slice(0, k).filter((id) => relevant.has(id)));
  return seen.size / relevant.size;
}

/** The share of the first k that is relevant: (number of them) / k, however many were found. */
export function precisionAt<T>(found: readonly T[], relevant: ReadonlySet<T>, k: number): number {
  return new Set(found.slice(0, k).filter((id) => relevant.has(id))).size / k;
}

/** 1 / the rank of the first that is relevant, from 1; 0 where none is. Its mean over queries is the MRR (Voorhees 1999). */
export function reciprocalRank<T>(found: readonly T[], relevant: ReadonlySet<T>): number {
  const place = found.findIndex((id) => relevant.has(id));
  return place === -1 ? 0 : 1 / (place + 1);
}

/**
 * Discounted cumulative gain of the first k (Järvelin and Kekäläinen 2002): the gain at rank i, from 1, counts
 * 1 / log2(i + 1).
 *
 * Example: the gains 3, 2, 3, 0, 1, 2 of Wikipedia's page on it make 6.861 at 6.
 */
export function dcgAt(gains: readonly number[], k: number): number {
  return gains.slice(0, k).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

/**
 * DCG of a ranking divided by that of the best one there could be: 1 is perfect; 0 where nothing is relevant. An id
 * that comes again gains nothing.
 *
 * @param grades how relevant each id is, above 0; what is not in it is not
 */
export function ndcgAt<T>(found: readonly T[], grades: ReadonlyMap<T, number>, k: number): number {
  const seen = new Set<T>();
  const gains = found.slice(0, k).map((id) => {
    const gain = seen.has(id) ? 0 : (grades.get(id) ?? 0);
    seen.add(id);
    return gain;
  });
  const best = dcgAt(
    [...grades.values()].sort((a, b) => b - a),
    k,
  );
  return best === 0 ? 0 : dcgAt(gains, k) / best;
}

/** The mean; 0 of nothing. */
export function average(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A mean, and between what the means of as many values, drawn from these with replacement, lie in `level` of the
 * drawings (the percentile bootstrap; Efron 1979). For two ways on the same queries give the differences: an interval
 * without 0 says that they differ.
 */
export function bootstrap(values: readonly number[], random: Random, level = 0.95, drawings = 2000): Interval {
  const means = Array.from({ length: drawings }, () => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) {
      sum += values[Math.floor(random() * values.length)] ?? 0;
    }
    return values.length === 0 ? 0 : sum / values.length;
  }).sort((a, b) => a - b);
  const at = (share: number) => means[Math.min(drawings - 1, Math.floor(share * drawings))] ?? 0;
  return { mean: average(values), low: at((1 - level) / 2), high: at((1 + level) / 2) };
}
