// Exact nearest neighbours over int8 rows: against brute force in 64 bits, on all backends.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NearestKernels } from '../../../../src/engine/kernels/nearest.ts';
import { referenceNearest } from '../../../../src/engine/kernels/reference/nearest.ts';
import { wasmNearest } from '../../../../src/engine/kernels/wasmNearest.ts';
import { VectorIndex } from '../../../../src/retrieval/vectors/vectorIndex.ts';
import { seededRandom } from '../../../../src/shared/environment.ts';
import { Fault } from '../../../../src/shared/errors.ts';
import { modules } from '../../engine/kernelModules.ts';
import { bruteForce, clusteredRows, fallingRows, keyed, normal, randomRows, recall } from './samples.ts';

const backends: readonly NearestKernels[] = [referenceNearest, wasmNearest(modules.simd), wasmNearest(modules.relaxed)];
const fast = wasmNearest(modules.simd);

function indexOf(rows: ReadonlyMap<number, ArrayLike<number>>, kernels = fast): VectorIndex {
  const index = new VectorIndex([...rows.values()][0].length, kernels);
  for (const [key, row] of rows) {
    index.set(key, row);
  }
  return index;
}

/** Hands over rows, and counts what it was asked for. */
function rescorer(rows: ReadonlyMap<number, Float32Array>) {
  const asked: number[] = [];
  return {
    asked,
    rescore: (keys: readonly number[]) => {
      asked.push(...keys);
      return new Map(keys.flatMap((key) => (rows.has(key) ? [[key, rows.get(key)!]] : [])));
    },
  };
}

describe('recall at 10 against f32', () => {
  const samples = {
    random: randomRows(20_000, 384, 1),
    'tight clusters': clusteredRows(20_000, 384, 200, 0.05, 2),
    'clusters tighter than int8 tells apart': clusteredRows(5000, 256, 100, 0.004, 3),
    'falling spread': fallingRows(20_000, 256, 4),
  };
  test.each(Object.entries(samples))('%s', (_, sample) => {
    const rows = keyed(sample);
    const index = indexOf(rows);
    const random = seededRandom(5);
    // Half the queries are near a row, as questions are; half are rows themselves.
    const queries = Array.from({ length: 40 }, (_, i) => {
      const row = sample[Math.floor(random() * sample.length)];
      return i % 2 === 0 ? row : row.map((x) => x + (0.3 * normal(random)) / Math.sqrt(row.length));
    });
    const truth = queries.map((query) => bruteForce(rows, query, 10));
    const found = queries.map((query) => index.nearest(query, 10, { rescore: rescorer(rows).rescore }));
    expect(recall(truth, found)).toBeGreaterThanOrEqual(0.99);
    for (const [i, near] of found.entries()) {
      for (const [rank, { score }] of near.entries()) {
        expect(score).toBeCloseTo(truth[i][rank].score, 3);
      }
    }
  });

  test('is lost in tight clusters where nothing is scored anew: the samples ask for what they test', () => {
    const sample = samples['clusters tighter than int8 tells apart'];
    const rows = keyed(sample);
    const index = indexOf(rows);
    const queries = sample.filter((_, i) => i % 250 === 0);
    const truth = queries.map((query) => bruteForce(rows, query, 10));
    expect(
      recall(
        truth,
        queries.map((query) => index.nearest(query, 10)),
      ),
    ).toBeLessThan(0.95);
  });

  test('reads few rows anew where rows are far apart', () => {
    const rows = keyed(samples.random);
    const { asked, rescore } = rescorer(rows);
    indexOf(rows).nearest(samples.random[7], 10, { rescore });
    expect(asked.length).toBeLessThan(60);
  });
});

