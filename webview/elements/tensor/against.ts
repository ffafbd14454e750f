// Two tensors of one shape beside each other: which of their cells differ, and what a reader is told of one. Pure.

import type { TensorValue } from '../../../src/shared/trace.ts';
import { cellAt, type Grid, type Held, sizeOf, stridesOf } from './grid.ts';
import type { Region } from './heatmapInk.ts';
import { heldOf } from './held.ts';

/** What a tensor is shown against. */
export interface Against {
  readonly value: TensorValue;
  readonly buffer: ArrayBuffer | undefined;
  /** Behind a cell's number, with the other's: `≠ 0.45 in the reference`. */
  differs(number: string): string;
  /** Behind a number that is the same there. */
  readonly same: string;
}

/** How far apart two numbers may be and still count as the same: what the checks allow. */
const ABSOLUTE = 1e-6;
const RELATIVE = 1e-4;
/** So many cells are marked one by one. */
const MOST_MARKED = 4000;

export function apart(one: number, other: number): boolean {
  if (Object.is(one, other) || one === other) {
    return false;
  }
  return !(Number.isFinite(one) && Math.abs(one - other) <= ABSOLUTE + RELATIVE * Math.abs(one));
}

/** The other's numbers; undefined where its shape is another, or the page lacks them. */
export function heldAgainst({ shape }: TensorValue, against: Against | undefined): Held | undefined {
  if (against === undefined || against.value.shape.join() !== shape.join()) {
    return undefined;
  }
  const { bytes, preview } = against.value;
  const end = (bytes ?? preview?.bytes)?.length ?? 0;
  return end > (against.buffer?.byteLength ?? 0) ? undefined : heldOf(against.value, against.buffer);
}

export interface Apart {
  /** How many of the cells that are held differ, of how many. */
  readonly count: number;
  readonly of: number;
  /** Index of the first. */
  readonly first: readonly number[];
  readonly values: readonly [number, number];
}

/** Undefined where none differs, or not the same part of both is held. */
export function apartOf(held: Held, other: Held): Apart | undefined {
  if (held.slice.shape.join() !== other.slice.shape.join()) {
    return undefined;
  }
  let count = 0;
  let first = -1;
  for (let i = 0; i < held.data.length; i++) {
    if (apart(held.data[i] as number, other.data[i] as number)) {
      first = count === 0 ? i : first;
      count += 1;
    }
  }
  const { start, step, shape } = held.slice;
  const strides = stridesOf(shape);
  const index = shape.map((size, axis) => {
    const place = Math.floor(first / (strides[axis] as number)) % size;
    return (start[axis] as number) + place * (step[axis] as number);
  });
  return count === 0
    ? undefined
    : {
        count,
        of: sizeOf(shape),
        first: index,
        values: [held.data[first] as number, other.data[first] as number],
      };
}

/** The cells of what is on the screen that differ, the first of them where they are too many to mark. */
export function regionsApart(grid: Grid, other: Grid): readonly Region[] {
  const regions: Region[] = [];
  for (let i = 0; i < grid.rows && regions.length < MOST_MARKED; i++) {
    for (let j = 0; j < grid.columns && regions.length < MOST_MARKED; j++) {
      const [row, column] = [grid.rowStart + i * grid.rowStep, grid.columnStart + j * grid.columnStep];
      const [mine, theirs] = [cellAt(grid, row, column), cellAt(other, row, column)];
      if (mine !== undefined && theirs !== undefined && apart(mine, theirs)) {
        regions.push({ row, rows: 1, column, columns: 1 });
      }
    }
  }
  return regions;
}
