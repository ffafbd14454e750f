// The measures against published worked examples.

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  average,
  bootstrap,
  dcgAt,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRank,
} from '../../../src/retrieval/metrics.ts';
import { seededRandom } from '../../../src/shared/environment.ts';

describe('DCG, by the example of Wikipedia\'s "Discounted cumulative gain"', () => {
  // Documents 1 to 6 are graded 3, 2, 3, 0, 1, 2; document 7 with 3 and document 8 with 2 were not returned.
  const gains = [3, 2, 3, 0, 1, 2];
  test('6.861 of at best 8.740: 0.785', () => {
    expect(dcgAt(gains, 6)).toBeCloseTo(6.861, 3);
    const grades = new Map([...gains, 3, 2].map((gain, i) => [i + 1, gain]));
    expect(dcgAt([3, 3, 3, 2, 2, 2], 6)).toBeCloseTo(8.74, 3);
    expect(ndcgAt([1, 2, 3, 4, 5, 6], grades, 6)).toBeCloseTo(0.785, 3);
  });

  test('of those returned alone at best 7.141: 0.961', () => {
    const grades = new Map(gains.map((gain, i) => [i + 1, gain]));
    expect(ndcgAt([1, 2, 3, 4, 5, 6], grades, 6)).toBeCloseTo(0.961, 3);
  });
});

test('MRR, by the example of Wikipedia\'s "Mean reciprocal rank": cats, tori, viruses at ranks 3, 2, 1', () => {
  const queries = [
    [['catten', 'cati', 'cats'], 'cats'],
    [['torii', 'tori', 'toruses'], 'tori'],
    [['viruses', 'virii', 'viri'], 'viruses'],
  ] as const;
  const ranks = queries.map(([found, right]) => reciprocalRank(found, new Set<string>([right])));
  expect(average(ranks)).toBeCloseTo(11 / 18, 12);
});

test('precision and recall, by the tables of Manning, Raghavan and Schütze: what is counted is relevant', () => {
  const relevant = new Set(['a', 'c', 'x']);
  const found = ['a', 'b', 'c', 'd'];
  expect(recallAt(found, relevant, 1)).toBeCloseTo(1 / 3);
  expect(recallAt(found, relevant, 4)).toBeCloseTo(2 / 3);
  expect(precisionAt(found, relevant, 4)).toBe(0.5);
  expect(precisionAt(found, relevant, 8)).toBe(0.25);
});

test('nothing relevant, nothing found', () => {
  expect(recallAt([1], new Set<number>(), 10)).toBe(0);
  expect(reciprocalRank([1, 2], new Set([3]))).toBe(0);
  expect(ndcgAt([1], new Map(), 10)).toBe(0);
  expect(ndcgAt([], new Map([[1, 1]]), 10)).toBe(0);
  expect(average([])).toBe(0);
});

test('what comes twice gains once', () => {
  expect(
    ndcgAt(
      [1, 1, 1],
      new Map([
        [1, 2],
        [2, 2],
      ]),
      10,
    ),
  ).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
  expect(recallAt([1, 1], new Set([1, 2]), 2)).toBe(0.5);
});

test('nDCG lies between 0 and 1, and is 1 for the best order', () => {
  const graded = fc.uniqueArray(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 3 })), {
    minLength: 1,
    selector: ([id]) => id,
  });
  fc.assert(
    fc.property(graded, fc.uniqueArray(fc.nat(50)), (grades, found) => {
      const value = ndcgAt(found, new Map(grades), 10);
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
      const best = [...grades].sort((a, b) => b[1] - a[1]).map(([id]) => id);
      expect(ndcgAt(best, new Map(grades), 10)).toBeCloseTo(1, 12);
    }),
  );
});

describe('the bootstrap', () => {
  test("of many values comes near to the normal distribution's interval", () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 400 }, random);
    const { mean, low, high } = bootstrap(values, seededRandom(4));
    expect(mean).toBeCloseTo(average(values), 12);
    const error = Math.sqrt(average(values.map((value) => (value - mean) ** 2)) / values.length);
    expect(low).toBeCloseTo(mean - 1.96 * error, 2);
    expect(high).toBeCloseTo(mean + 1.96 * error, 2);
  });

  test('of one value, or of none, is that', () => {
    expect(bootstrap([0.5], seededRandom(1))).toEqual({ mean: 0.5, low: 0.5, high: 0.5 });
    expect(bootstrap([], seededRandom(1))).toEqual({ mean: 0, low: 0, high: 0 });
  });
});
