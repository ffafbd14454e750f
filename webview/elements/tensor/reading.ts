// A tensor that is a way of reading a flat list: which element of the list each cell is, which cells read an element, and
// which cells are ghosts, which exist only in the picture. Pure.

import type { TensorSlice, TensorValue } from '../../../src/shared/trace.ts';
import type { Choice } from './grid.ts';
import type { Region } from './heatmapInk.ts';

export type Reads = NonNullable<TensorValue['reads']>;

/** More cells than this are not looked through for those that read an element. */
const MOST_CELLS = 1 << 18;
/** So many stretches of cells light up at most. */
const MOST_LIT = 512;

/** The place in the list of the element at an index. */
export function placeOf({ offset, strides }: Reads, index: readonly number[]): number {
  return index.reduce((sum, at, axis) => sum + at * (strides[axis] ?? 0), offset);
}

/** How the place comes about: `0 + 2 × 4 + 1 × 1 = 9`. */
export function placeArithmetic(reads: Reads, index: readonly number[]): string {
  const terms = index.map((at, axis) => `${at} × ${signed(reads.strides[axis] ?? 0)}`);
  return `${[reads.offset, ...terms].join(' + ')} = ${placeOf(reads, index)}`;
}

function signed(stride: number): string {
  return stride < 0 ? `(${stride})` : String(stride);
}

/** True where an axis with stride 0 repeats what stands at its first place. */
export function isGhost({ strides }: Reads, index: readonly number[]): boolean {
  return index.some((at, axis) => at > 0 && strides[axis] === 0);
}

/** The cells that read an element of the list; along axes that repeat, all places. */
export function cellsReading(reads: Reads, shape: readonly number[], place: number): TensorSlice[] {
  const moving = shape.map((_, axis) => reads.strides[axis] !== 0);
  const sizes = shape.map((size, axis) => (moving[axis] ? size : Math.min(1, size)));
  const found: TensorSlice[] = [];
  if (sizes.reduce((product, size) => product * size, 1) > MOST_CELLS) {
    return found;
  }
  const walk = (index: readonly number[]): void => {
    const axis = index.length;
    if (axis === shape.length) {
      if (placeOf(reads, index) === place && found.length < MOST_LIT) {
        found.push({
          start: index,
          step: shape.map(() => 1),
          shape: shape.map((size, one) => (moving[one] ? 1 : size)),
        });
      }
      return;
    }
    for (let at = 0; at < (sizes[axis] as number); at++) {
      walk([...index, at]);
    }
  };
  walk([]);
  return found;
}

/** Where the ghosts are among the rows and columns on the screen. */
export function ghostRegions(
  { strides }: Reads,
  { row, column, fixed }: Choice,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): Region[] {
  if (fixed.some((at, axis) => axis !== row && axis !== column && at > 0 && strides[axis] === 0)) {
    return [{ row: 0, rows, column: 0, columns }];
  }
  const [down, across] = [strides[row] === 0, strides[column] === 0];
  return [
    ...(down && rows > 1 ? [{ row: 1, rows: rows - 1, column: 0, columns }] : []),
    ...(across && columns > 1
      ? [{ row: 0, rows: down ? Math.min(1, rows) : rows, column: 1, columns: columns - 1 }]
      : []),
  ];
}
