// What the demonstrations of turning share: two arrows that can be moved, their turned selves, and their product.

import type { MapPoint, PointsValue } from '../shared/trace.ts';

/** A vector with two numbers, as a place in the plane. */
export interface Arrow {
  readonly x: number;
  readonly y: number;
}

const coordinate = { type: 'number', min: -4, max: 4, step: 0.25 } as const;

/** The parameters that two arrows a and b come from. */
export const arrowParams = {
  ax: { ...coordinate, label: 'a, to the right', default: 3 },
  ay: { ...coordinate, label: 'a, up', default: 1 },
  bx: { ...coordinate, label: 'b, to the right', default: 1 },
  by: { ...coordinate, label: 'b, up', default: 2 },
} as const;

/** Turned to the left by `radians`, around the origin. */
export function turned({ x, y }: Arrow, radians: number): Arrow {
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  return { x: x * cosine - y * sine, y: x * sine + y * cosine };
}

export function product(a: Arrow, b: Arrow): number {
  return a.x * b.x + a.y * b.y;
}

export function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** Numbers such as the products of turned arrows, freed of the noise that rounding leaves in the last digits. */
export function cleared(value: number): number {
  return Math.round(value * 1e9) / 1e9 + 0;
}

/** An arrow as it was given, which can be moved. */
export function movableA(a: Arrow): MapPoint {
  return { ...a, label: 'a', move: { x: 'ax', y: 'ay' } };
}

export function movableB(b: Arrow): MapPoint {
  return { ...b, label: 'b', role: 'chosen', move: { x: 'bx', y: 'by' } };
}

/** Both arrows as they were given. */
export function movable(a: Arrow, b: Arrow): PointsValue {
  return arrows([movableA(a), movableB(b)]);
}

/** Both arrows as they were given, faint, and what became of them. */
export function before(a: Arrow, b: Arrow, is: readonly MapPoint[]): PointsValue {
  return arrows([{ ...movableA(a), role: 'dim' }, { ...movableB(b), role: 'dim' }, ...is]);
}

export function arrows(points: readonly MapPoint[]): PointsValue {
  return { kind: 'points', look: 'arrows', points, xLabel: 'first number', yLabel: 'second number' };
}
