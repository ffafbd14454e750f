// A tensor's numbers as texts: in cells, in copies, in the readout; and as they come out of the trace's buffer.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TensorValue } from '../../../src/shared/trace.ts';
import { copyText } from '../../../webview/elements/tensor/copyText.ts';
import { stridesOf } from '../../../webview/elements/tensor/grid.ts';
import { heldOf, heldOfSlice } from '../../../webview/elements/tensor/held.ts';
import { cellWriter, exact, placesNeeded, short } from '../../../webview/elements/tensor/numberText.ts';
import { axisNames, placeText, shapeText } from '../../../webview/elements/tensor/shapeText.ts';

const reader = (shape: readonly number[], data: readonly number[]) => {
  const strides = stridesOf(shape);
  return (index: readonly number[]) =>
    data[index.reduce((at, place, axis) => at + place * (strides[axis] as number), 0)] as number;
};

describe('numbers', () => {
  it('in full give back the very same 32-bit number, with no digit to spare', () => {
    fc.assert(
      fc.property(fc.float(), (value) => {
        const text = exact(value, 'f32');
        if (Number.isFinite(value)) {
          expect(Math.fround(Number(text))).toBe(value);
        }
      }),
    );
    expect([0.1, 1 / 3, -0, 16777216, Number.NaN, -Infinity].map((value) => exact(Math.fround(value), 'f32'))).toEqual([
      '0.1',
      '0.33333334',
      '-0',
      '16777216',
      'NaN',
      '-inf',
    ]);
  });

  it('in full have no digit that 32 bits don’t hold, however large', () => {
    expect([3e38, 1e10, 2 ** 24, -(2 ** 31)].map((value) => exact(Math.fround(value), 'f32'))).toEqual([
      '3e+38',
      '10000000000',
      '16777216',
      '-2147483600',
    ]);
    expect(exact(-(2 ** 31), 'i32')).toBe('-2147483648');
  });

  it('are short', () => {
    expect([0, 0.12345, -12345.678, 1.5e-9, 123456, Infinity].map((value) => short(value))).toEqual([
      '0',
      '0.1235',
      '-12350',
      '1.5e-9',
      '123456',
      'inf',
    ]);
  });

  it('in cells all have the same places, and never more room than there is', () => {
    const write = cellWriter({ low: -1.2, high: 1.2 }, 'f32', 5);
    expect([0.5, -0.25, 0.0012, -0.0012, 1].map(write)).toEqual(['0.50', '-0.25', '0.00', '0.00', '1.00']);
    expect([3, -1].map(cellWriter({ low: -9, high: 9 }, 'i32', 4))).toEqual(['3', '-1']);
    expect([2e-5, -3e-6].map(cellWriter({ low: -1e-4, high: 1e-4 }, 'f32', 6))).toEqual(['2e-5', '-3e-6']);
    expect([0.2, -0.2, 1].map(cellWriter({ low: -1.2, high: 1.2 }, 'f32', 3))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([0.2, -0.2, 1].map(cellWriter({ low: -1.2, high: 1.2 }, 'f32', 3))).toEqual(new Array(3).fill(undefined));
    expect([312.4, -99.6].map(cellWriter({ low: -400, high: 400 }, 'f32', 4))).toEqual(['312', '-100']);
    expect([0.0137, -0.02, 0].map(cellWriter({ low: -0.0225, high: 0.0225 }, 'f32', 5))).toEqual([
      '.014',
      '-.020',
      '.000',
    ]);
    expect([2e-5, -3e-6].map(cellWriter({ low: -1e-4, high: 1e-4 }, 'f32', 5))).toEqual([undefined, undefined]);
    expect([1, 40].map(cellWriter({ low: 1, high: 40 }, 'f32', 6, 0))).toEqual(['1', '40']);
    expect([0.6, -0.9].map((x) => cellWriter({ low: -0.9, high: 0.9 }, 'f32', 6, 1)(Math.fround(x)))).toEqual([
      '0.6',
      '-0.9',
    ]);
    fc.assert(
      fc.property(
        fc.float(),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.integer({ min: 3, max: 9 }),
        (value, bound, room) => {
          const most = Math.abs(bound);
          expect(cellWriter({ low: -most, high: most }, 'f32', room)(value)?.length ?? 0).toBeLessThanOrEqual(room);
        },
      ),
    );
  });
});

describe('the places that numbers need', () => {
  it.each([
    [[1, -3, 0, Number.NaN, Infinity], 0],
    [[0.5, 2], 1],
    [[0.1, 0.25], 2],
    [[1 / 3], 4],
    [[2e-7, 1], 4],
    [[], 0],
  ])('%j: %d', (numbers, places) => {
    expect(placesNeeded(Float32Array.from(numbers))).toBe(places);
  });
});

describe('a copy', () => {
  const shape = [2, 1, 3];
  const data = [1, -0.5, Math.fround(0.1), Number.NaN, Infinity, -Infinity];

  it('as JSON is JSON, infinities and all', () => {
    const text = copyText('json', shape, 'f32', reader(shape, data));
    expect(JSON.parse(text)).toEqual([[[1, -0.5, 0.1]], [[null, Infinity, -Infinity]]]);
    expect(copyText('json', [], 'i32', () => 7)).toBe('7');
    expect(copyText('json', [0, 3], 'f32', () => 0)).toBe('[]');
  });

  it('as NumPy is an expression of the same shape and type', () => {
    expect(copyText('numpy', shape, 'f32', reader(shape, data))).toBe(
      'np.array([[[1, -0.5, 0.1]], [[np.nan, np.inf, -np.inf]]], dtype=np.float32)',
    );
    expect(copyText('numpy', [2], 'i32', reader([2], [3, 4]))).toBe('np.array([3, 4], dtype=np.int32)');
    expect(copyText('numpy', [0, 3], 'f32', () => 0)).toBe('np.array([], dtype=np.float32).reshape(0, 3)');
  });

  it('as CSV has a line a row, and further matrices below', () => {
    expect(copyText('csv', [2, 2], 'f32', reader([2, 2], [1, 2, 3, 4]))).toBe('1,2\n3,4\n');
    expect(copyText('csv', [3], 'f32', reader([3], [1, 2, 3]))).toBe('1,2,3\n');
    expect(copyText('csv', [], 'f32', () => 5)).toBe('5\n');
    expect(copyText('csv', [2, 1, 2], 'i32', reader([2, 1, 2], [1, 2, 3, 4]))).toBe('1,2\n\n3,4\n');
  });
});

describe('shapes and places', () => {
  const words = { row: 'row', column: 'column', axis: 'axis' };

  it('are named as people name them', () => {
    expect([[], [3], [2, 3]].map(shapeText)).toEqual(['()', '(3,)', '(2, 3)']);
    expect(axisNames(4, ['B', ''], words)).toEqual(['B', 'axis 1', 'row', 'column']);
    expect(placeText([3, 5], axisNames(2, undefined, words), {})).toBe('row 3, column 5');
    expect(placeText([7, 3, 5], axisNames(3, undefined, words), {})).toBe('axis 0: 7, row 3, column 5');
    expect(placeText([1], ['T'], { 0: ['', 'שלום'] })).toBe('T 1 “\u2068שלום\u2069”');
    expect(placeText([0, 1], ['T', 'C'], { 0: ['the'] })).toBe('T 0 “the”, C 1');
  });
});

describe('numbers out of the trace', () => {
  const statistics = { min: 0, max: 0, mean: 0, std: 0, nan: 0, inf: 0, histogram: { from: 0, to: 0, counts: [] } };
  const value = (more: Partial<TensorValue>): TensorValue => ({
    kind: 'tensor',
    dtype: 'f32',
    shape: [2, 2],
    statistics,
    ...more,
  });
  const buffer = Float32Array.of(9, 1, 2, 3, 4).buffer;

  it('are read where they stand, without a copy', () => {
    const held = heldOf(value({ bytes: { offset: 4, length: 16 } }), buffer);
    expect([...(held?.data ?? [])]).toEqual([1, 2, 3, 4]);
    expect(held?.data.buffer).toBe(buffer);
    expect(heldOf(value({}), buffer)).toBeUndefined();
    expect(heldOf(value({ shape: [0, 2] }), undefined)?.data).toHaveLength(0);
  });

  it.each([
    ['no buffer', { offset: 0, length: 16 }, undefined],
    ['a buffer that is too short', { offset: 8, length: 16 }, buffer],
    ['a length that is not the shape’s', { offset: 0, length: 12 }, buffer],
    ['a place between two numbers', { offset: 2, length: 16 }, buffer],
  ])('are refused from %s', (_, bytes, from) => {
    expect(() => heldOf(value({ bytes }), from)).toThrow(/not in the trace/);
  });

  it('of another slice than was asked for are refused', () => {
    const asked = { start: [0, 0], step: [1, 1], shape: [1, 2] };
    expect(heldOfSlice(asked, { dtype: 'i32', shape: [1, 2], bytes: new ArrayBuffer(8) }).slice).toBe(asked);
    expect(() => heldOfSlice(asked, { dtype: 'f32', shape: [2, 1], bytes: new ArrayBuffer(8) })).toThrow(/asked for/);
    expect(() => heldOfSlice(asked, { dtype: 'f32', shape: [1, 2], bytes: new ArrayBuffer(4) })).toThrow();
  });
});
