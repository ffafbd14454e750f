// Shape arithmetic, and what is said where shapes don't fit.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  axesOf,
  axisOf,
  broadcastShapes,
  broadcastStrides,
  isDense,
  sizeOf,
  stridesOf,
} from '../../../src/engine/shape.ts';
import { faultOf } from './faultOf.ts';

test('strides are those of NumPy for C order', () => {
  expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
  expect(stridesOf([])).toEqual([]);
  expect(stridesOf([5])).toEqual([1]);
  expect(sizeOf([])).toBe(1);
  expect(sizeOf([4, 0, 3])).toBe(0);
});

describe('broadcasting', () => {
  // The examples of NumPy's manual, "General broadcasting rules".
  test.each([
    [[256, 256, 3], [3], [256, 256, 3]],
    [
      [8, 1, 6, 1],
      [7, 1, 5],
      [8, 7, 6, 5],
    ],
    [[5, 4], [1], [5, 4]],
    [
      [15, 3, 5],
      [15, 1, 5],
      [15, 3, 5],
    ],
    [
      [15, 3, 5],
      [3, 1],
      [15, 3, 5],
    ],
    [
      [0, 3],
      [1, 3],
      [0, 3],
    ],
    [[1], [0], [0]],
    [[], [2, 0], [2, 0]],
  ])('%j and %j', (a, b, expected) => {
    expect(broadcastShapes('add', a, b)).toEqual(expected);
    expect(broadcastShapes('add', b, a)).toEqual(expected);
  });

  test.each([
    [[3], [4], "add: shapes (3,) and (4,) don't fit: axis -1 has 3 and 4."],
    [[2, 1], [8, 4, 3], "add: shapes (2, 1) and (8, 4, 3) don't fit: axis -2 has 2 and 4."],
    [[0, 2], [3, 2], "add: shapes (0, 2) and (3, 2) don't fit: axis -2 has 0 and 3."],
  ])('%j and %j are refused', (a, b, message) => {
    const fault = faultOf(() => broadcastShapes('add', a, b));
    expect(fault.code).toBe('bad-input');
    expect(fault.message).toBe(message);
    expect(fault.remedy).toMatch(/equal, or one of them 1/);
  });

  test('a broadcast view reads each element where the source has it', () => {
    const drawn = fc.array(fc.tuple(fc.integer({ min: 1, max: 4 }), fc.boolean()), { maxLength: 4 });
    fc.assert(
      fc.property(drawn, (axes) => {
        const target = axes.map(([length]) => length);
        const shape = axes.map(([length, repeated]) => (repeated ? 1 : length));
        const strides = broadcastStrides(shape, stridesOf(shape), target);
        strides.forEach((stride, axis) => {
          expect(stride === 0).toBe(shape[axis] === 1 && target[axis] !== 1);
        });
      }),
    );
  });
});

test('density ignores axes of size 1 and empty tensors', () => {
  expect(isDense([2, 3], [3, 1])).toBe(true);
  expect(isDense([2, 3], [1, 2])).toBe(false);
  expect(isDense([2, 1, 3], [3, 99, 1])).toBe(true);
  expect(isDense([0, 3], [7, 7])).toBe(true);
  expect(isDense([2, 3], [0, 1])).toBe(false);
});

test('axes count from either end, and others are refused by name', () => {
  expect(axisOf('sum', -1, [2, 3])).toBe(1);
  expect(axesOf('sum', [-1, 0], [2, 3])).toEqual([0, 1]);
  expect(faultOf(() => axisOf('sum', 2, [2, 3])).full).toBe('sum: shape (2, 3) has no axis 2. Axes go from -2 to 1.');
  expect(faultOf(() => axisOf('sum', 0, [])).full).toMatch(/no axis 0\. A single number has no axes/);
  expect(faultOf(() => axesOf('sum', [1, -1], [2, 3])).message).toMatch(/axis 1 .* named twice/);
});
