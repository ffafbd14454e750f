// Where a place of the plane is drawn: each axis has its own scale, or both have one. Pixels are CSS pixels from the top
// left of the picture, y downwards. Pure.

import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import type { Place, Size } from '../points/plane.ts';

/** Around the picture, in pixels. */
export const MARGINS = { left: 54, right: 10, top: 8, bottom: 40 };
const [LEAST_HEIGHT, MOST_HEIGHT] = [200, 400];
/** Height of a picture whose axes have nothing to do with each other, by its width. */
const USUAL = 0.68;

/** The picture's size and, on either axis, pixels a unit. */
export interface Ground {
  readonly size: Size;
  readonly left: number;
  readonly bottom: number;
  readonly scaleX: number;
  readonly scaleY: number;
}

/** The ground of a value in a view so many pixels wide. */
export function groundOf({ x, y, equal = false }: Pick<PlaneValue, 'x' | 'y' | 'equal'>, width: number): Ground {
  const room = Math.max(120, width - MARGINS.left - MARGINS.right);
  const [spanX, spanY] = [x.to - x.from, y.to - y.from];
  const wished = equal ? (room * spanY) / spanX : room * USUAL;
  const height = Math.round(Math.min(MOST_HEIGHT, Math.max(Math.min(LEAST_HEIGHT, room), wished)));
  const one = Math.min(room / spanX, height / spanY);
  const [scaleX, scaleY] = equal ? [one, one] : [room / spanX, height / spanY];
  const size = { width: Math.round(spanX * scaleX), height: Math.round(spanY * scaleY) };
  return { size, left: x.from, bottom: y.from, scaleX, scaleY };
}

export function pixelOf({ size, left, bottom, scaleX, scaleY }: Ground, { x, y }: Place): Place {
  return { x: (x - left) * scaleX, y: size.height - (y - bottom) * scaleY };
}

export function placeAt({ size, left, bottom, scaleX, scaleY }: Ground, { x, y }: Place): Place {
  return { x: left + x / scaleX, y: bottom + (size.height - y) / scaleY };
}

/** True where a pixel is in the picture, or hardly out of it. */
export function inside({ size }: Ground, { x, y }: Place): boolean {
  return x >= -1 && y >= -1 && x <= size.width + 1 && y <= size.height + 1;
}

/**
 * The piece of the line a x + b y + c = 0 that is in the picture, as pixels; undefined where none is.
 */
export function clipped(
  ground: Ground,
  [a, b]: readonly [number, number],
  c: number,
): readonly [Place, Place] | undefined {
  const { size, left, bottom, scaleX, scaleY } = ground;
  const [right, top] = [left + size.width / scaleX, bottom + size.height / scaleY];
  const ends: Place[] = [];
  const add = (x: number, y: number) => {
    const slack = 1e-9 * Math.max(right - left, top - bottom);
    const within = x >= left - slack && x <= right + slack && y >= bottom - slack && y <= top + slack;
    if (within && !ends.some((end) => Math.hypot(end.x - x, end.y - y) <= slack)) {
      ends.push({ x, y });
    }
  };
  if (b !== 0) {
    add(left, -(a * left + c) / b);
    add(right, -(a * right + c) / b);
  }
  if (a !== 0) {
    add(-(b * bottom + c) / a, bottom);
    add(-(b * top + c) / a, top);
  }
  const [from, to] = ends;
  return from === undefined || to === undefined ? undefined : [pixelOf(ground, from), pixelOf(ground, to)];
}
