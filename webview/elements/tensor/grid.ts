// The two axes of a tensor that are on the screen, read out of the numbers that the page holds: all of it, or every n-th
// element, or a part. Pure; draws nothing.

import type { TensorSlice } from '../../../src/shared/trace.ts';

export type Numbers = Float32Array | Int32Array;

/** Numbers of a tensor that are in the page, row-major over `slice.shape`. */
export interface Held {
  readonly data: Numbers;
  readonly slice: TensorSlice;
}

/** Which axes run down and across, and where the others stand. `row` is -1 where there is one axis or none. */
export interface Choice {
  readonly row: number;
  readonly column: number;
  /** One index an axis; those of the two shown axes mean nothing. */
  readonly fixed: readonly number[];
}

/** Held numbers as rows and columns: cell (r, c) of the tensor is at `rowStart + i * rowStep`, the same across. */
export interface Grid {
  readonly data: Numbers;
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
  readonly rowStart: number;
  readonly rowStep: number;
  readonly columnStart: number;
  readonly columnStep: number;
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Row-major: how many elements further the next place along each axis is. */
export function stridesOf(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length).fill(1);
  for (let axis = shape.length - 2; axis >= 0; axis--) {
    strides[axis] = (strides[axis + 1] as number) * (shape[axis + 1] as number);
  }
  return strides;
}

/** Everything of a tensor. */
export function wholeSlice(shape: readonly number[]): TensorSlice {
  return { start: shape.map(() => 0), step: shape.map(() => 1), shape };
}

/** The last axis across, the one before it down, the others at their beginning. */
export function firstChoice(shape: readonly number[]): Choice {
  return { row: shape.length - 2 < 0 ? -1 : shape.length - 2, column: shape.length - 1, fixed: shape.map(() => 0) };
}

/** How many rows and columns a choice shows: a vector is one row, a scalar one cell. */
export function extent(shape: readonly number[], { row, column }: Choice): { rows: number; columns: number } {
  return { rows: row < 0 ? 1 : (shape[row] as number), columns: column < 0 ? 1 : (shape[column] as number) };
}

/** The tensor's index of a cell on the screen. */
export function indexOf(choice: Choice, row: number, column: number): number[] {
  return choice.fixed.map((at, axis) => (axis === choice.row ? row : axis === choice.column ? column : at));
}

/** Another axis for the rows or the columns; when it is the other's, the two change places. */
export function withAxis(choice: Choice, side: 'row' | 'column', axis: number): Choice {
  const other = side === 'row' ? 'column' : 'row';
  return { ...choice, [side]: axis, ...(choice[other] === axis && { [other]: choice[side] }) };
}

/** @returns undefined when what is held has nothing at the fixed indices. */
export function gridOf({ data, slice }: Held, choice: Choice): Grid | undefined {
  const strides = stridesOf(slice.shape);
  let offset = 0;
  for (const [axis, at] of choice.fixed.entries()) {
    if (axis === choice.row || axis === choice.column) {
      continue;
    }
    const place = (at - (slice.start[axis] as number)) / (slice.step[axis] as number);
    if (!Number.isInteger(place) || place < 0 || place >= (slice.shape[axis] as number)) {
      return undefined;
    }
    offset += place * (strides[axis] as number);
  }
  const along = (axis: number) =>
    axis < 0
      ? { count: 1, stride: 0, start: 0, step: 1 }
      : {
          count: slice.shape[axis] as number,
          stride: strides[axis] as number,
          start: slice.start[axis] as number,
          step: slice.step[axis] as number,
        };
  const [down, across] = [along(choice.row), along(choice.column)];
  return {
    data,
    offset,
    rows: down.count,
    columns: across.count,
    rowStride: down.stride,
    columnStride: across.stride,
    rowStart: down.start,
    rowStep: down.step,
    columnStart: across.start,
    columnStep: across.step,
  };
}

/** The element at a row and column of the tensor; undefined where it is not held. */
export function cellAt(grid: Grid, row: number, column: number): number | undefined {
  const i = (row - grid.rowStart) / grid.rowStep;
  const j = (column - grid.columnStart) / grid.columnStep;
  return Number.isInteger(i) && Number.isInteger(j) && i >= 0 && j >= 0 && i < grid.rows && j < grid.columns
    ? grid.data[grid.offset + i * grid.rowStride + j * grid.columnStride]
    : undefined;
}

/** The same in layers of which later ones lie over earlier ones. */
export function topCell(layers: readonly Grid[], row: number, column: number): number | undefined {
  for (let at = layers.length - 1; at >= 0; at--) {
    const value = cellAt(layers[at] as Grid, row, column);
    if (value !== undefined) {
      return value;
    }
  }
  return undefined;
}

/** The element at an index of the tensor; undefined where it is not held. */
export function elementAt({ data, slice }: Held, index: readonly number[]): number | undefined {
  const strides = stridesOf(slice.shape);
  let at = 0;
  for (const [axis, where] of index.entries()) {
    const place = (where - (slice.start[axis] as number)) / (slice.step[axis] as number);
    if (!Number.isInteger(place) || place < 0 || place >= (slice.shape[axis] as number)) {
      return undefined;
    }
    at += place * (strides[axis] as number);
  }
  return data[at];
}

/** The next cell, row by row, from after (row, column) and round again, whose value fits; undefined when none does. */
export function nextCell(
  grid: Grid,
  from: { readonly row: number; readonly column: number },
  fits: (value: number) => boolean,
): { row: number; column: number } | undefined {
  const count = grid.rows * grid.columns;
  if (count === 0) {
    return undefined;
  }
  const i = Math.max(0, Math.min(grid.rows - 1, Math.floor((from.row - grid.rowStart) / grid.rowStep)));
  const j = Math.max(0, Math.min(grid.columns - 1, Math.floor((from.column - grid.columnStart) / grid.columnStep)));
  for (let step = 1; step <= count; step++) {
    const at = (i * grid.columns + j + step) % count;
    const [r, c] = [Math.floor(at / grid.columns), at % grid.columns];
    if (fits(grid.data[grid.offset + r * grid.rowStride + c * grid.columnStride] as number)) {
      return { row: grid.rowStart + r * grid.rowStep, column: grid.columnStart + c * grid.columnStep };
    }
  }
  return undefined;
}

/** The rows and columns of a slice that a choice shows; undefined where the other axes stand elsewhere. */
export function regionOf({ start, step, shape }: TensorSlice, { row, column, fixed }: Choice) {
  const shown = (axis: number) => axis === row || axis === column;
  const within = fixed.every(
    (at, axis) =>
      shown(axis) ||
      (at >= (start[axis] as number) &&
        at < (start[axis] as number) + (shape[axis] as number) * (step[axis] as number)),
  );
  const along = (axis: number) => (axis < 0 ? [0, 1] : [start[axis], shape[axis]]) as [number, number];
  const [[top, rows], [left, columns]] = [along(row), along(column)];
  return within ? { row: top, rows, column: left, columns } : undefined;
}
