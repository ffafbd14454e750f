// What the lines of a plot say at a place of the x axis. Lines may have points at different places: between two of its
// points a line is read off as it is drawn, straight; outside of them it says nothing. Pure.

import type { Line } from './series.ts';

/** Every place at which some line has a point, in ascending order, each once. */
export function placesOf(lines: readonly Line[]): readonly number[] {
  const [first, ...others] = lines;
  if (first === undefined) {
    return [];
  }
  const same = ({ points }: Line) =>
    points.length === first.points.length && points.every(([x], at) => x === first.points[at]?.[0]);
  if (others.every(same)) {
    return first.points.map(([x]) => x);
  }
  return [...new Set(lines.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
}

/** Index of the last place of which every line says something; of the last place where there is none. */
export function lastOfAll(lines: readonly Line[], places: readonly number[]): number {
  for (let at = places.length - 1; at >= 0; at--) {
    if (lines.every((line) => valueAt(line, places[at] as number) !== undefined)) {
      return at;
    }
  }
  return places.length - 1;
}

/**
 * What `line` says at `x`; undefined outside of its points. Its points must be in ascending order of x.
 *
 * Example: a line through (1, 10) and (3, 20) says 15 at 2, and nothing at 4.
 */
export function valueAt({ points }: Line, x: number): number | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as readonly [number, number])[0] < x) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  const after = points[low];
  if (after === undefined || after[0] < x) {
    return undefined;
  }
  if (after[0] === x) {
    return after[1];
  }
  const before = points[low - 1];
  return before && before[1] + ((after[1] - before[1]) * (x - before[0])) / (after[0] - before[0]);
}

/** The largest value of one coordinate, as a list: empty where there is no point. Spreading thousands would overflow. */
export function maxima(points: readonly (readonly [number, number])[], coordinate: 0 | 1): number[] {
  return points.length === 0 ? [] : [points.reduce((most, point) => Math.max(most, point[coordinate]), -Infinity)];
}

/** The smallest, likewise. */
export function minima(points: readonly (readonly [number, number])[], coordinate: 0 | 1): number[] {
  return points.length === 0 ? [] : [points.reduce((least, point) => Math.min(least, point[coordinate]), Infinity)];
}
