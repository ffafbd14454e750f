// What lesson 27 reckons without measuring: comparisons of an inverted file, the error of rounding, gigabytes, filters.

import { expect } from 'vitest';
import { type Claims, grouped } from './lessonProse.ts';

export function arithmetic(claims: Claims): void {
  const [N, C] = [1_000_000, 384];
  const cost = (K: number, p: number) => K + (p * N) / K;
  claims.says(
    `For a million vectors that's ${grouped(Math.sqrt(N))} lists, and one probe costs about ${grouped(cost(1000, 1))} comparisons instead of ${grouped(N)}.`,
  );
  expect(cost(1000, 1)).toBeLessThan(Math.min(cost(900, 1), cost(1100, 1)));
  claims.says('Multiply by 127'); // the largest that a signed byte holds on both sides
  claims.says('$s / \\sqrt{12}$');
  // An even error of at most half a step has this spread.
  const errors = Array.from({ length: 100_001 }, (_, i) => i / 100_000 - 0.5);
  expect(Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)).toBeCloseTo(1 / Math.sqrt(12), 4);
  claims.says(`A million vectors of ${C} numbers are ${(N * C) / 1e6} million multiplications`);
  claims.says(
    `In 4-byte numbers that's ${((4 * N * C) / 1e9).toFixed(1)} GB to read, in bytes ${((N * C) / 1e9).toFixed(1)} GB.`,
  );
  claims.says('may leave 200 to scan');
  claims.says('An index with a recall of 100% finds the wrong boiler clause every time.');
  claims.says('An index with a recall of 90% answers your question.');
  claims.says('90% is a mean over many questions.');
  claims.says('Of 1,000,000 letters, 300 are from house 3.');
  claims.says('then scan the 300');
  claims.says('300 comparisons are nothing');
  expect((300 * 10_000) / N).toBe(3);
  claims.says('About 3 letters in 10,000 are from house 3.');
  claims.says('For 300 vectors the walk');
}
