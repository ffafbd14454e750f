// Which part of a tensor to fetch for what is on the screen, where the page has only a preview. Pure.

import type { TensorSlice } from '../../../src/shared/trace.ts';
import type { Choice, Held } from './grid.ts';
import type { Range } from './viewport.ts';

/** Places along an axis that one fetch brings at most: about the pixels of a wide screen. */
const MOST = 1024;

/** The part to ask for; undefined where what is held is as good. */
export function missingPart(
  shape: readonly number[],
  choice: Choice,
  visible: { readonly rows: Range; readonly columns: Range },
  held: readonly Held[],
): TensorSlice | undefined {
  const along = (axis: number) => {
    if (axis !== choice.row && axis !== choice.column) {
      return { start: choice.fixed[axis] as number, step: 1, count: 1 };
    }
    const { from, end } = axis === choice.row ? visible.rows : visible.columns;
    const step = Math.max(1, Math.ceil((end - from) / MOST));
    // On a grid of its own step, so that small moves ask for the same places again.
    const start = Math.floor(from / step) * step;
    return { start, step, count: Math.max(0, Math.ceil((end - start) / step)) };
  };
  const axes = shape.map((_, axis) => along(axis));
  const part = {
    start: axes.map(({ start }) => start),
    step: axes.map(({ step }) => step),
    shape: axes.map(({ count }) => count),
  };
  return part.shape.includes(0) || held.some((one) => covers(one.slice, part)) ? undefined : part;
}

/** True when every element of `part` lies between those of `slice`, which is as fine. */
function covers(slice: TensorSlice, part: TensorSlice): boolean {
  return part.shape.every((count, axis) => {
    const [start, step, have] = [slice.start[axis], slice.step[axis], slice.shape[axis]] as [number, number, number];
    const [first, wanted] = [part.start[axis], part.step[axis]] as [number, number];
    const last = first + (count - 1) * wanted;
    return (
      first >= start &&
      last <= start + (have - 1) * step &&
      (count === 1 ? (first - start) % step === 0 : step <= wanted)
    );
  });
}
