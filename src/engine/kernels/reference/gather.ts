// Picking elements by index, and its reverse: adding them back to where they came from.

import type { View } from '../kernels.ts';
import { around, numbersOf, rowsOf } from '../views.ts';

export function gatherRows(table: View, ids: View, out: View): void {
  const { columns } = rowsOf(table.shape);
  const from = numbersOf(table);
  const to = numbersOf(out);
  numbersOf(ids).forEach((id, i) => {
    for (let c = 0; c < columns; c++) {
      to[i * columns + c] = from[id * columns + c];
    }
  });
}

export function scatterAddRows(rows: View, ids: View, out: View): void {
  const { columns } = rowsOf(out.shape);
  const from = numbersOf(rows);
  const to = numbersOf(out);
  numbersOf(ids).forEach((id, i) => {
    for (let c = 0; c < columns; c++) {
      to[id * columns + c] += from[i * columns + c];
    }
  });
}

export function gather(x: View, axis: number, ids: View, out: View): void {
  const from = numbersOf(x);
  const to = numbersOf(out);
  pickedPlaces(x, axis, ids).forEach((place, i) => {
    to[i] = from[place];
  });
}

export function scatterAdd(source: View, axis: number, ids: View, out: View): void {
  const from = numbersOf(source);
  const to = numbersOf(out);
  pickedPlaces(out, axis, ids).forEach((place, i) => {
    to[place] += from[i];
  });
}

/** For each id, in order, the place in dense `x` of the element with the same indices but the id along `axis`. */
function pickedPlaces(x: View, axis: number, ids: View): Int32Array {
  const picked = numbersOf(ids);
  const { length: lengthOfX } = around(x.shape, axis);
  const { length, inner } = around(ids.shape, axis);
  return Int32Array.from(picked, (id, i) => {
    const block = Math.floor(i / (length * inner));
    return (block * lengthOfX + id) * inner + (i % inner);
  });
}
