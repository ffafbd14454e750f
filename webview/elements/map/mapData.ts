// What a map shows: places in the plane, what kind of thing each is, and which of them were placed by their neighbours.
// Everything that looks at all points works on typed arrays. Pure.

import type { PointsValue } from '../../../src/shared/trace.ts';
import type { Extent } from '../points/plane.ts';

/** Kinds that have a colour and a shape of their own; all others share one more. */
export const OWN_SLOTS = 8;
export const OTHER_SLOT = OWN_SLOTS;

export interface MapCategories {
  /** For people, by number; the largest first, so that those have colours of their own. */
  readonly names: readonly string[];
  /** How many points each has. */
  readonly counts: readonly number[];
  /** One number a point. */
  readonly of: Uint8Array;
}

export interface MapData {
  /** x and y of each point, one after the other. */
  readonly xy: Float32Array;
  readonly categories?: MapCategories;
  /** 1 where a point was laid out itself, 0 where its neighbours placed it. */
  readonly sampled?: Uint8Array;
}

export const NO_POINTS: MapData = { xy: new Float32Array() };

export function countOf({ xy }: MapData): number {
  return xy.length >> 1;
}

/** Which colour and shape each point has: its category's number, or {@link OTHER_SLOT}. */
export function slotsOf(data: MapData): Uint8Array {
  const slots = new Uint8Array(countOf(data));
  data.categories?.of.forEach((category, index) => {
    slots[index] = Math.min(category, OTHER_SLOT);
  });
  return slots;
}

/** One line of the legend: a slot, what it is called, how many points it has. */
export interface LegendItem {
  readonly slot: number;
  /** Undefined for the slot that several categories share. */
  readonly name: string | undefined;
  readonly count: number;
}

export function legendOf({ categories }: MapData): readonly LegendItem[] {
  if (categories === undefined) {
    return [];
  }
  const { names, counts } = categories;
  const own = names.slice(0, OWN_SLOTS).map((name, slot) => ({ slot, name, count: counts[slot] ?? 0 }));
  const rest = counts.slice(OWN_SLOTS);
  const others = rest.reduce((sum, count) => sum + count, 0);
  const other = { slot: OTHER_SLOT, name: rest.length === 1 ? names[OWN_SLOTS] : undefined, count: others };
  return [...own, ...(others > 0 ? [other] : [])].filter(({ count }) => count > 0);
}

/** The smallest rectangle with all finite points in it; room around them where they are all but one. */
export function extentOfMap(xy: Float32Array): Extent {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < xy.length; at += 2) {
    const x = xy[at] as number;
    const y = xy[at + 1] as number;
    if (Number.isFinite(x) && Number.isFinite(y)) {
      left = Math.min(left, x);
      right = Math.max(right, x);
      bottom = Math.min(bottom, y);
      top = Math.max(top, y);
    }
  }
  if (left > right) {
    return { left: -1, right: 1, bottom: -1, top: 1 };
  }
  const span = Math.max(right - left, top - bottom);
  const far = Math.max(Math.abs(left), Math.abs(right), Math.abs(bottom), Math.abs(top));
  const room = span <= 1e-7 * far || span === 0 ? Math.max(1, 1e-6 * far) : 0;
  return { left: left - room, right: right + room, bottom: bottom - room, top: top + room };
}

/** Of so many points on some may lie apart. */
const FEWEST = 20;
/** Along each axis, this part of all points at either end may lie apart from the bulk. */
const TAIL = 0.01;
/** What lies no further from the bulk than this part of the bulk's own span belongs to it. */
const NEAR_BULK = 0.25;
/** A picture of the bulk alone is worth while where it is this much larger. */
const WORTH = 1.25;

/** Where nearly all points lie, and which lie apart from them. */
export interface Bulk {
  readonly extent: Extent;
  /** In ascending order; at most a few in a hundred. */
  readonly apart: readonly number[];
}

/**
 * UMAP throws a few points far off, and a picture with all of them squeezes the rest into a corner. The bulk is what lies
 * between the first and the last hundredth along both axes, and near that.
 */
export function bulkOfMap(xy: Float32Array): Bulk {
  const whole = extentOfMap(xy);
  const finite = xy.length >> 1 < FEWEST ? [] : [0, 1].map((axis) => sortedAlong(xy, axis));
  if ((finite[0]?.length ?? 0) < FEWEST) {
    return { extent: whole, apart: [] };
  }
  const [across, up] = finite.map(reachOf) as [Reach, Reach];
  const apart: number[] = [];
  const inside: number[] = [];
  for (let index = 0; index < xy.length >> 1; index++) {
    const [x, y] = [xy[index * 2] as number, xy[index * 2 + 1] as number];
    if (x >= across.from && x <= across.to && y >= up.from && y <= up.to) {
      inside.push(x, y);
    } else if (Number.isFinite(x) && Number.isFinite(y)) {
      apart.push(index);
    }
  }
  const extent = extentOfMap(Float32Array.from(inside));
  const larger = Math.max(
    (whole.right - whole.left) / (extent.right - extent.left),
    (whole.top - whole.bottom) / (extent.top - extent.bottom),
  );
  return larger >= WORTH ? { extent, apart } : { extent: whole, apart: [] };
}

interface Reach {
  readonly from: number;
  readonly to: number;
}

function reachOf(sorted: Float32Array): Reach {
  const skipped = Math.max(1, Math.floor(sorted.length * TAIL));
  const [first, last] = [sorted[skipped] as number, sorted[sorted.length - 1 - skipped] as number];
  const near = (last - first) * NEAR_BULK;
  return { from: first - near, to: last + near };
}

function sortedAlong(xy: Float32Array, axis: number): Float32Array {
  const points = Float32Array.from({ length: xy.length >> 1 }, (_, index) => xy[index * 2 + axis] as number);
  return points.filter(Number.isFinite).sort();
}

/** The points of a trace as a map: their groups are its categories, the largest first, of equals the earlier one. */
export function mapOfPoints({ points }: PointsValue): MapData {
  const xy = new Float32Array(points.length * 2);
  const counts = new Map<string, number>();
  points.forEach(({ x, y, group }, index) => {
    xy.set([x, y], index * 2);
    if (group !== undefined) {
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
  });
  if (counts.size === 0) {
    return { xy };
  }
  const loose = points.filter(({ group }) => group === undefined).length;
  const sorted = [...counts].sort(([, a], [, b]) => b - a).slice(0, 254);
  const numbers = new Map(sorted.map(([name], number) => [name, number]));
  const names = sorted.map(([name]) => name);
  const sums = sorted.map(([, count]) => count);
  const past = points.length - loose - sums.reduce((sum, count) => sum + count, 0);
  const rest = loose + past;
  return {
    xy,
    categories: {
      names: rest > 0 ? [...names, '…'] : names,
      counts: rest > 0 ? [...sums, rest] : sums,
      of: Uint8Array.from(
        points,
        ({ group }) => (group === undefined ? undefined : numbers.get(group)) ?? names.length,
      ),
    },
  };
}