describe.each(backends.map((kernels) => [kernels.name, kernels] as const))('%s', (_, kernels) => {
  test('agrees with a plain map through any row of changes', () => {
    const vector = fc.array(fc.integer({ min: -127, max: 127 }), { minLength: 5, maxLength: 5 }).map((numbers) => {
      // 127 among them makes the scale 1: int8 then loses nothing, and the answer must be the same to the last bit.
      return Float32Array.of(127, ...numbers);
    });
    const key = fc.integer({ min: 0, max: 40 });
    const change = fc.oneof(
      { weight: 3, arbitrary: fc.record({ set: key, vector }) },
      { weight: 1, arbitrary: fc.record({ drop: key }) },
    );
    fc.assert(
      fc.property(
        fc.array(change, { maxLength: 80 }),
        vector,
        fc.integer({ min: 0, max: 50 }),
        (changes, query, limit) => {
          const index = new VectorIndex(6, kernels);
          const rows = new Map<number, Float32Array>();
          for (const one of changes) {
            if ('set' in one) {
              index.set(one.set, one.vector);
              rows.set(one.set, one.vector);
            } else {
              expect(index.delete(one.drop)).toBe(rows.delete(one.drop));
            }
          }
          expect(index.size).toBe(rows.size);
          expect([...index.keys()].sort()).toEqual([...rows.keys()].sort());
          const options = { rescore: rescorer(rows).rescore };
          expect(index.nearest(query, limit, options)).toEqual(bruteForce(rows, query, limit));
          const even = new Map([...rows].filter(([one]) => one % 2 === 0));
          const accept = (one: number) => one % 2 === 0;
          expect(index.nearest(query, limit, { accept, ...options })).toEqual(bruteForce(even, query, limit));
          expect(index.nearest(query, limit, { accept: new Set(even.keys()), ...options })).toEqual(
            bruteForce(even, query, limit),
          );
        },
      ),
    );
  });

  test('equal rows come by their keys, over several blocks, whatever the order they came in', () => {
    const row = randomRows(1, 40, 1)[0];
    const random = seededRandom(2);
    const keys = Array.from({ length: 3000 }, (_, i) => ({ key: i * 3 + 1, at: random() })).sort((a, b) => a.at - b.at);
    const rows = new Map(keys.map(({ key }) => [key, row]));
    const index = indexOf(rows, kernels);
    const found = index.nearest(row, 5, { rescore: rescorer(rows).rescore }).map(({ key }) => key);
    expect(found).toEqual([1, 4, 7, 10, 13]);
    expect(index.nearest(row, 5).map(({ key }) => key)).toEqual([1, 4, 7, 10, 13]);
  });

  test('rows and queries of zeros score 0, in their place between positive and negative', () => {
    const rows = new Map([
      [1, Float32Array.of(-1, 0)],
      [2, Float32Array.of(0, 0)],
      [3, Float32Array.of(1, 0)],
      [4, Float32Array.of(0, 0)],
    ]);
    const index = indexOf(rows, kernels);
    const { rescore } = rescorer(rows);
    const places = (query: Float32Array) => index.nearest(query, 4, { rescore }).map(({ key }) => key);
    expect(places(Float32Array.of(1, 0))).toEqual([3, 2, 4, 1]);
    expect(places(Float32Array.of(0, 0))).toEqual([1, 2, 3, 4]);
  });

  test('what is not to be had anew is left out', () => {
    const rows = keyed(randomRows(20, 8, 3));
    const index = indexOf(rows, kernels);
    const query = rows.get(4)!;
    rows.delete(4);
    expect(index.nearest(query, 3, { rescore: rescorer(rows).rescore })).toEqual(bruteForce(rows, query, 2));
  });

  test('the budget is checked before memory is taken, and the index goes on as it was', () => {
    const index = new VectorIndex(1000, kernels, 3 * 1024 * 1024);
    const sample = randomRows(1, 1000, 1)[0];
    const fill = () => {
      for (let key = index.size; key < 10_000; key++) {
        index.set(key, sample);
      }
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'too-large' }));
    expect(index.bytes).toBeLessThanOrEqual(3 * 1024 * 1024);
    expect(index.size % 1024).toBe(0);
    expect(index.size).toBeGreaterThan(1000);
    const { size } = index;
    index.set(0, sample);
    expect(index.size).toBe(size);
    expect(index.nearest(sample, 1)[0].key).toBe(0);
    index.clear();
    expect(index.nearest(sample, 1)).toEqual([]);
    index.set(5, sample);
    expect(index.nearest(sample, 3).map(({ key }) => key)).toEqual([5]);
  });
});

test('all backends keep the same rows with the same scores', () => {
  const sample = fallingRows(3001, 100, 8);
  const query = sample[17].map((x, i) => x + i / 1000);
  const [reference, ...others] = backends.map((kernels) => indexOf(keyed(sample), kernels).nearest(query, 300));
  expect(reference).toHaveLength(300);
  for (const other of others) {
    expect(other).toEqual(reference);
  }
});

test('rows of the smallest numbers that there are keep their direction', () => {
  const tiny = Float32Array.of(2e-43, -2e-43, 0);
  const index = indexOf(new Map([[1, tiny]]));
  expect(index.nearest([1, 0, 0], 1)[0].score).toBeGreaterThan(0);
});

test.each([
  ['another size', () => Float32Array.of(1, 2)],
  ['NaN', () => Float32Array.of(1, Number.NaN, 0)],
  ['infinity', () => Float32Array.of(1, Number.POSITIVE_INFINITY, 0)],
])('%s is refused, in rows and in queries', (_, make) => {
  const index = indexOf(new Map([[1, Float32Array.of(1, 0, 0)]]));
  expect(() => index.set(2, make())).toThrow(Fault);
  expect(() => index.nearest(make(), 1)).toThrow(Fault);
  expect(index.size).toBe(1);
});

test.each([0, -1, 1.5, 1_000_000])('an index of %d dimensions is refused', (dimensions) => {
  expect(() => new VectorIndex(dimensions)).toThrow(expect.objectContaining({ code: 'bad-input' }));
});
