// What is drawn over a heatmap's coloured cells: their borders and numbers where there is room, and on a canvas above it
// the cursor and the cells that light up.

import type { DType } from '../../../src/shared/trace.ts';
import { cellWriter } from './numberText.ts';
import type { Look } from './paint.ts';
import { colorsOf, inkOn, patternTones } from './palette.ts';
import { colorIndex } from './range.ts';
import { type Extent, type Size, type Viewport, visible } from './viewport.ts';

/** Cells in rows and columns of the tensor. */
export interface Region {
  readonly row: number;
  readonly rows: number;
  readonly column: number;
  readonly columns: number;
}

export interface Inks {
  readonly ink: string;
  readonly paper: string;
  readonly font: string;
}

/** The theme's inks, as they are for an element now. */
export function inksOf(element: Element): Inks {
  const style = getComputedStyle(element);
  const color = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: color('--vscode-editor-foreground'),
    paper: color('--vscode-editor-background'),
    font: `10.5px ${color('--vscode-editor-font-family') || 'monospace'}`,
  };
}

const LEAST_BORDERED = 8;
/** Pixels of a digit in the numbers' font, and of a line of them. */
const DIGIT = 6.3;
const LINE = 13;

/** How many characters of a number fit into a cell; 0 where none does. */
export function roomFor({ columnSize, rowSize }: Viewport): number {
  return rowSize < LINE ? 0 : Math.max(0, Math.floor((columnSize - 3) / DIGIT));
}

/** Pixels of a cell that has room for so many characters. */
export function widthFor(characters: number): number {
  return Math.ceil(characters * DIGIT + 3);
}

/** How the numbers are written, beside the colours. */
interface NumbersLook {
  readonly dtype: DType;
  /** Decimal places that they need. */
  readonly places: number;
  readonly inks: Inks;
  readonly ghosts: readonly Region[];
}

/** Borders between cells and the numbers in them. `read` gives undefined where a cell isn't in the page. */
export function drawNumbers(
  context: CanvasRenderingContext2D,
  view: Viewport,
  extent: Extent,
  size: Size,
  look: Look & NumbersLook,
  read: (row: number, column: number) => number | undefined,
): void {
  const { columnSize, rowSize } = view;
  if (columnSize < LEAST_BORDERED || rowSize < LEAST_BORDERED) {
    return;
  }
  const { rows, columns } = visible(view, extent, size);
  const left = (column: number) => (column - view.x) * columnSize;
  const top = (row: number) => (row - view.y) * rowSize;
  context.fillStyle = look.inks.paper;
  const [right, bottom] = [left(columns.end), top(rows.end)];
  for (let column = columns.from + 1; column < columns.end; column++) {
    context.fillRect(left(column) - 0.5, top(rows.from), 1, bottom - top(rows.from));
  }
  for (let row = rows.from + 1; row < rows.end; row++) {
    context.fillRect(left(columns.from), top(row) - 0.5, right - left(columns.from), 1);
  }
  const room = roomFor(view);
  if (room === 0) {
    return;
  }
  const write = cellWriter(look.scale, look.dtype, room, look.places);
  const colors = colorsOf(look.scale.map, look.theme);
  const [, dark] = patternTones(look.theme, look.calm);
  context.font = look.inks.font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (let row = rows.from; row < rows.end; row++) {
    for (let column = columns.from; column < columns.end; column++) {
      const value = read(row, column);
      const text = value === undefined ? undefined : write(value);
      if (value === undefined || text === undefined) {
        continue;
      }
      const middle = [left(column) + columnSize / 2, top(row) + rowSize / 2] as const;
      if (look.ghosts.some((region) => holds(region, row, column))) {
        context.fillStyle = look.inks.ink; // on the page's colour, under which its own is hidden
      } else if (Number.isFinite(value)) {
        context.fillStyle = inkOn(colors[colorIndex(value, look.scale)] as (typeof colors)[number]);
      } else {
        // A plate under it: letters on stripes can't be read.
        context.fillStyle = `rgb(${dark.join(' ')})`;
        const width = text.length * DIGIT + 6;
        context.fillRect(middle[0] - width / 2, middle[1] - LINE / 2, width, LINE);
        context.fillStyle = inkOn(dark);
      }
      context.fillText(text, middle[0], middle[1] + 0.5);
    }
  }
}

