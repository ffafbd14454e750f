// Which points of a map carry their names: one in each cell of a grid that lies on the map itself, so that a name stays
// with its point while one pans, and none over another. Pure; widths are measured by the caller.

import { type Place, type Plane, pixelOf, visible } from '../points/plane.ts';
import type { PointGrid } from './pointGrid.ts';

export interface MapLabel {
  readonly index: number;
  readonly text: string;
  /** Left end and middle of the text, in pixels. */
  readonly x: number;
  readonly y: number;
}

/** Pixels of a cell, when it has just become so small that the grid is halved. */
const CELL = { width: 170, height: 64 };
/** Where there are few points in sight, all may have their names if there is room. */
const FEW = 60;

/**
 * The points that would have a name: at most one a cell, the one with the least rank. The grid's cells have sides of a
 * power of two, so that they stay where they are until one has zoomed by a factor of two.
 */
export function labelled(
  plane: Plane,
  xy: Float32Array,
  grid: PointGrid,
  takes: (index: number) => boolean,
  rank: (index: number) => number,
): number[] {
  const part = visible(plane);
  const width = 2 ** Math.ceil(Math.log2(CELL.width / plane.scale));
  const height = 2 ** Math.ceil(Math.log2(CELL.height / plane.scale));
  const [firstColumn, firstRow] = [Math.floor(part.left / width), Math.floor(part.bottom / height)];
  const across = Math.floor(part.right / width) - firstColumn + 1;
  const cells = new Int32Array(across * (Math.floor(part.top / height) - firstRow + 1)).fill(-1);
  const few: number[] = [];
  let count = 0;
  grid.each(part, (index) => {
    const [x, y] = [xy[index * 2] as number, xy[index * 2 + 1] as number];
    if (x < part.left || x > part.right || y < part.bottom || y > part.top || !takes(index)) {
      return;
    }
    count += 1;
    if (count <= FEW) {
      few.push(index);
    }
    const cell = (Math.floor(y / height) - firstRow) * across + Math.floor(x / width) - firstColumn;
    const other = cells[cell] as number;
    if (other < 0 || rank(index) < rank(other)) {
      cells[cell] = index;
    }
  });
  const found = count <= FEW ? few : [...cells.filter((index) => index >= 0)];
  return found.sort((a, b) => rank(a) - rank(b) || a - b);
}

/** A number by which points take turns in having a name; looks random, is always the same (Knuth's multiplier). */
export function turnOf(index: number): number {
  return Math.imul(index + 1, 2654435761) >>> 0;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Sets the names beside their points, right or else left, in the given order; what would cover another one is left out. */
export function placed(
  wanted: readonly number[],
  plane: Plane,
  xy: Float32Array,
  textOf: (index: number) => string | undefined,
  { measure, lineHeight }: { readonly measure: (text: string) => number; readonly lineHeight: number },
  clear: number,
): MapLabel[] {
  const boxes: Box[] = [];
  const labels: MapLabel[] = [];
  for (const index of wanted) {
    const text = textOf(index);
    if (text === undefined || text === '') {
      continue;
    }
    const at = pixelOf(plane, { x: xy[index * 2] as number, y: xy[index * 2 + 1] as number });
    const width = measure(text);
    for (const left of [at.x + clear, at.x - clear - width]) {
      const box = boxAt({ x: left, y: at.y }, width, lineHeight);
      if (within(box, plane) && !boxes.some((other) => overlap(box, other))) {
        boxes.push(box);
        labels.push({ index, text, x: left, y: at.y });
        break;
      }
    }
  }
  return labels;
}

function boxAt({ x, y }: Place, width: number, height: number): Box {
  return { left: x, right: x + width, top: y - height / 2, bottom: y + height / 2 };
}

function within({ left, right, top, bottom }: Box, { size }: Plane): boolean {
  return left >= 0 && top >= 0 && right <= size.width && bottom <= size.height;
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
