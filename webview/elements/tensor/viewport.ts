// Which part of a grid is on the screen and how large: fit, zoom about a point, pan, bring a cell into view. Pixels are
// CSS pixels; positions are in cells, so that column 2.5 is the middle of the third column. Pure.

export interface Extent {
  readonly rows: number;
  readonly columns: number;
}

export function sameExtent(a: Extent | undefined, b: Extent): boolean {
  return a?.rows === b.rows && a.columns === b.columns;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Viewport {
  /** Column and row at the left and top edge. */
  readonly x: number;
  readonly y: number;
  /** Pixels a column and a row. */
  readonly columnSize: number;
  readonly rowSize: number;
}

/** Cells are never drawn larger than this by fitting; zooming goes on to four times it. */
const LARGEST = 44;
/** An axis that is very short beside the other one still gets so many pixels, if its cells stay below LARGEST. */
const LEAST_EXTENT = 64;
const SHORT_AXIS_CELL = 24;

/** All of it in the box, square cells but where one axis would become a hairline. */
export function fitted({ rows, columns }: Extent, { width, height }: Size): Viewport {
  const size = Math.min(width / Math.max(1, columns), height / Math.max(1, rows), LARGEST);
  const least = (count: number, room: number) =>
    Math.min(SHORT_AXIS_CELL, LEAST_EXTENT / Math.max(1, count), room / Math.max(1, count));
  return {
    x: 0,
    y: 0,
    columnSize: Math.max(size, least(columns, width)),
    rowSize: Math.max(size, least(rows, height)),
  };
}

/** At most so many columns keep a width at which their numbers can be read: what has no room is scrolled to. */
const FEW = 16;

/** All of it, but a few columns no narrower than `width`, where their rows are few too. */
export function readable(extent: Extent, size: Size, width: number): Viewport {
  const whole = fitted(extent, size);
  return { ...whole, columnSize: Math.max(whole.columnSize, readableWidth(extent, width)) };
}

/** The least width of a column to begin with; 0 where there are many. */
export function readableWidth({ rows, columns }: Extent, width: number): number {
  return columns <= FEW && rows <= FEW ? Math.min(width, LARGEST) : 0;
}

/** The height that a fitted picture takes of the room that there is. */
export function fittedHeight(extent: Extent, room: Size): number {
  return Math.max(1, Math.min(room.height, Math.ceil(fitted(extent, room).rowSize * extent.rows)));
}

/** Keeps the grid in the box: no empty margin where cells could stand. */
export function clamped(view: Viewport, { rows, columns }: Extent, { width, height }: Size): Viewport {
  const most = (count: number, room: number, size: number) => Math.max(0, count - room / size);
  return {
    ...view,
    x: Math.min(Math.max(0, view.x), most(columns, width, view.columnSize)),
    y: Math.min(Math.max(0, view.y), most(rows, height, view.rowSize)),
  };
}

/** Larger by `factor`, the point (x, y) of the box staying where it is; never smaller than fitted. */
export function zoomed(
  view: Viewport,
  factor: number,
  at: { readonly x: number; readonly y: number },
  extent: Extent,
  size: Size,
): Viewport {
  const smallest = fitted(extent, size);
  // One factor for both axes: at either end of the scale the shape of the cells is kept.
  const most = (LARGEST * 4) / Math.max(view.columnSize, view.rowSize);
  const least = Math.max(smallest.columnSize / view.columnSize, smallest.rowSize / view.rowSize);
  const by = Math.min(Math.max(factor, Math.min(1, least)), Math.max(1, most));
  const next = {
    columnSize: view.columnSize * by,
    rowSize: view.rowSize * by,
    x: view.x + at.x / view.columnSize - at.x / (view.columnSize * by),
    y: view.y + at.y / view.rowSize - at.y / (view.rowSize * by),
  };
  return clamped(next, extent, size);
}

/** Moved so that a pixel that was at (0, 0) is at (dx, dy). */
export function panned(view: Viewport, dx: number, dy: number, extent: Extent, size: Size): Viewport {
  return clamped({ ...view, x: view.x - dx / view.columnSize, y: view.y - dy / view.rowSize }, extent, size);
}

/** Moved as little as needed for the cell to be whole on the screen. */
export function revealing(view: Viewport, row: number, column: number, extent: Extent, size: Size): Viewport {
  const along = (at: number, start: number, room: number) =>
    at < start ? at : at + 1 > start + room ? at + 1 - room : start;
  return clamped(
    {
      ...view,
      x: along(column, view.x, size.width / view.columnSize),
      y: along(row, view.y, size.height / view.rowSize),
    },
    extent,
    size,
  );
}

/** The cell under a pixel of the box; undefined beside the grid. */
export function cellUnder(view: Viewport, x: number, y: number, { rows, columns }: Extent) {
  const column = Math.floor(view.x + x / view.columnSize);
  const row = Math.floor(view.y + y / view.rowSize);
  return row >= 0 && column >= 0 && row < rows && column < columns ? { row, column } : undefined;
}

export interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly end: number;
}

/** The rows and columns that are on the screen, in part or whole. */
export function visible(
  view: Viewport,
  { rows, columns }: Extent,
  { width, height }: Size,
): { rows: Range; columns: Range } {
  const range = (start: number, room: number, size: number, count: number) => ({
    from: Math.max(0, Math.floor(start)),
    end: Math.min(count, Math.ceil(start + room / size - 1e-9)),
  });
  return {
    rows: range(view.y, height, view.rowSize, rows),
    columns: range(view.x, width, view.columnSize, columns),
  };
}

/** Where an axis is labelled: every n-th place, n of 1, 2, 5, 10 ..., labels at least `gap` pixels apart. */
export function ticks({ from, end }: Range, size: number, gap: number): number[] {
  let every = 1;
  for (let power = 1; every * size < gap; power *= 10) {
    every = ([1, 2, 5].find((digit) => digit * power * size >= gap) ?? 10) * power;
  }
  const found: number[] = [];
  for (let at = Math.ceil(from / every) * every; at < end; at += every) {
    found.push(at);
  }
  return found;
}
