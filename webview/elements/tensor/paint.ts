// From a grid to pixels: one number looked up for each pixel on the screen, whatever the tensor's size. What is not
// finite gets a pattern and not a colour. Pure: fills an array that a canvas then shows.

import type { Grid } from './grid.ts';
import { COLORS, colorsOf, patternTones, pixelOf, type ThemeKind } from './palette.ts';
import { flagOf, type Level, MINUS_INF, NAN } from './pyramid.ts';
import type { Scale } from './range.ts';
import type { Viewport } from './viewport.ts';

const LAST = COLORS - 1;

export interface Look {
  readonly scale: Scale;
  readonly theme: ThemeKind;
  /** What is not finite is there on purpose: its pattern is no alarm. */
  readonly calm?: boolean;
}

/** Pixels of the screen for one of the page's, beside each other. */
export interface Picture {
  readonly pixels: Uint32Array;
  readonly width: number;
  readonly height: number;
  readonly density: number;
}

/** The level of a pyramid at which a cell is at least one pixel: 0 is the grid itself. */
export function levelFor(view: Viewport, grid: Grid, density: number): number {
  const smallest = Math.min(view.columnSize * grid.columnStep, view.rowSize * grid.rowStep) * density;
  return smallest >= 1 ? 0 : Math.ceil(-Math.log2(smallest) - 1e-9);
}

/** Draws the grid, or one of its levels, over what the picture holds. */
export function paint(
  picture: Picture,
  view: Viewport,
  grid: Grid,
  look: Look,
  pooled?: { level: Level; power: number },
) {
  const { pixels, width, height, density } = picture;
  const size = pooled === undefined ? 1 : 2 ** pooled.power;
  const values = pooled?.level.values ?? grid.data;
  const flags = pooled?.level.flags;
  const offset = pooled === undefined ? grid.offset : 0;
  const rowStride = pooled?.level.columns ?? grid.rowStride;
  const columnStride = pooled === undefined ? grid.columnStride : 1;
  const across = places(
    width,
    view.x,
    view.columnSize * density,
    grid.columnStart,
    grid.columnStep * size,
    pooled?.level.columns ?? grid.columns,
  );
  const down = places(
    height,
    view.y,
    view.rowSize * density,
    grid.rowStart,
    grid.rowStep * size,
    pooled?.level.rows ?? grid.rows,
  );
  const { low, high } = look.scale;
  const factor = high > low ? (COLORS - 1) / (high - low) : 0;
  const base = high > low ? 0.5 - low * factor : COLORS / 2;
  // Signed, because then the numbers stay whole ones inside the engine's registers: twice as fast.
  const colors = Int32Array.from(colorsOf(look.scale.map, look.theme), pixelOf);
  const [light, dark] = patternTones(look.theme, look.calm).map(pixelOf) as [number, number];
  let first = 0;
  while (first < width && (across[first] as number) < 0) {
    first += 1;
  }
  let end = first;
  while (end < width && (across[end] as number) >= 0) {
    across[end] = (across[end] as number) * columnStride;
    end += 1;
  }
  for (let y = 0; y < height; y++) {
    const row = down[y] as number;
    if (row < 0) {
      continue;
    }
    const start = offset + row * rowStride;
    const to = y * width;
    for (let x = first; x < end; x++) {
      const at = start + (across[x] as number);
      const value = values[at] as number;
      // Clamped before it is made whole: what lies far beyond the range is more than 32 bits hold.
      const color = value * factor + base;
      pixels[to + x] = colors[color < 0 ? 0 : color > LAST ? LAST : color | 0] as number;
      if (flags === undefined ? value - value !== 0 : flags[at] !== 0) {
        const flag = flags === undefined ? flagOf(value) : (flags[at] as number);
        pixels[to + x] = (striped(flag, x, y) ? light : dark) as number;
      }
    }
  }
}

/** NaN has diagonal stripes, +Infinity upright and -Infinity level ones. */
export function striped(flag: number, x: number, y: number): boolean {
  const along = (flag & NAN) !== 0 ? x + y : flag === MINUS_INF ? y : x;
  return (along & 7) < 4;
}

/** For each pixel the place along one axis that stands there; -1 beside the grid. */
function places(count: number, from: number, size: number, start: number, step: number, most: number): Int32Array {
  const found = new Int32Array(count);
  for (let pixel = 0; pixel < count; pixel++) {
    const at = Math.floor((from + (pixel + 0.5) / size - start) / step);
    found[pixel] = at >= 0 && at < most ? at : -1;
  }
  return found;
}
