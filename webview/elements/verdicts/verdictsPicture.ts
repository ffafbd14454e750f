// What is drawn of verdicts: two lanes of stacked marks along one line, and the four counts. Pure; pixels.

import type { Judged, VerdictsValue } from '../../../src/shared/verdictsValue.ts';

/** The side of a mark's box, in pixels. */
export const MARK = 9;
/** Room on either side of the line for what is written there. */
const SIDE = 10;

export interface PlacedMark {
  readonly item: Judged;
  readonly x: number;
  /** From the top of its lane. */
  readonly y: number;
}

export interface Lane {
  readonly marks: readonly PlacedMark[];
  readonly height: number;
}

/** Where a score stands, in a drawing of this width. */
export function xOf(score: number, [from, to]: VerdictsValue['room'], width: number): number {
  const share = (Math.min(Math.max(score, from), to) - from) / (to - from);
  return SIDE + share * (width - 2 * SIDE);
}

/** The score at a pixel. */
export function scoreAt(x: number, [from, to]: VerdictsValue['room'], width: number): number {
  return from + ((x - SIDE) / (width - 2 * SIDE)) * (to - from);
}

/** Marks side by side where they fit, else stacked upward from the lane's floor, in the order of their scores. */
export function laneOf(items: readonly Judged[], room: VerdictsValue['room'], width: number): Lane {
  const stacks = new Map<number, number>();
  const placed = items
    .toSorted((a, b) => a.score - b.score)
    .map((item) => {
      const x = xOf(item.score, room, width);
      const column = Math.round(x / MARK);
      const level = stacks.get(column) ?? 0;
      stacks.set(column, level + 1);
      return { item, x: column * MARK, level };
    });
  const height = MARK * Math.max(2, ...stacks.values());
  return { height, marks: placed.map(({ item, x, level }) => ({ item, x, y: height - MARK * (level + 0.5) })) };
}

/** The four counts at a threshold. */
export function countsAt(items: readonly Judged[], threshold: number) {
  const count = (positive: boolean, called: boolean) =>
    items.filter((item) => item.positive === positive && item.score > threshold === called).length;
  return {
    truePositive: count(true, true),
    falseNegative: count(true, false),
    falsePositive: count(false, true),
    trueNegative: count(false, false),
  };
}

/** A share as a percentage; undefined where there is nothing to share out. */
export function shareOf(part: number, whole: number): string | undefined {
  return whole === 0 ? undefined : `${((100 * part) / whole).toFixed(1).replace(/\.0$/, '')}%`;
}
