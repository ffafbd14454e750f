// Points that lie far apart from all others, while the picture shows those others: a mark at the edge of the picture points
// to each, so that they can be pointed at and chosen too. Pure.

import { type Place, type Plane, pixelOf } from '../points/plane.ts';

/** A mark at the edge, for the points that lie off there. */
export interface EdgeMark extends Place {
  /** One of the points: the first. */
  readonly index: number;
  /** How many there are. */
  readonly count: number;
  /** Where it points, in radians, clockwise from the right. */
  readonly angle: number;
}

/** Pixels from the edge to a mark's middle. */
const INSET = 8;
/** Pixels along the edge that share one mark. */
const SHARED = 14;

/** The marks for those points that are not on the screen. */
export function edgeMarks(plane: Plane, apart: readonly number[], placeOf: (index: number) => Place): EdgeMark[] {
  const { width, height } = plane.size;
  const marks = new Map<string, EdgeMark>();
  for (const index of apart) {
    const at = pixelOf(plane, placeOf(index));
    if (at.x >= 0 && at.y >= 0 && at.x <= width && at.y <= height) {
      continue;
    }
    const x = Math.min(Math.max(at.x, INSET), width - INSET);
    const y = Math.min(Math.max(at.y, INSET), height - INSET);
    const key = `${Math.round(x / SHARED)} ${Math.round(y / SHARED)}`;
    const mark = marks.get(key) ?? { index, count: 0, x, y, angle: Math.atan2(at.y - y, at.x - x) };
    marks.set(key, { ...mark, count: mark.count + 1 });
  }
  return [...marks.values()];
}

/** The mark under a pixel, at most `reach` pixels away. */
export function markAt(marks: readonly EdgeMark[], { x, y }: Place, reach: number): EdgeMark | undefined {
  const near = marks.map((mark) => ({ mark, far: Math.hypot(mark.x - x, mark.y - y) }));
  return near.sort((a, b) => a.far - b.far).find(({ far }) => far <= reach)?.mark;
}
