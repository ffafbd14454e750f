// Where the labels of points and lines stand, so that none covers another: near its own place where there is room, else
// further off with a line that leads there, else nowhere. Pure; pixels.

import type { Place, Size } from './plane.ts';

export interface LabelWish {
  readonly text: string;
  /** What it names. */
  readonly anchor: Place;
  /** Which side it would rather stand on, as a direction; y downwards. */
  readonly toward?: Place;
  /** Wishes with a higher rank choose first; of equals, the earlier one. */
  readonly rank: number;
  /** How far from the anchor its edge must keep. */
  readonly clear: number;
}

export interface PlacedLabel {
  /** Which wish this is. */
  readonly index: number;
  /** The middle of the text. */
  readonly x: number;
  readonly y: number;
  /** Whether it stands so far off that a line must lead to its anchor. */
  readonly led: boolean;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const RING: readonly Place[] = [
  { x: 1, y: 0 },
  { x: 0, y: -1 },
  { x: -1, y: 0 },
  { x: 0, y: 1 },
  { x: 0.8, y: -0.8 },
  { x: -0.8, y: -0.8 },
  { x: 0.8, y: 0.8 },
  { x: -0.8, y: 0.8 },
  { x: 0.4, y: -0.9 },
  { x: -0.4, y: -0.9 },
  { x: 0.4, y: 0.9 },
  { x: -0.4, y: 0.9 },
];
/** How much further off the rings of places are. */
const RINGS = [0, 16, 32, 50];
/** So many labels may stand on marks where there is no other room. */
const FEW = 16;

/**
 * Places labels one after the other. `measure` gives a text's width, `lineHeight` its height; `taken` are the middles of
 * what should stay free, `half` half the size of each. No label covers another one: what finds no place is not in the
 * answer.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  size: Size,
  { measure, lineHeight }: { readonly measure: (text: string) => number; readonly lineHeight: number },
  taken: readonly Place[],
  half: number,
): PlacedLabel[] {
  const marks = taken.map(({ x, y }) => ({ left: x - half, right: x + half, top: y - half, bottom: y + half }));
  const boxes: Box[] = [];
  const order = wishes.map((_, index) => index).sort((a, b) => rankOf(wishes, b) - rankOf(wishes, a) || a - b);
  const placed: PlacedLabel[] = [];
  for (const index of order) {
    const wish = wishes[index] as LabelWish;
    const width = measure(wish.text);
    const free = candidates(wish, width, lineHeight).filter(({ box }) => {
      const inside = box.left >= 0 && box.right <= size.width && box.top >= 0 && box.bottom <= size.height;
      return inside && !boxes.some((other) => overlap(box, other));
    });
    // Better on a mark than nowhere, for those that matter and where there are few.
    const spare = wish.rank > 0 || wishes.length <= FEW ? free[0] : undefined;
    const found = free.find(({ box }) => !marks.some((mark) => overlap(box, mark))) ?? spare;
    if (found !== undefined) {
      boxes.push(found.box);
      placed.push({ index, x: found.x, y: found.y, led: found.led });
    }
  }
  return placed.sort((a, b) => a.index - b.index);
}

function rankOf(wishes: readonly LabelWish[], index: number): number {
  return wishes[index]?.rank ?? 0;
}

/** Where a label may stand, best first: its wished side, around it, and around it further and further off. */
function candidates({ anchor, toward, clear }: LabelWish, width: number, height: number) {
  const sides = toward === undefined ? RING : [unit(toward), ...RING];
  return RINGS.flatMap((further) =>
    sides.map((side) => {
      // The nearest edge, not the middle, keeps the distance.
      const x = anchor.x + side.x * (clear + further + width / 2);
      const y = anchor.y + side.y * (clear + further + height / 2);
      const box = { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
      return { x, y, box, led: further > 0 };
    }),
  );
}

function unit({ x, y }: Place): Place {
  const length = Math.hypot(x, y) || 1;
  return { x: x / length, y: y / length };
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
