// Views as the compiled kernels want them: addresses in bytes, and as few axes as will do.

import type { View } from './kernels.ts';
import type { WasmStorage } from './wasmMemory.ts';

export const BYTES = 4;

/** Where a view's first number stands in WASM memory. */
export function addressOf({ storage, offset }: View): number {
  return (storage as WasmStorage).address + offset * BYTES;
}

/** As {@link addressOf}; 0 for what is not given. */
export function addressOrNone(view: View | undefined): number {
  return view === undefined ? 0 : addressOf(view);
}

/** What is left of some views of one shape: rows of `count`, some of them for each place in the axes before. */
export interface Rows {
  readonly rows: number;
  readonly count: number;
  /** For each view, bytes from row to row and from number to number. */
  readonly rowStrides: readonly number[];
  readonly strides: readonly number[];
  /** Calls with the address of each view's first row, once for each place in the axes before the last two. */
  each(call: (addresses: readonly number[]) => void): void;
}

/**
 * Sees views of one shape as rows, after joining each axis to the next where all views allow it: dense ones are one row.
 *
 * Example: (8, 64, 4, 16), permuted from (8, 4, 64, 16), and a dense one: 8 * 64 calls with 4 rows of 16.
 */
export function rowsOfViews(views: readonly View[]): Rows {
  const shape: number[] = [];
  const strides: number[][] = views.map(() => []);
  const first = views[0];
  first.shape.forEach((length, axis) => {
    if (length === 1) {
      return;
    }
    const last = shape.length - 1;
    const joins = last >= 0 && views.every((view, v) => strides[v][last] === view.strides[axis] * length);
    if (joins) {
      shape[last] = shape[last] * length;
    } else {
      shape.push(length);
    }
    views.forEach((view, v) => {
      strides[v][shape.length - 1] = view.strides[axis];
    });
  });
  const rank = shape.length;
  const at = (v: number, axis: number) => (strides[v][axis] ?? 0) * BYTES;
  return {
    rows: rank > 1 ? shape[rank - 2] : 1,
    count: rank > 0 ? shape[rank - 1] : 1,
    rowStrides: views.map((_, v) => at(v, rank - 2)),
    strides: views.map((_, v) => at(v, rank - 1)),
    each(call) {
      if (shape.includes(0)) {
        return;
      }
      eachPlace(
        shape.slice(0, Math.max(0, rank - 2)),
        views.map((_, v) => strides[v]),
        views.map(addressOf),
        call,
      );
    },
  };
}

/** Calls once for each place in a shape, in row-major order, with the address there of each of some views. */
export function eachPlace(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  start: readonly number[],
  call: (addresses: readonly number[]) => void,
): void {
  const addresses = [...start];
  const visit = (axis: number): void => {
    if (axis === shape.length) {
      call(addresses);
      return;
    }
    const length = shape[axis];
    for (let i = 0; i < length; i++) {
      visit(axis + 1);
      move(axis, 1);
    }
    move(axis, -length);
  };
  const move = (axis: number, steps: number): void => {
    for (let v = 0; v < addresses.length; v++) {
      addresses[v] = addresses[v] + strides[v][axis] * steps * BYTES;
    }
  };
  visit(0);
}
