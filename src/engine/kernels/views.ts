// Reading views in plain loops: the numbers of a dense one, and the places of the elements of any.

import { sizeOf } from '../shape.ts';
import type { View } from './kernels.ts';

/** The elements of a dense view as one array, not copied. */
export function numbersOf(view: View): Float32Array | Int32Array {
  return view.storage.data.subarray(view.offset, view.offset + sizeOf(view.shape));
}

/**
 * Where each element stands in its storage, in row-major order.
 *
 * Example: a (2, 3) view with strides (1, 2), which is a transposed one, has the places 0, 2, 4, 1, 3, 5.
 */
export function placesOf({ shape, strides, offset }: View): Int32Array {
  let places = Int32Array.of(offset);
  shape.forEach((length, axis) => {
    const finer = new Int32Array(places.length * length);
    for (let i = 0; i < finer.length; i++) {
      finer[i] = places[Math.floor(i / length)] + (i % length) * strides[axis];
    }
    places = finer;
  });
  return places;
}

/**
 * A shape seen from one axis: `outer` blocks of `length` lines of `inner` elements.
 *
 * Example: axis 1 of (2, 3, 4) has outer 2, length 3, inner 4; element (i, j, k) is at `(i * 3 + j) * 4 + k`.
 */
export function around(shape: readonly number[], axis: number): { outer: number; length: number; inner: number } {
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis], inner: sizeOf(shape.slice(axis + 1)) };
}

/** How many rows a shape has, and how long they are: rows run along the last axis. */
export function rowsOf(shape: readonly number[]): { rows: number; columns: number } {
  return { rows: sizeOf(shape.slice(0, -1)), columns: shape[shape.length - 1] };
}

/** One row of a dense view, not copied. Example: row 1 of (2, 3) are the elements 3 to 5. */
export function rowOf(view: View, row: number): Float32Array | Int32Array {
  const { columns } = rowsOf(view.shape);
  return numbersOf(view).subarray(row * columns, (row + 1) * columns);
}
