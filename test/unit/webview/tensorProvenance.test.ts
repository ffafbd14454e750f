// How a cell was made: for every operation that is explained, the last step's value is the cell that a plain loop of the
// whole operation gives, and the written terms add up to the written result.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../../src/shared/environment.ts';
import type { Attributes } from '../../../src/shared/trace.ts';
import { write } from '../../../webview/elements/tensor/arithmetic.ts';
import { sizeOf, stridesOf } from '../../../webview/elements/tensor/grid.ts';
import type { Input, Origin, Term } from '../../../webview/elements/tensor/origin.ts';
import { explains, originOf } from '../../../webview/elements/tensor/provenance.ts';

interface Dense extends Input {
  readonly data: Float32Array;
}

function dense(shape: readonly number[], data: Float32Array): Dense {
  const strides = stridesOf(shape);
  return {
    shape,
    data,
    read: (index) => data[index.reduce((at, place, axis) => at + place * (strides[axis] as number), 0)],
  };
}

const randomDense = (shape: readonly number[], random: Random, scale = 1) =>
  dense(
    shape,
    Float32Array.from({ length: sizeOf(shape) }, () => (random() * 2 - 1) * scale),
  );

function* indices(shape: readonly number[]): Generator<number[]> {
  const [size, ...rest] = shape;
  if (size === undefined) {
    yield [];
    return;
  }
  for (let at = 0; at < size; at++) {
    for (const inner of indices(rest)) {
      yield [at, ...inner];
    }
  }
}

function origin(
  op: string,
  inputs: readonly Input[],
  shape: readonly number[],
  index: readonly number[],
  attributes: Attributes = {},
): Origin {
  const found = originOf({ op, inputs, shape, index, attributes, cell: 0 });
  expect(found).toBeTypeOf('object');
  return found as Origin;
}

/** The numbers of a sum as they are written, added up as a reader would. */
function addedUp(step: ReturnType<typeof write>[number]): number {
  const terms = step.terms.map(({ value }) => Number(value));
  return [...terms, Number(step.rest?.value ?? 0), Number(step.rounding ?? 0)].reduce((a, b) => a + b, 0);
}

function expectAddsUp(found: Origin, cell: number): void {
  const written = write(found.steps, cell);
  for (const step of written.filter(({ kind }) => kind === 'sum')) {
    const places = step.result.split('.')[1]?.length ?? 0;
    expect(Number(addedUp(step).toFixed(places))).toBe(Number(step.result));
  }
  const last = written.at(-1);
  expect(Math.abs(Number(last?.result) - cell)).toBeLessThanOrEqual(1e-4 * Math.max(1e-2, Math.abs(cell)) + 1e-4);
}

const last = (found: Origin) => found.steps.at(-1)?.value as number;
const sizes = fc.integer({ min: 1, max: 5 });

