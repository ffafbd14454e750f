// From counts to probabilities: P(next | previous), in three ways. They differ in what they lend to what was never seen.

import type { NgramCounts, Reading } from './counts.ts';

/**
 * - `counts`: what the counts say, and nothing else.
 * - `add-k`: each symbol of the alphabet is lent `k` more after every context (Lidstone 1920; Laplace's is k = 1).
 * - `interpolated`: the shorter context's opinion is mixed in (Jelinek and Mercer 1980), with the weight of Witten and
 *   Bell (1991): much after a context that many different symbols followed, little after one that is always the same.
 */
export type Smoothing =
  | { readonly kind: 'counts' }
  | { readonly kind: 'add-k'; readonly k: number }
  | { readonly kind: 'interpolated' };

export interface NgramModel {
  readonly counts: NgramCounts;
  /** n: a symbol is predicted from the n - 1 before it. */
  readonly n: number;
  /** V: how many different symbols there are. */
  readonly alphabet: number;
  readonly smoothing: Smoothing;
}

/**
 * The probability that `next` comes next, from 0 to 1. Over the alphabet it adds up to 1, but for `counts` after what
 * nothing ever followed: there it is 0 for every symbol.
 */
export function probability(model: NgramModel, reading: Reading, next: number): number {
  const { counts, smoothing, alphabet } = model;
  switch (smoothing.kind) {
    case 'counts':
      return byCounts(counts, reading.context(reading.length), next);
    case 'add-k':
      return addK(counts, reading.context(reading.length), next, alphabet, smoothing.k);
    case 'interpolated':
      return interpolated(reading, next, alphabet);
  }
}

/** count(context, next) / total(context); 0 where nothing came after the context. */
export function byCounts(counts: NgramCounts, context: number, next: number): number {
  const total = counts.total(context);
  return total === 0 ? 0 : counts.count(context, next) / total;
}

/** (count + k) / (total + k V): every symbol is lent k. */
export function addK(counts: NgramCounts, context: number, next: number, alphabet: number, k: number): number {
  return (counts.count(context, next) + k) / (counts.total(context) + k * alphabet);
}

/**
 * From the shortest context to the longest: (count + kinds * shorter) / (total + kinds), where `shorter` is the
 * probability so far. It begins with 1 / V.
 */
export function interpolated(reading: Reading, next: number, alphabet: number): number {
  const { counts } = reading;
  let p = 1 / alphabet;
  for (let length = 0; length <= reading.length; length++) {
    const context = reading.context(length);
    const total = counts.total(context);
    if (total === 0) {
      return p; // a longer context was never followed either
    }
    const kinds = counts.kinds(context);
    p = (counts.count(context, next) + kinds * p) / (total + kinds);
  }
  return p;
}
