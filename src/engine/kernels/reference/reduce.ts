// Many numbers to one: sums and extremes along an axis, and the largest of each row.

import type { View } from '../kernels.ts';
import { around, numbersOf, rowsOf } from '../views.ts';

export function sum(x: View, axis: number, out: View): void {
  const { outer, length, inner } = around(x.shape, axis);
  const from = numbersOf(x);
  const to = numbersOf(out);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let total = 0;
      for (let j = 0; j < length; j++) {
        total += from[(o * length + j) * inner + i];
      }
      to[o * inner + i] = total;
    }
  }
}

export function extreme(kind: 'max' | 'min', x: View, axis: number, values: View, indices: View): void {
  const { outer, length, inner } = around(x.shape, axis);
  const from = numbersOf(x);
  const toValues = numbersOf(values);
  const toIndices = numbersOf(indices);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let best = 0;
      for (let j = 1; j < length; j++) {
        const candidate = from[(o * length + j) * inner + i];
        const champion = from[(o * length + best) * inner + i];
        if (kind === 'max' ? isAbove(candidate, champion) : isAbove(-candidate, -champion)) {
          best = j;
        }
      }
      toValues[o * inner + i] = from[(o * length + best) * inner + i];
      toIndices[o * inner + i] = best;
    }
  }
}

/** Whether a stands before b in an order from the largest down, in which NaN comes first. */
function isAbove(a: number, b: number): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}

export function sumOfSquares(x: View): number {
  let total = 0;
  for (const value of numbersOf(x)) {
    total += value * value;
  }
  return total;
}

export function topK(x: View, k: number, values: View, indices: View): void {
  const { rows, columns } = rowsOf(x.shape);
  const from = numbersOf(x);
  const toValues = numbersOf(values);
  const toIndices = numbersOf(indices);
  for (let r = 0; r < rows; r++) {
    const row = from.subarray(r * columns, (r + 1) * columns);
    const order = Array.from(row.keys()).sort((i, j) =>
      isAbove(row[i], row[j]) ? -1 : isAbove(row[j], row[i]) ? 1 : i - j,
    );
    for (let j = 0; j < k; j++) {
      toValues[r * k + j] = row[order[j]];
      toIndices[r * k + j] = order[j];
    }
  }
}