function holds({ row, rows, column, columns }: Region, r: number, c: number): boolean {
  return r >= row && r < row + rows && c >= column && c < column + columns;
}

/** Pixels between two lines of the ghosts' hatching. */
const HATCH = 7;

/** Veils the ghosts with the page's colour and hatches them, so that they are told from what is stored. */
export function drawGhosts(
  context: CanvasRenderingContext2D,
  view: Viewport,
  size: Size,
  { ink, paper }: Inks,
  ghosts: readonly Region[],
): void {
  for (const region of ghosts) {
    const [x, y, width, height] = boxOf(view, region);
    const [left, top] = [Math.max(0, x), Math.max(0, y)];
    const [right, bottom] = [Math.min(size.width, x + width), Math.min(size.height, y + height)];
    if (right <= left || bottom <= top) {
      continue;
    }
    context.save();
    context.beginPath();
    context.rect(left, top, right - left, bottom - top);
    context.clip();
    context.globalAlpha = 0.8;
    context.fillStyle = paper;
    context.fillRect(left, top, right - left, bottom - top);
    context.globalAlpha = 0.35;
    context.strokeStyle = ink;
    context.lineWidth = 1;
    context.beginPath();
    for (let at = left - (bottom - top); at < right; at += HATCH) {
      context.moveTo(at, bottom);
      context.lineTo(at + (bottom - top), top);
    }
    context.stroke();
    context.restore();
  }
}

/** A region's pixels: left, top, width, height; never less than two wide and high. */
function boxOf(view: Viewport, { row, rows, column, columns }: Region) {
  return [
    (column - view.x) * view.columnSize,
    (row - view.y) * view.rowSize,
    Math.max(2, columns * view.columnSize),
    Math.max(2, rows * view.rowSize),
  ] as const;
}

/** What stands out of the cells. */
interface Marks {
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
  /** Light up while the rest is dimmed. */
  readonly regions: readonly Region[];
  /** Cells that get a notch. */
  readonly differing?: readonly Region[];
}

/** The cursor's cell, the regions that light up, and the cells that differ. */
export function drawMarks(
  context: CanvasRenderingContext2D,
  view: Viewport,
  size: Size,
  inks: Inks,
  { cursor, regions, differing = [] }: Marks,
): void {
  context.clearRect(0, 0, size.width, size.height);
  const box = (region: Region) => boxOf(view, region);
  if (regions.length > 0) {
    context.globalAlpha = 0.6;
    context.fillStyle = inks.paper;
    context.fillRect(0, 0, size.width, size.height);
    context.globalAlpha = 1;
    for (const region of regions) {
      context.clearRect(...box(region));
    }
    for (const region of regions) {
      outline(context, box(region), inks, [5, 3]);
    }
  }
  for (const region of differing) {
    notch(context, box(region), inks);
  }
  if (cursor !== undefined) {
    outline(context, box({ ...cursor, rows: 1, columns: 1 }), inks, []);
  }
}

/** Pixels of a notch's two sides; a smaller cell has it all over. */
const NOTCH = 10;

/** A corner cut off, at the cell's upper right, edged so that it stands out on every cell. */
function notch(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  { ink, paper }: Inks,
): void {
  const side = Math.min(NOTCH, width, height);
  context.beginPath();
  context.moveTo(x + width - side, y);
  context.lineTo(x + width, y);
  context.lineTo(x + width, y + side);
  context.closePath();
  context.fillStyle = ink;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = paper;
  context.stroke();
}

/** Two lines, one of either colour, so that it stands out on every cell. */
function outline(
  context: CanvasRenderingContext2D,
  [x, y, width, height]: readonly [number, number, number, number],
  { ink, paper }: Inks,
  dash: number[],
): void {
  context.lineWidth = 4;
  context.setLineDash([]);
  context.strokeStyle = paper;
  context.strokeRect(x, y, width, height);
  context.lineWidth = 2;
  context.setLineDash(dash);
  context.strokeStyle = ink;
  context.strokeRect(x, y, width, height);
  context.setLineDash([]);
}
