// A grid in halves of halves: level k has one cell for 2^k by 2^k, holding their least, greatest or mean value, and
// whether any is not finite. So a picture of millions of cells costs what its pixels cost. Built in small pieces.

import type { Grid } from './grid.ts';

export type Pooling = 'mean' | 'min' | 'max';

/** Bits of {@link Level.flags}. */
export const NAN = 1;
export const PLUS_INF = 2;
export const MINUS_INF = 4;

export interface Level {
  readonly rows: number;
  readonly columns: number;
  /** Over the finite cells; 0 where there is none, and then a flag is set. */
  readonly values: Float32Array;
  readonly flags: Uint8Array;
}

/** Cells between two pauses of the building. */
const PIECE = 1 << 17;

export function flagOf(value: number): number {
  return Number.isNaN(value) ? NAN : value === Infinity ? PLUS_INF : value === -Infinity ? MINUS_INF : 0;
}

/** Levels 1, 2, ... of a grid, the finest first; `levels` grows while {@link build} runs. */
export class Pyramid {
  readonly grid: Grid;
  readonly pooling: Pooling;
  readonly levels: Level[] = [];

  constructor(grid: Grid, pooling: Pooling) {
    this.grid = grid;
    this.pooling = pooling;
  }

  /** The coarsest one that is ready and not coarser than `wanted`; undefined is the grid itself. */
  level(wanted: number): { readonly level: Level; readonly power: number } | undefined {
    const power = Math.min(wanted, this.levels.length);
    const level = this.levels[power - 1];
    return level === undefined ? undefined : { level, power };
  }

  /** Makes all levels up to `most`, yielding after each piece of work. */
  *build(most = 31): Generator<void> {
    let { rows, columns } = this.grid;
    while (this.levels.length < most && rows * columns > 1) {
      const level = emptyLevel((rows + 1) >> 1, (columns + 1) >> 1);
      const before = this.levels.at(-1);
      const chunk = Math.max(1, Math.floor(PIECE / columns));
      for (let row = 0; row < level.rows; row += chunk) {
        const end = Math.min(level.rows, row + chunk);
        if (before === undefined) {
          halveGrid(this.grid, level, this.pooling, row, end);
        } else {
          halveLevel(before, level, { pooling: this.pooling, grid: this.grid, power: this.levels.length }, row, end);
        }
        yield;
      }
      this.levels.push(level);
      ({ rows, columns } = level);
    }
  }
}

function emptyLevel(rows: number, columns: number): Level {
  return { rows, columns, values: new Float32Array(rows * columns), flags: new Uint8Array(rows * columns) };
}

function halveGrid(grid: Grid, into: Level, pooling: Pooling, from: number, end: number): void {
  const { data, rowStride, columnStride } = grid;
  for (let row = from; row < end; row++) {
    const down = 2 * row + 1 < grid.rows ? 2 : 1;
    for (let column = 0; column < into.columns; column++) {
      const across = 2 * column + 1 < grid.columns ? 2 : 1;
      const at = grid.offset + 2 * row * rowStride + 2 * column * columnStride;
      let count = 0;
      let flags = 0;
      let sum = 0;
      let least = Infinity;
      let most = -Infinity;
      for (let i = 0; i < down; i++) {
        for (let j = 0; j < across; j++) {
          const value = data[at + i * rowStride + j * columnStride] as number;
          if (value - value !== 0) {
            flags |= flagOf(value);
            continue;
          }
          count += 1;
          sum += value;
          least = value < least ? value : least;
          most = value > most ? value : most;
        }
      }
      const to = row * into.columns + column;
      into.flags[to] = flags;
      into.values[to] = count === 0 ? 0 : pooling === 'mean' ? sum / count : pooling === 'min' ? least : most;
    }
  }
}

/** Where pooled cells stand for different numbers of cells, at the last row and column, the mean is weighted by them. */
function halveLevel(
  before: Level,
  into: Level,
  { pooling, grid, power }: { pooling: Pooling; grid: Grid; power: number },
  from: number,
  end: number,
): void {
  const size = 2 ** power;
  const cells = (at: number, total: number) => Math.min(size, total - at * size);
  for (let row = from; row < end; row++) {
    for (let column = 0; column < into.columns; column++) {
      let weight = 0;
      let flags = 0;
      let sum = 0;
      let least = Infinity;
      let most = -Infinity;
      for (let r = 2 * row; r < Math.min(before.rows, 2 * row + 2); r++) {
        for (let c = 2 * column; c < Math.min(before.columns, 2 * column + 2); c++) {
          const at = r * before.columns + c;
          const value = before.values[at] as number;
          flags |= before.flags[at] as number;
          if (before.flags[at] !== 0 && value === 0) {
            continue; // perhaps nothing finite in it; what is flagged is drawn as such and not by its value
          }
          const part = cells(r, grid.rows) * cells(c, grid.columns);
          weight += part;
          sum += value * part;
          least = value < least ? value : least;
          most = value > most ? value : most;
        }
      }
      const to = row * into.columns + column;
      into.flags[to] = flags;
      into.values[to] = weight === 0 ? 0 : pooling === 'mean' ? sum / weight : pooling === 'min' ? least : most;
    }
  }
}
