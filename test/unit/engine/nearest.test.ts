// The scan over int8 rows: the compiled kernels against plain loops, to the last bit, and the plain loops against sorting.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compiledKernels } from '../../../src/build/kernels.ts';
import {
  BLOCK_ROWS,
  type Kept,
  MOST_KEPT,
  type NearestKernels,
  type RowTable,
} from '../../../src/engine/kernels/nearest.ts';
import { integerDot, referenceNearest } from '../../../src/engine/kernels/reference/nearest.ts';
import { bestNearest, wasmNearest } from '../../../src/engine/kernels/wasmNearest.ts';
import { type Random, seededRandom } from '../../../src/shared/environment.ts';
import { modules, variants } from './kernelModules.ts';

const BUDGET = 64 * 1024 * 1024;

function integers(count: number, most: number, random: Random): number[] {
  return Array.from({ length: count }, () => Math.round((2 * random() - 1) * most));
}

/** A table of rows with few different scales and values, so that many scores are equal. */
function filled(kernels: NearestKernels, dimensions: number, count: number, most: number, seed: number): RowTable {
  const random = seededRandom(seed);
  const table = kernels.table(dimensions, BUDGET);
  for (let place = 0; place < count; place++) {
    if (place % BLOCK_ROWS === 0) {
      table.addBlock();
    }
    const { rows, scales, keys, accepted } = table.block(Math.floor(place / BLOCK_ROWS));
    const row = place % BLOCK_ROWS;
    rows.set(integers(dimensions, most, random), row * table.stride);
    scales[row] = [0, 0.5, 1][Math.floor(random() * 3)];
    keys[row] = (place * 7919) % 100_003;
    if (random() < 0.3) {
      accepted[row >> 3] |= 1 << (row & 7);
    }
  }
  return table;
}

const cases = fc.record({
  dimensions: fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(256, 384, 1024)),
  count: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(1023, 1024, 1025, 1026, 1027, 2049)),
  most: fc.constantFrom(1, 127),
  seed: fc.nat(1000),
  keep: fc.oneof(fc.integer({ min: 0, max: 20 }), fc.constantFrom(500, MOST_KEPT)),
  filtered: fc.boolean(),
});

function scanned(
  kernels: NearestKernels,
  { dimensions, count, most, seed, keep, filtered }: typeof cases extends fc.Arbitrary<infer T> ? T : never,
): Kept {
  const table = filled(kernels, dimensions, count, most, seed);
  const query = new Int16Array(table.stride);
  query.set(
    integers(dimensions, Math.floor(2 ** 31 / 127 / table.stride / 2), seededRandom(seed + 1)).map((x) =>
      Math.max(-32767, Math.min(32767, x)),
    ),
  );
  return table.scan(query, count, keep, filtered);
}

test.each(variants)('%s keeps the same rows with the same scores as plain loops', (variant) => {
  const kernels = wasmNearest(modules[variant]);
  fc.assert(
    fc.property(cases, (one) => {
      expect(scanned(kernels, one)).toEqual(scanned(referenceNearest, one));
    }),
    { numRuns: 60 },
  );
});

test('plain loops keep the best of all, by score and then by key', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const table = filled(referenceNearest, one.dimensions, one.count, one.most, one.seed);
      const query = new Int16Array(table.stride).fill(3);
      const all = Array.from({ length: one.count }, (_, place) => {
        const { rows, scales, keys, accepted } = table.block(Math.floor(place / BLOCK_ROWS));
        const row = place % BLOCK_ROWS;
        const numbers = rows.subarray(row * table.stride, (row + 1) * table.stride);
        const score = numbers.reduce((sum, x) => sum + 3 * x, 0) * scales[row];
        return { key: keys[row], score, taken: !one.filtered || (accepted[row >> 3] >> (row & 7)) % 2 === 1 };
      });
      const due = all
        .filter(({ taken }) => taken)
        .sort((a, b) => b.score - a.score || a.key - b.key)
        .slice(0, one.keep);
      const { keys, scores } = table.scan(query, one.count, one.keep, one.filtered);
      expect(keys).toEqual(due.map(({ key }) => key));
      expect(scores.map((score) => score + 0)).toEqual(due.map(({ score }) => score + 0));
    }),
    { numRuns: 60 },
  );
});

describe('at the edges of 32 bits', () => {
  test.each(variants)('%s adds up the largest products exactly', (variant) => {
    const stride = 512;
    const query = new Int16Array(stride).fill(32767);
    for (const kernels of [wasmNearest(modules[variant]), referenceNearest]) {
      const table = kernels.table(stride, BUDGET);
      table.addBlock();
      const { rows, scales } = table.block(0);
      rows.fill(127, 0, stride);
      rows.fill(-127, stride, 2 * stride);
      scales.fill(1);
      const exact = 127 * 32767 * stride;
      expect(exact).toBeLessThan(2 ** 31);
      expect(table.scan(query, 2, 2, false).scores).toEqual([Math.fround(exact), Math.fround(-exact)]);
      expect(integerDot(rows, 0, query)).toBe(exact);
    }
  });
});

test('where a machine has SIMD it is used', async () => {
  expect((await bestNearest(compiledKernels)).name).toMatch(/^wasm-(simd|relaxed)$/);
});
