// Heights over the plane: at which levels contour lines are drawn and where they run, which shade a height has, and what
// the height is at a place. Pure. Contours are cut cell by cell (marching squares), straight within a cell.

import { scaleLinear } from 'd3-scale';
import type { PlaneHeights } from '../../../src/shared/planeValue.ts';

/** About so many contour lines where the value names no levels. */
const LINES = 9;

/** Heights, ready to be drawn. */
export interface Relief {
  readonly columns: number;
  readonly rows: number;
  /** Row by row from below. */
  readonly data: Float32Array;
  /** Contour lines, least first; the boundary is not among them. */
  readonly levels: readonly number[];
  readonly boundary: number | undefined;
  /** From least to most; shades go from one to the other. */
  readonly range: readonly [number, number];
  /** Where in its shades a height stands: 0 to 1, or with a boundary -1 to 1, in steps between the levels. NaN for none. */
  readonly shade: (height: number) => number;
}

export function reliefOf(heights: PlaneHeights): Relief {
  const { columns, rows, scale = 'linear', boundary } = heights;
  const data = new Float32Array(heights.bytes);
  const range = heights.range ?? spread(data, scale);
  const levels = (heights.levels ?? roundLevels(range, scale)).filter((level) => level !== boundary?.at);
  const along = alongOf(range, scale, boundary?.at);
  const cuts = [...levels, ...(boundary === undefined ? [] : [boundary.at])].toSorted((a, b) => a - b);
  const edges = [range[0], ...cuts.filter((cut) => cut > range[0] && cut < range[1]), range[1]];
  const tones = edges.slice(1).map((edge, i) => (along(edge) + along(edges[i] as number)) / 2);
  const shade = (height: number) => {
    if (!Number.isFinite(height)) {
      return height === Number.POSITIVE_INFINITY ? along(range[1]) : Number.NaN;
    }
    if (levels.length === 0) {
      return along(height);
    }
    let band = 0;
    while (band < tones.length - 1 && height >= (edges[band + 1] as number)) {
      band++;
    }
    return tones[band] as number;
  };
  return { columns, rows, data, levels, boundary: boundary?.at, range, shade };
}

/** Least and most of the finite heights; above 0 where the scale is one of logarithms. */
function spread(data: Float32Array, scale: 'linear' | 'log'): readonly [number, number] {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const height of data) {
    if (Number.isFinite(height) && (scale === 'linear' || height > 0)) {
      least = Math.min(least, height);
      most = Math.max(most, height);
    }
  }
  return least > most ? [0, 1] : least === most ? [least, least + 1] : [least, most];
}

/** Round numbers between two ends: 1, 2, 5 times powers of ten, on a log scale fewer a decade the more decades there are. */
function roundLevels([least, most]: readonly [number, number], scale: 'linear' | 'log'): readonly number[] {
  if (scale === 'linear') {
    return scaleLinear([least, most], [0, 1]).ticks(LINES);
  }
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))];
  const digits = last - first <= 3 ? [1, 2, 5] : last - first <= 6 ? [1, 3] : [1];
  return Array.from({ length: last - first + 1 }, (_, i) => digits.map((digit) => Number(`${digit}e${first + i}`)))
    .flat()
    .filter((level) => level >= least && level <= most);
}

/** How far along its shades a height stands. */
function alongOf([least, most]: readonly [number, number], scale: 'linear' | 'log', boundary: number | undefined) {
  if (boundary !== undefined) {
    const far = Math.max(most - boundary, boundary - least) || 1;
    return (height: number) => bounded((height - boundary) / far, -1);
  }
  const of = scale === 'log' ? (height: number) => Math.log(Math.max(height, least)) : (height: number) => height;
  const [from, to] = [of(least), of(most)];
  return (height: number) => bounded((of(height) - from) / (to - from || 1), 0);
}

function bounded(at: number, least: number): number {
  return Math.min(1, Math.max(least, at));
}

/** The height at a place given in cells from the left and from below; NaN outside. */
export function heightAt({ columns, rows, data }: Relief, u: number, v: number): number {
  if (!(u >= 0 && v >= 0 && u <= columns - 1 && v <= rows - 1)) {
    return Number.NaN;
  }
  const [i, j] = [Math.min(Math.floor(u), columns - 2), Math.min(Math.floor(v), rows - 2)];
  const [s, t] = [u - i, v - j];
  const at = j * columns + i;
  const below = (data[at] as number) * (1 - s) + (data[at + 1] as number) * s;
  const above = (data[at + columns] as number) * (1 - s) + (data[at + columns + 1] as number) * s;
  return below * (1 - t) + above * t;
}

/** Straight pieces of the line at a level, four numbers each: from (u, v) to (u, v), in cells from the left and below. */
export function contour({ columns, rows, data }: Relief, level: number): number[] {
  const pieces: number[] = [];
  for (let j = 0; j < rows - 1; j++) {
    for (let i = 0; i < columns - 1; i++) {
      const at = j * columns + i;
      const [a, b] = [(data[at] as number) - level, (data[at + 1] as number) - level];
      const [d, c] = [(data[at + columns] as number) - level, (data[at + columns + 1] as number) - level];
      cut(pieces, i, j, [a, b, c, d]);
    }
  }
  return pieces;
}

/** Adds what runs through one cell, from its corners' heights above the level, counter-clockwise from below left. */
function cut(pieces: number[], i: number, j: number, [a, b, c, d]: readonly [number, number, number, number]): void {
  if (!Number.isFinite(a + b + c + d)) {
    return;
  }
  const ends: number[] = [];
  const cross = (from: number, to: number, u: number, v: number, du: number, dv: number) => {
    if (from >= 0 !== to >= 0) {
      const share = from / (from - to);
      ends.push(i + u + du * share, j + v + dv * share);
    }
  };
  cross(a, b, 0, 0, 1, 0);
  cross(b, c, 1, 0, 0, 1);
  cross(c, d, 1, 1, -1, 0);
  cross(d, a, 0, 1, 0, -1);
  if (ends.length === 8 && a + b + c + d >= 0 === a >= 0) {
    // A saddle whose middle is on the side of a and c: the lines cut off b and d.
    pieces.push(...ends.slice(0, 4), ...ends.slice(4));
  } else if (ends.length === 8) {
    pieces.push(...ends.slice(6), ...ends.slice(0, 2), ...ends.slice(2, 6));
  } else {
    pieces.push(...ends);
  }
}
