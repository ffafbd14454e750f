// Losses over two numbers, with their slopes: what optimisers are let loose on.

import type { PlaneAxis, PlaneHeights } from '../shared/planeValue.ts';
import { overPlane } from './overPlane.ts';

export type Place = readonly [x: number, y: number];

export interface Landscape {
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  /** What the two numbers are called in tables. */
  readonly names: readonly [string, string];
  readonly loss: (place: Place) => number;
  readonly slope: (place: Place) => Place;
  /** Its lowest place. */
  readonly lowest: Place;
  readonly start: Place;
}

/** Guests and rolls eaten, on two days: the weekend of the lesson on gradients. */
const DAYS = [
  [3, 5],
  [1, 4],
] as const;

/** How much too many, each day. */
const misses = ([w, b]: Place) => DAYS.map(([guests, eaten]) => w * guests + b - eaten);

/** Two ditches, the left one deeper: (x² − 1)² + TILT x + y². */
const TILT = 0.3;

export const landscapes: Readonly<Record<'weekend' | 'ditches', Landscape>> = {
  weekend: {
    x: { label: 'w: rolls a guest', from: -2, to: 3 },
    y: { label: 'b: spare rolls', from: -1, to: 6 },
    names: ['w', 'b'],
    loss: (place) => misses(place).reduce((sum, miss) => sum + miss ** 2, 0),
    slope(place) {
      const missed = misses(place);
      const along = (by: (day: (typeof DAYS)[number]) => number) =>
        DAYS.reduce((sum, day, i) => sum + 2 * (missed[i] as number) * by(day), 0);
      return [along(([guests]) => guests), along(() => 1)];
    },
    lowest: [0.5, 3.5],
    start: [2, 1],
  },
  ditches: {
    x: { label: 'first number', from: -2, to: 2 },
    y: { label: 'second number', from: -1.5, to: 1.5 },
    names: ['first', 'second'],
    loss: ([x, y]) => (x ** 2 - 1) ** 2 + TILT * x + y ** 2 + 1,
    slope: ([x, y]) => [4 * x * (x ** 2 - 1) + TILT, 2 * y],
    lowest: [-1.03558, 0],
    start: [1.8, 1.2],
  },
};

export const landscapeParam = {
  type: 'choice',
  label: 'Landscape',
  default: 'weekend',
  options: [
    { value: 'weekend', label: 'The weekend’s valley' },
    { value: 'ditches', label: 'Two ditches' },
  ],
} as const;

export function landscapeOf(name: string): Landscape {
  return name === 'ditches' ? landscapes.ditches : landscapes.weekend;
}

/** Its heights, to be made once and shared by all frames. */
export function heightsOf({ x, y, loss }: Landscape): PlaneHeights {
  return overPlane(x, y, (px, py) => loss([px, py]) + 0.01, { label: 'loss', scale: 'log' });
}