describe('matmul', () => {
  it('is a row times a column, batch axes broadcast, in either orientation', () => {
    fc.assert(
      fc.property(
        fc.record({
          m: sizes,
          k: fc.integer({ min: 1, max: 70 }),
          n: sizes,
          batchA: fc.constantFrom([], [1], [3], [2, 1]),
          batchB: fc.constantFrom([], [3], [1], [1, 3]),
          transposeA: fc.boolean(),
          transposeB: fc.boolean(),
          seed: fc.integer(),
        }),
        ({ m, k, n, batchA, batchB, transposeA, transposeB, seed }) => {
          const random = seededRandom(seed);
          const a = randomDense([...batchA, ...(transposeA ? [k, m] : [m, k])], random);
          const b = randomDense([...batchB, ...(transposeB ? [n, k] : [k, n])], random);
          const rank = Math.max(batchA.length, batchB.length);
          const padded = (batch: readonly number[]) => [...new Array<number>(rank - batch.length).fill(1), ...batch];
          const [left, right] = [padded(batchA), padded(batchB)];
          const batch = left.map((size, axis) => Math.max(size, right[axis] as number));
          const shape = [...batch, m, n];
          for (const index of indices(shape)) {
            const outer = (own: readonly number[]) =>
              own.map((size, axis) => (size === 1 ? 0 : (index[axis + rank - own.length] as number)));
            const [i, j] = index.slice(-2) as [number, number];
            let expected = 0;
            for (let c = 0; c < k; c++) {
              const x = a.read([...outer(batchA), ...(transposeA ? [c, i] : [i, c])]) as number;
              const y = b.read([...outer(batchB), ...(transposeB ? [j, c] : [c, j])]) as number;
              expected += x * y;
            }
            const found = origin('matmul', [a, b], shape, index, { transposeA, transposeB });
            expect(last(found)).toBeCloseTo(expected, 10);
            expectAddsUp(found, Math.fround(expected));
            expect(found.sources.map(({ cells }) => sizeOf(cells.shape))).toEqual([k, k]);
            for (const { input, cells } of found.sources) {
              const within = [a, b][input] as Dense;
              expect(
                cells.start.every(
                  (start, axis) => start + (cells.shape[axis] as number) <= (within.shape[axis] as number),
                ),
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('takes vectors on either side', () => {
    const random = seededRandom(1);
    const [v, w, m] = [randomDense([4], random), randomDense([4], random), randomDense([3, 4], random)];
    const dot = (get: (k: number) => number) => [0, 1, 2, 3].reduce((sum, k) => sum + get(k), 0);
    const at = (x: Input, ...index: number[]) => x.read(index) as number;
    expect(last(origin('matmul', [v, w], [], []))).toBeCloseTo(
      dot((k) => at(v, k) * at(w, k)),
      12,
    );
    expect(last(origin('matmul', [m, v], [3], [2]))).toBeCloseTo(
      dot((k) => at(m, 2, k) * at(v, k)),
      12,
    );
    const turned = randomDense([4, 3], random);
    expect(last(origin('matmul', [v, turned], [3], [1]))).toBeCloseTo(
      dot((k) => at(v, k) * at(turned, k, 1)),
      12,
    );
  });

  it('of no terms is zero', () => {
    const found = origin(
      'matmul',
      [randomDense([2, 0], seededRandom(1)), randomDense([0, 3], seededRandom(1))],
      [2, 3],
      [1, 1],
    );
    expect(write(found.steps, 0).at(-1)?.result).toBe('0');
  });
});

describe('element by element', () => {
  const signs = {
    add: (a: number, b: number) => a + b,
    sub: (a: number, b: number) => a - b,
    mul: (a: number, b: number) => a * b,
    div: (a: number, b: number) => a / b,
  };
  it.each(Object.entries(signs))('%s broadcasts as NumPy does', (op, of) => {
    const random = seededRandom(2);
    for (const [left, right, shape] of [
      [[2, 3], [3], [2, 3]],
      [
        [2, 1],
        [1, 4],
        [2, 4],
      ],
      [[], [2, 2], [2, 2]],
      [
        [4, 1, 2],
        [3, 1],
        [4, 3, 2],
      ],
    ] as const) {
      const [a, b] = [randomDense(left, random), randomDense(right, random)];
      for (const index of indices(shape)) {
        const pick = (input: Dense) =>
          input.read(
            input.shape.map((size, axis) =>
              size === 1 ? 0 : (index[axis + index.length - input.shape.length] as number),
            ),
          ) as number;
        const found = origin(op, [a, b], shape, index);
        expect(last(found)).toBe(of(pick(a), pick(b)));
        expect(found.sources).toHaveLength(2);
      }
    }
  });

  it.each([
    ['exp', Math.exp],
    ['relu', (x: number) => Math.max(0, x)],
    ['tanh', Math.tanh],
    ['neg', (x: number) => -x],
    ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
    ['silu', (x: number) => x / (1 + Math.exp(-x))],
  ] as const)('%s', (op, of) => {
    const x = randomDense([3], seededRandom(3));
    expect(last(origin(op, [x], [3], [1]))).toBeCloseTo(of(x.read([1]) as number), 12);
  });
});

describe('rows', () => {
  it('softmax of any axis', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 }), fc.boolean(), fc.integer(), (axis, negative, seed) => {
        const shape = [2, 3, 4];
        const x = randomDense(shape, seededRandom(seed), 20);
        for (const index of indices(shape)) {
          const row = Array.from({ length: shape[axis] as number }, (_, at) => x.read(index.with(axis, at)) as number);
          const expected = Math.exp(x.read(index) as number) / row.reduce((sum, value) => sum + Math.exp(value), 0);
          const found = origin('softmax', [x], shape, index, { axis: negative ? axis - 3 : axis });
          expect(last(found)).toBeCloseTo(expected, 10);
          expectAddsUp(found, Math.fround(expected));
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [undefined, []],
    [0, [3, 4]],
    [-1, [2, 3]],
    [[0, 2], [3]],
  ] as const)('sum and mean over %j', (axis, dropped) => {
    const shape = [2, 3, 4];
    const x = randomDense(shape, seededRandom(5));
    const axes = axis === undefined ? [0, 1, 2] : [axis].flat().map((one) => (one < 0 ? one + 3 : one));
    const attributes: Attributes = axis === undefined ? {} : { axis };
    for (const outShape of [dropped, shape.map((size, at) => (axes.includes(at) ? 1 : size))]) {
      for (const index of indices(outShape)) {
        const kept = [...(outShape.length === 3 ? index.filter((_, at) => !axes.includes(at)) : index)];
        const values = [...indices(shape)]
          .filter((at) => at.filter((_, one) => !axes.includes(one)).every((place, one) => place === kept[one]))
          .map((at) => x.read(at) as number);
        const total = values.reduce((a, b) => a + b, 0);
        const sum = origin('sum', [x], outShape, index, attributes);
        expect(last(sum)).toBeCloseTo(total, 10);
        expectAddsUp(sum, Math.fround(total));
        expect(sizeOf(sum.sources[0]?.cells.shape ?? [])).toBe(values.length);
        expect(last(origin('mean', [x], outShape, index, attributes))).toBeCloseTo(total / values.length, 10);
      }
    }
  });

  it('layer norm: mean 0 and variance 1 without weight, then scaled and shifted', () => {
    const shape = [3, 16];
    const [x, weight, bias] = [
      randomDense(shape, seededRandom(6), 3),
      randomDense([16], seededRandom(7)),
      randomDense([16], seededRandom(8)),
    ];
    const plain = Array.from({ length: 16 }, (_, c) => last(origin('layerNorm', [x], shape, [1, c], { epsilon: 0 })));
    const mean = plain.reduce((a, b) => a + b, 0) / 16;
    expect(mean).toBeCloseTo(0, 10);
    expect(plain.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 16).toBeCloseTo(1, 10);
    for (const c of [0, 7, 15]) {
      const found = origin('layerNorm', [x, weight, bias], shape, [1, c], { epsilon: 0 });
      const expected = (plain[c] as number) * (weight.read([c]) as number) + (bias.read([c]) as number);
      expect(last(found)).toBeCloseTo(expected, 10);
      expectAddsUp(found, Math.fround(expected));
      expect(found.sources.map(({ input }) => input)).toEqual([0, 1, 2]);
    }
  });
});

describe('cells that only move', () => {
  it('transpose, and any permutation', () => {
    const x = randomDense([2, 3, 4], seededRandom(9));
    for (const [attributes, order] of [
      [{}, [0, 2, 1]],
      [{ axes: [0, 1] }, [1, 0, 2]],
      [{ permutation: [2, 0, 1] }, [2, 0, 1]],
    ] as const) {
      const shape = order.map((axis) => x.shape[axis] as number);
      for (const index of indices(shape)) {
        const from = [0, 0, 0];
        order.forEach((axis, at) => {
          from[axis] = index[at] as number;
        });
        const found = origin('transpose', [x], shape, index, attributes);
        expect(last(found)).toBe(x.read(from));
        expect(found.sources[0]?.cells.start).toEqual(from);
      }
    }
  });

  it('embedding: the row that the id names', () => {
    const table = randomDense([10, 4], seededRandom(10));
    const ids = dense([2, 3], Float32Array.of(3, 9, 0, 1, 1, 7));
    const found = origin('embedding', [table, ids], [2, 3, 4], [0, 1, 2]);
    expect(last(found)).toBe(table.read([9, 2]));
    expect(found.sources).toEqual([
      { input: 0, cells: { start: [9, 2], step: [1, 1], shape: [1, 1] } },
      { input: 1, cells: { start: [0, 1], step: [1, 1], shape: [1, 1] } },
    ]);
  });
});

describe('what can not be said', () => {
  it('is not said of operations that are not known, whatever they are called', () => {
    for (const op of ['conv', 'toString', '__proto__', 'constructor', '']) {
      expect(explains(op)).toBe(false);
      expect(originOf({ op, inputs: [], shape: [1], index: [0], attributes: {}, cell: 0 })).toBeUndefined();
    }
  });

  it('is told apart from what is only here in part', () => {
    const hole: Input = { shape: [2, 2], read: ([row]) => (row === 0 ? 1 : undefined) };
    const question = { op: 'matmul', inputs: [hole, hole], shape: [2, 2], index: [0, 0], attributes: {}, cell: 0 };
    expect(originOf(question)).toBe('partial');
  });
});

describe('the arithmetic as it is written', () => {
  it('adds up for any terms, in any order of size, with 32-bit rounding told', () => {
    const number = fc
      .tuple(fc.float({ min: -1, max: 1, noNaN: true }), fc.integer({ min: -6, max: 6 }))
      .map(([x, e]) => Math.fround(x * 10 ** e));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 400 }), (values) => {
        const terms = values.map((value): Term => ({ value, parts: [value] }));
        const value = values.reduce((a, b) => a + b, 0);
        const cell = values.reduce((a, b) => Math.fround(a + b), 0);
        const [step] = write([{ kind: 'sum', name: 'cell', terms, value }], cell);
        const places = step?.result.split('.')[1]?.length ?? 0;
        expect(Number(addedUp(step as NonNullable<typeof step>).toFixed(places))).toBe(Number(step?.result));
        // Rounding is told where there was any, and nowhere else.
        const told = write([{ kind: 'sum', name: 'cell', terms, value }], value)[0]?.rounding;
        expect(Number(told ?? 0)).toBe(0);
        if (Math.abs(cell - value) < 1e-12 * Math.abs(value)) {
          expect(step?.rounding).toBeUndefined();
        }
        expect((step?.terms.length ?? 0) + (step?.rest?.count ?? 0)).toBe(values.length);
      }),
    );
  });

  it('says NaN and infinities as they are', () => {
    const terms = [Number.NaN, 1].map((value): Term => ({ value, parts: [value] }));
    expect(write([{ kind: 'sum', name: 'cell', terms, value: Number.NaN }], Number.NaN)[0]?.result).toBe('NaN');
  });
});
