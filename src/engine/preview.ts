// Parts of a tensor for the screen: the corner that is sent in place of a big one, and any other stretch of it.

import { Fault } from '../shared/errors.ts';
import type { TensorSlice } from '../shared/trace.ts';
import { type Shape, showShape, sizeOf, stridesOf } from './shape.ts';

/**
 * The first corner of a tensor with at most `limit` elements. The last two axes, which are what is drawn, get most:
 * outer axes are cut to 1, and the longer of the two is cut first.
 *
 * Example: of (8, 1000, 1000) with a limit of 10,000 it is (1, 100, 100).
 */
export function previewOf(shape: Shape, limit: number): TensorSlice {
  const size = [...shape];
  const drawn = Math.max(0, size.length - 2);
  for (let axis = 0; axis < drawn && sizeOf(size) > limit; axis++) {
    size[axis] = Math.max(1, Math.floor(limit / sizeOf(size.toSpliced(axis, 1))));
  }
  if (sizeOf(size) > limit) {
    const [rows, columns] = size.length < 2 ? [1, size[0]] : size.slice(-2);
    const side = Math.floor(Math.sqrt(limit));
    const fewRows = rows <= side ? rows : Math.max(side, Math.floor(limit / Math.min(columns, limit)));
    const fewColumns = Math.min(columns, Math.floor(limit / fewRows));
    size.splice(-2, 2, ...(size.length < 2 ? [fewColumns] : [fewRows, fewColumns]));
  }
  return { start: shape.map(() => 0), step: shape.map(() => 1), shape: size };
}

/**
 * The elements of a slice, in row-major order, of a dense tensor's numbers.
 *
 * @throws Fault `bad-input` when the slice is not within the shape.
 */
export function sliced<T extends Float32Array | Int32Array>(numbers: T, shape: Shape, slice: TensorSlice): T {
  const last = (axis: number): number => slice.start[axis] + (slice.shape[axis] - 1) * slice.step[axis];
  const fits = [slice.start, slice.step, slice.shape].every(({ length }) => length === shape.length);
  if (!fits || shape.some((length, axis) => slice.shape[axis] > 0 && last(axis) >= length)) {
    throw new Fault(
      'bad-input',
      `slice: ${showShape(slice.shape)} from ${showShape(slice.start)} is not within ${showShape(shape)}.`,
      {
        remedy: 'Give a start, a step and a size for each axis, within its size.',
      },
    );
  }
  const strides = stridesOf(shape);
  const out = numbers.slice(0, sizeOf(slice.shape)) as T;
  let next = 0;
  const walk = (axis: number, place: number): void => {
    if (axis === shape.length) {
      out[next++] = numbers[place];
      return;
    }
    for (let i = 0; i < slice.shape[axis]; i++) {
      walk(axis + 1, place + (slice.start[axis] + i * slice.step[axis]) * strides[axis]);
    }
  };
  walk(0, 0);
  return out;
}
