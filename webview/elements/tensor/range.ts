// From a number to its place in a colour map: which range of values the map spans, and which map. Pure.

import type { Grid } from './grid.ts';
import { COLORS, type MapKind } from './palette.ts';

/** `auto` is the range that the tensor shares with others of the same numbers, where it does, and else its own. */
export type RangeMode = 'auto' | 'own' | 'symmetric' | 'percentile' | 'manual';

export interface RangeChoice {
  readonly mode: RangeMode;
  readonly map: 'auto' | MapKind;
  /** For `percentile`: this share of the values is cut off at either end, in percent, 0 to 49. */
  readonly percent: number;
  /** For `manual`. */
  readonly low: number;
  readonly high: number;
}

export const firstRange: RangeChoice = { mode: 'auto', map: 'auto', percent: 2, low: -1, high: 1 };

/** `low` and `high` have the first and the last colour; a diverging map has its middle at zero. */
export interface Scale {
  readonly map: MapKind;
  readonly low: number;
  readonly high: number;
}

/** Percentiles come from at most so many cells, evenly taken. */
const SAMPLE = 1 << 16;

/** The range that a choice means for this tensor; `grid` is where percentiles are taken from. */
export function scaleOf(
  choice: RangeChoice,
  { min, max }: { readonly min: number | null; readonly max: number | null },
  grid: Grid | undefined,
): Scale {
  let [low, high] = [min ?? 0, max ?? 0];
  if (choice.mode === 'percentile') {
    [low, high] = percentiles(grid, choice.percent) ?? [low, high];
  } else if (choice.mode === 'manual' && choice.low < choice.high) {
    ({ low, high } = choice);
  }
  // Both signs mean that zero is a place of its own.
  const map = choice.map !== 'auto' ? choice.map : low < 0 && high > 0 ? 'diverging' : 'sequential';
  if (map === 'diverging' || choice.mode === 'symmetric') {
    const most = Math.max(Math.abs(low), Math.abs(high));
    [low, high] = [-most, most];
  }
  return { map: choice.mode === 'symmetric' && choice.map === 'auto' ? 'diverging' : map, low, high };
}

/** Index of a finite value's colour; what lies beyond the range has the colour of its end. */
export function colorIndex(value: number, { low, high }: Scale): number {
  if (high <= low) {
    return value > high ? COLORS - 1 : value < low ? 0 : (COLORS - 1) / 2;
  }
  const at = Math.round(((value - low) / (high - low)) * (COLORS - 1));
  return at < 0 ? 0 : at > COLORS - 1 ? COLORS - 1 : at;
}

/** The values between which all but `percent` percent at either end lie; undefined without a finite one. */
export function percentiles(grid: Grid | undefined, percent: number): [number, number] | undefined {
  if (grid === undefined) {
    return undefined;
  }
  const count = grid.rows * grid.columns;
  const every = Math.max(1, Math.ceil(count / SAMPLE));
  const values: number[] = [];
  for (let at = 0; at < count; at += every) {
    const [row, column] = [Math.floor(at / grid.columns), at % grid.columns];
    const value = grid.data[grid.offset + row * grid.rowStride + column * grid.columnStride] as number;
    if (Number.isFinite(value)) {
      values.push(value);
    }
  }
  if (values.length === 0) {
    return undefined;
  }
  values.sort((a, b) => a - b);
  const share = Math.min(49, Math.max(0, percent)) / 100;
  const place = (part: number) => values[Math.round(part * (values.length - 1))] as number;
  return [place(share), place(1 - share)];
}
