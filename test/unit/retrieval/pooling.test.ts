// Pooling and lengths against plain sums; the regression against what must hold at its answer.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { meanPooled, product, toUnit, unitRows } from '../../../src/retrieval/pooling.ts';
import { LinearMapFit } from '../../../src/retrieval/ridge.ts';
import { countedShare, inverseFrequency, tokenWeights, zipfShare } from '../../../src/retrieval/tokenWeights.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from '../engine/faultOf.ts';

const engine = engineOn(backends[0]!);

test('the mean over tokens, and the first', () => {
  const states = engine.tensor([
    [
      [1, 2],
      [3, 6],
    ],
    [
      [0, 4],
      [0, 0],
    ],
  ]);
  expect(meanPooled(states).toNested()).toEqual([
    [2, 4],
    [0, 2],
  ]);
});

test('rows to length 1; zeros stay zeros', () => {
  const rows = unitRows(
    engine.tensor([
      [3, 4],
      [0, 0],
    ]),
  ).toFlat();
  expect(rows[0]).toBeCloseTo(0.6, 6);
  expect(rows[1]).toBeCloseTo(0.8, 6);
  expect([rows[2], rows[3]]).toEqual([0, 0]);
});

test('any vector comes to length 1 in its direction', () => {
  const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(numbers, (values) => {
      const vector = toUnit(Float32Array.from(values));
      const length = Math.hypot(...values);
      expect(Math.sqrt(product(vector, vector))).toBeCloseTo(length === 0 ? 0 : 1, 5);
      values.forEach((value, i) => {
        expect(vector[i]! * length).toBeCloseTo(value, 2);
      });
    }),
  );
});

test('the regression finds the matrix that made the pairs', () => {
  const random = seededRandom(8);
  const draw = () => random() * 2 - 1;
  const wanted = Array.from({ length: 9 }, draw);
  const fit = new LinearMapFit(3);
  for (let i = 0; i < 50; i++) {
    const x = Float32Array.from({ length: 3 }, draw);
    const y = Float32Array.from(
      { length: 3 },
      (_, j) => x[0]! * wanted[j]! + x[1]! * wanted[3 + j]! + x[2]! * wanted[6 + j]!,
    );
    fit.add(x, y);
  }
  [...fit.solve(1e-9)].forEach((value, i) => {
    expect(value).toBeCloseTo(wanted[i]!, 5);
  });
  [...fit.solve(1e9)].forEach((value, i) => {
    expect(value).toBeCloseTo(i % 4 === 0 ? 1 : 0, 5);
  });
  expect(faultOf(() => fit.solve(0)).code).toBe('bad-input');
});

test('at the answer no small change makes the sum of squares less', () => {
  const random = seededRandom(9);
  const draw = () => random() * 2 - 1;
  const pairs = Array.from(
    { length: 20 },
    () => [Float32Array.from({ length: 3 }, draw), Float32Array.from({ length: 3 }, draw)] as const,
  );
  const cost = (w: ArrayLike<number>) => {
    const far = pairs.map(([x, y]) =>
      [0, 1, 2].reduce((sum, j) => sum + (x[0]! * w[j]! + x[1]! * w[3 + j]! + x[2]! * w[6 + j]! - y[j]!) ** 2, 0),
    );
    const away = Array.from(w).reduce((sum, value, i) => sum + (value - (i % 4 === 0 ? 1 : 0)) ** 2, 0);
    return far.reduce((a, b) => a + b, 0) + 2 * away;
  };
  const fit = new LinearMapFit(3);
  for (const [x, y] of pairs) {
    fit.add(x, y);
  }
  const answer = fit.solve(2);
  const least = cost(answer);
  for (let i = 0; i < 9; i++) {
    for (const step of [0.01, -0.01]) {
      expect(cost(answer.with(i, answer[i]! + step))).toBeGreaterThan(least);
    }
  }
});

test('common tokens count less, and those without a rank nothing', () => {
  expect(inverseFrequency(1e-4, 1e-4)).toBe(0.5);
  expect(zipfShare(1, 1000)).toBeCloseTo(0.1448, 4); // 1 / ln 1000
  expect(countedShare(9, 90, 10)).toBe(0.1);
  const weights = tokenWeights({ counts: Float64Array.of(900, 90, 9, 0), ranks: Float64Array.of(1, 2, 3, 0) }, 1e-2);
  expect(weights[0]).toBeLessThan(weights[1]!);
  expect(weights[1]).toBeLessThan(weights[2]!);
  expect(weights[3]).toBe(0);
});
