// Learning-rate schedules against those of transformers.

import { expect, test } from 'vitest';
import { constant, cosine, linear } from '../../../src/model/schedules.ts';
import { fixture } from './fixtures.ts';

const file = fixture('optimisers.safetensors');

// Those of transformers begin at a rate of 0, a step earlier.
test.each([
  ['cosine', cosine],
  ['linear', linear],
] as const)('%s as transformers', (name, schedule) => {
  const rateOf = schedule({ highest: 1, warmup: 9, steps: 49 });
  const shares = file.tensor(`schedule/${name}`).data;
  expect(shares).toHaveLength(51);
  shares.subarray(1).forEach((share, step) => {
    expect(rateOf(step), `step ${step}`).toBeCloseTo(share, 6);
  });
  expect(rateOf(1000)).toBe(0);
});

test("nanoGPT's: up to the highest, down to the lowest, and no further", () => {
  const rateOf = cosine({ highest: 1e-3, lowest: 1e-4, warmup: 100, steps: 2000 });
  expect(rateOf(0)).toBeCloseTo(1e-3 / 101, 12);
  expect(rateOf(100)).toBe(1e-3);
  expect(rateOf(1050)).toBeCloseTo(5.5e-4, 12);
  expect(rateOf(2000)).toBe(1e-4);
  expect(rateOf(5000)).toBe(1e-4);
});

test('without warm-up the first step has the highest rate', () => {
  expect(linear({ highest: 2, lowest: 1, steps: 10 })(0)).toBe(2);
  expect(linear({ highest: 2, lowest: 1, steps: 10 })(5)).toBe(1.5);
  expect(constant(0.3)(99)).toBe(0.3);
});
