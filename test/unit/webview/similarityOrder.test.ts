// The order in which a similarity matrix puts together what is alike: against orders that are known.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/shared/environment.ts';
import { orderBySimilarity } from '../../../webview/elements/similarity/order.ts';

function matrix(n: number, like: (a: number, b: number) => number): Float32Array {
  return Float32Array.from({ length: n * n }, (_, at) => like(Math.floor(at / n), at % n));
}

function shuffled(n: number, seed: number): number[] {
  const random = seededRandom(seed);
  return Array.from({ length: n }, (_, index) => ({ index, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ index }) => index);
}

describe('order by similarity', () => {
  it('finds the line that things stand on, from either end', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(places, (line) => {
        const similarity = matrix(
          line.length,
          (a, b) => 1 - Math.abs((line[a] as number) - (line[b] as number)) / 1000,
        );
        const found = orderBySimilarity(similarity, line.length).map((index) => line[index] as number);
        const sorted = [...line].sort((a, b) => a - b);
        expect([sorted, [...sorted].reverse()]).toContainEqual(found);
      }),
    );
  });

  it('puts each group together, however they are mixed', () => {
    const group = shuffled(24, 3).map((index) => index % 4);
    const similarity = matrix(24, (a, b) => (a === b ? 1 : group[a] === group[b] ? 0.8 : 0.1));
    const found = orderBySimilarity(similarity, 24).map((index) => group[index] as number);
    const borders = found.filter((kind, at) => at > 0 && kind !== found[at - 1]);
    expect(borders).toHaveLength(3);
  });

  it('is a permutation with the first thing in the first half, whatever the numbers are', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25 }), fc.integer(), (n, seed) => {
        const random = seededRandom(seed);
        const values = matrix(n, () => (random() < 0.1 ? Number.NaN : random() * 2 - 1));
        const order = orderBySimilarity(values, n);
        expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, index) => index));
        expect(order.indexOf(0)).toBeLessThanOrEqual(Math.max(0, (n - 1) / 2));
      }),
    );
  });
});
