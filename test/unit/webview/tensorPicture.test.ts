// The parts of a tensor's picture that draw nothing themselves: which cells, pooled how, in what colours and where.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { TensorStatistics } from '../../../src/shared/trace.ts';
import { missingPart } from '../../../webview/elements/tensor/detail.ts';
import {
  type Choice,
  cellAt,
  elementAt,
  firstChoice,
  type Grid,
  gridOf,
  type Held,
  indexOf,
  nextCell,
  sizeOf,
  wholeSlice,
  withAxis,
} from '../../../webview/elements/tensor/grid.ts';
import { levelFor, paint } from '../../../webview/elements/tensor/paint.ts';
import {
  COLORS,
  colorsOf,
  inkOn,
  luminance,
  patternTones,
  pixelOf,
  type Rgb,
} from '../../../webview/elements/tensor/palette.ts';
import { NAN, PLUS_INF, type Pooling, Pyramid } from '../../../webview/elements/tensor/pyramid.ts';
import { colorIndex, firstRange, percentiles, scaleOf } from '../../../webview/elements/tensor/range.ts';
import {
  cellUnder,
  fitted,
  panned,
  revealing,
  ticks,
  visible,
  zoomed,
} from '../../../webview/elements/tensor/viewport.ts';

const THEMES = ['dark', 'light', 'hc-dark', 'hc-light'] as const;

function held(shape: readonly number[], seed = 1): Held {
  const random = seededRandom(seed);
  return { data: Float32Array.from({ length: sizeOf(shape) }, () => random() * 2 - 1), slice: wholeSlice(shape) };
}
const gridWith = (rows: number, columns: number, data: readonly number[]): Grid =>
  gridOf({ data: Float32Array.from(data), slice: wholeSlice([rows, columns]) }, firstChoice([rows, columns])) as Grid;

describe('a grid', () => {
  it('shows the same elements that an index finds, for any two axes and any slice', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        fc.nat(),
        (shape, a, b, c) => {
          const all = held(shape, c);
          let choice: Choice = { ...firstChoice(shape), fixed: shape.map((size) => c % size) };
          choice = withAxis(choice, 'column', a % shape.length);
          if (shape.length > 1) {
            choice = withAxis(choice, 'row', b % shape.length);
            expect(choice.row).not.toBe(choice.column);
          }
          const grid = gridOf(all, choice) as Grid;
          for (let row = 0; row < grid.rows; row++) {
            for (let column = 0; column < grid.columns; column++) {
              expect(cellAt(grid, row, column)).toBe(elementAt(all, indexOf(choice, row, column)));
            }
          }
        },
      ),
    );
  });

  it('of a preview knows only what it has', () => {
    const part: Held = {
      data: Float32Array.of(1, 2, 3, 4),
      slice: { start: [0, 2, 1], step: [1, 4, 3], shape: [1, 2, 2] },
    };
    const grid = gridOf(part, { row: 1, column: 2, fixed: [0, 0, 0] }) as Grid;
    expect([cellAt(grid, 2, 1), cellAt(grid, 6, 4), cellAt(grid, 3, 1), cellAt(grid, 10, 1)]).toEqual([
      1,
      4,
      undefined,
      undefined,
    ]);
    expect(gridOf(part, { row: 1, column: 2, fixed: [1, 0, 0] })).toBeUndefined();
    expect(elementAt(part, [0, 6, 1])).toBe(3);
  });

  it('finds the next cell that fits, and comes round again', () => {
    const grid = gridWith(2, 3, [0, Number.NaN, 0, 0, 0, Infinity]);
    const odd = (value: number) => !Number.isFinite(value);
    expect(nextCell(grid, { row: 0, column: 0 }, odd)).toEqual({ row: 0, column: 1 });
    expect(nextCell(grid, { row: 0, column: 1 }, odd)).toEqual({ row: 1, column: 2 });
    expect(nextCell(grid, { row: 1, column: 2 }, odd)).toEqual({ row: 0, column: 1 });
    expect(nextCell(grid, { row: 0, column: 0 }, (value) => value === 9)).toBeUndefined();
  });
});

describe('a pyramid', () => {
  it.each<Pooling>(['mean', 'min', 'max'])('holds the %s of the cells under each of its own', (pooling) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 37 }), fc.integer({ min: 1, max: 37 }), fc.nat(), (rows, columns, seed) => {
        const grid = gridOf(held([columns, rows], seed), { row: 1, column: 0, fixed: [0, 0] }) as Grid; // turned round
        const pyramid = new Pyramid(grid, pooling);
        Array.from(pyramid.build());
        for (const [at, level] of pyramid.levels.entries()) {
          const size = 2 ** (at + 1);
          expect([level.rows, level.columns]).toEqual([Math.ceil(rows / size), Math.ceil(columns / size)]);
          for (let r = 0; r < level.rows; r++) {
            for (let c = 0; c < level.columns; c++) {
              const cells: number[] = [];
              for (let i = r * size; i < Math.min(rows, (r + 1) * size); i++) {
                for (let j = c * size; j < Math.min(columns, (c + 1) * size); j++) {
                  cells.push(cellAt(grid, i, j) as number);
                }
              }
              const expected =
                pooling === 'mean' ? cells.reduce((a, b) => a + b, 0) / cells.length : Math[pooling](...cells);
              expect(level.values[r * level.columns + c]).toBeCloseTo(expected, 5);
            }
          }
        }
        expect(pyramid.levels.length === 0 || pyramid.levels.at(-1)?.values.length === 1).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('loses no NaN and no infinity on the way up', () => {
    const data = new Array<number>(64 * 64).fill(1);
    data[1000] = Number.NaN;
    data[3000] = Infinity;
    const pyramid = new Pyramid(gridWith(64, 64, data), 'mean');
    Array.from(pyramid.build());
    expect(pyramid.levels.at(-1)?.flags[0]).toBe(NAN | PLUS_INF);
    expect(pyramid.levels[0]?.flags.reduce((count, flag) => count + (flag === 0 ? 0 : 1), 0)).toBe(2);
    expect(pyramid.levels[0]?.values[((1000 / 64) >> 1) * 32 + ((1000 % 64) >> 1)]).toBe(1);
  });
});

describe('a viewport', () => {
  const sizes = {
    rows: fc.integer({ min: 1, max: 5000 }),
    columns: fc.integer({ min: 1, max: 5000 }),
    width: fc.integer({ min: 200, max: 1600 }),
    height: fc.integer({ min: 40, max: 420 }),
  };

  it('shows the whole at first, and never anything beside it', () => {
    fc.assert(
      fc.property(
        fc.record(sizes),
        fc.array(
          fc.tuple(fc.constantFrom(0.3, 1.5, 4), fc.nat(1600), fc.nat(420), fc.integer({ min: -500, max: 500 })),
        ),
        ({ rows, columns, width, height }, moves) => {
          const [extent, size] = [
            { rows, columns },
            { width, height },
          ];
          let view = fitted(extent, size);
          expect(visible(view, extent, size)).toEqual({
            rows: { from: 0, end: rows },
            columns: { from: 0, end: columns },
          });
          for (const [factor, x, y, by] of moves) {
            view = panned(zoomed(view, factor, { x, y }, extent, size), by, -by, extent, size);
            expect(view.x).toBeGreaterThanOrEqual(0);
            expect(view.y).toBeGreaterThanOrEqual(0);
            expect((columns - view.x) * view.columnSize).toBeGreaterThan(
              Math.min(width, columns * view.columnSize) - 1e-3,
            );
            expect(view.columnSize).toBeGreaterThanOrEqual(fitted(extent, size).columnSize * 0.999);
            expect(view.columnSize).toBeLessThanOrEqual(177);
          }
        },
      ),
    );
  });

  it('zooms about the point it is told', () => {
    const [extent, size, at] = [
      { rows: 1000, columns: 1000 },
      { width: 400, height: 400 },
      { x: 100, y: 300 },
    ];
    const before = fitted(extent, size);
    const after = zoomed(before, 4, at, extent, size);
    expect(after.x + at.x / after.columnSize).toBeCloseTo(before.x + at.x / before.columnSize, 9);
    expect(after.y + at.y / after.rowSize).toBeCloseTo(before.y + at.y / before.rowSize, 9);
  });

  it('brings a cell into view and finds it again under its pixel', () => {
    fc.assert(
      fc.property(fc.record(sizes), fc.nat(), fc.nat(), ({ rows, columns, width, height }, a, b) => {
        const [extent, size] = [
          { rows, columns },
          { width, height },
        ];
        const [row, column] = [a % rows, b % columns];
        const near = zoomed(fitted(extent, size), 1e6, { x: 0, y: 0 }, extent, size);
        const view = revealing(near, row, column, extent, size);
        const [x, y] = [(column + 0.5 - view.x) * view.columnSize, (row + 0.5 - view.y) * view.rowSize];
        expect(cellUnder(view, x, y, extent)).toEqual({ row, column });
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(width);
      }),
    );
  });

  it('labels an axis at round places, apart from each other', () => {
    expect(ticks({ from: 3, end: 40 }, 10, 30)).toEqual([5, 10, 15, 20, 25, 30, 35]);
    expect(ticks({ from: 0, end: 4096 }, 0.1, 40)).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000]);
    expect(ticks({ from: 0, end: 3 }, 44, 40)).toEqual([0, 1, 2]);
  });
});

/** How far two colours are apart in CIE L*a*b*, D65: about 2.3 is just seen. */
function difference(one: Rgb, two: Rgb): number {
  const lab = (rgb: Rgb) => {
    const [r, g, b] = rgb.map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    ) as [number, number, number];
    const f = (t: number) => (t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29);
    const [x, y, z] = [
      f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505),
      f(0.2126 * r + 0.7152 * g + 0.0722 * b),
      f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089),
    ];
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)] as const;
  };
  const [p, q] = [lab(one), lab(two)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/** Full dichromacy as Machado, Oliveira and Fernandes (2009) simulate it, on linear light. */
const DICHROMACY = {
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

function seenBy(kind: keyof typeof DICHROMACY, rgb: Rgb): Rgb {
  const linear = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  );
  const m = DICHROMACY[kind];
  return [0, 1, 2].map((row) => {
    const value = linear.reduce((sum, part, at) => sum + part * (m[row * 3 + at] as number), 0);
    const kept = Math.min(1, Math.max(0, value));
    return 255 * (kept <= 0.0031308 ? kept * 12.92 : 1.055 * kept ** (1 / 2.4) - 0.055);
  }) as unknown as Rgb;
}

describe.each(THEMES)('the colours in %s', (theme) => {
  it('rise or fall in lightness all the way, low to high', () => {
    const lights = colorsOf('sequential', theme).map(luminance);
    const sign = theme === 'dark' || theme === 'hc-dark' ? 1 : -1;
    for (let i = 4; i < COLORS; i++) {
      expect(sign * ((lights[i] as number) - (lights[i - 4] as number))).toBeGreaterThan(0);
    }
  });

  it('tell the signs apart to every kind of colour vision, from a fifth of the range on', () => {
    const colors = colorsOf('diverging', theme);
    for (const part of [0.2, 0.5, 1]) {
      const [below, above] = [-1, 1].map(
        (sign) => colors[Math.round(((sign * part + 1) / 2) * (COLORS - 1))] as Rgb,
      ) as [Rgb, Rgb];
      expect(difference(below, above)).toBeGreaterThan(20 * part + 5);
      for (const kind of Object.keys(DICHROMACY) as (keyof typeof DICHROMACY)[]) {
        expect(difference(seenBy(kind, below), seenBy(kind, above)), `${kind} at ${part}`).toBeGreaterThan(8);
      }
    }
  });

  it('are further from the middle the further from zero', () => {
    const colors = colorsOf('diverging', theme);
    const middle = luminance(colors[(COLORS - 1) / 2] as Rgb);
    const far = colors.map((color) => Math.abs(luminance(color) - middle));
    for (let i = (COLORS - 1) / 2 + 4; i < COLORS; i++) {
      expect(far[i]).toBeGreaterThan(far[i - 4] as number);
      expect(far[COLORS - 1 - i]).toBeGreaterThan(far[COLORS - 1 - i + 4] as number);
    }
  });

  it('can all be written on, and none is a pattern tone', () => {
    for (const map of ['diverging', 'sequential'] as const) {
      for (const color of colorsOf(map, theme)) {
        const [light, dark] = [luminance(color), inkOn(color) === '#000000' ? 0 : 1];
        expect((Math.max(light, dark) + 0.05) / (Math.min(light, dark) + 0.05)).toBeGreaterThanOrEqual(4.5);
      }
      const [, tone] = patternTones(theme);
      expect(Math.min(...colorsOf(map, theme).map((color) => difference(color, tone)))).toBeGreaterThan(15);
    }
  });
});

describe('a range', () => {
  const statistics: TensorStatistics = {
    min: -2,
    max: 6,
    mean: 1,
    std: 1,
    nan: 0,
    inf: 0,
    histogram: { from: -2, to: 6, counts: [1] },
  };
  const grid = gridWith(
    1,
    101,
    Array.from({ length: 101 }, (_, i) => i),
  );

  it('has zero in the middle where there are both signs', () => {
    expect(scaleOf(firstRange, statistics, grid)).toEqual({ map: 'diverging', low: -6, high: 6 });
    expect(colorIndex(0, scaleOf(firstRange, statistics, grid))).toBe((COLORS - 1) / 2);
    expect(scaleOf(firstRange, { ...statistics, min: 1 }, grid)).toEqual({ map: 'sequential', low: 1, high: 6 });
    expect(scaleOf({ ...firstRange, map: 'sequential' }, statistics, grid)).toEqual({
      map: 'sequential',
      low: -2,
      high: 6,
    });
    expect(scaleOf({ ...firstRange, mode: 'symmetric' }, { ...statistics, min: 1 }, grid)).toEqual({
      map: 'diverging',
      low: -6,
      high: 6,
    });
    expect(scaleOf({ ...firstRange, mode: 'manual', low: 2, high: 3 }, statistics, grid)).toEqual({
      map: 'sequential',
      low: 2,
      high: 3,
    });
    expect(scaleOf(firstRange, { ...statistics, min: null, max: null }, grid)).toEqual({
      map: 'sequential',
      low: 0,
      high: 0,
    });
  });

  it('leaves out the extremes by percentiles', () => {
    expect(percentiles(grid, 10)).toEqual([10, 90]);
    expect(percentiles(gridWith(1, 3, [Number.NaN, 5, Infinity]), 0)).toEqual([5, 5]);
    expect(percentiles(gridWith(1, 1, [Number.NaN]), 0)).toBeUndefined();
  });

  it('gives every finite value a colour, a constant one the middle', () => {
    fc.assert(
      fc.property(
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        fc.float({ noNaN: true, noDefaultInfinity: true }),
        (value, low, high) => {
          const at = colorIndex(value, { map: 'sequential', low: Math.min(low, high), high: Math.max(low, high) });
          expect(at >= 0 && at < COLORS && Number.isInteger(at)).toBe(true);
        },
      ),
    );
    expect(colorIndex(3, { map: 'sequential', low: 3, high: 3 })).toBe((COLORS - 1) / 2);
  });
});

describe('painting', () => {
  const look = { scale: { map: 'diverging', low: -1, high: 1 }, theme: 'dark' } as const;
  const blank = (width: number, height: number) => ({
    pixels: new Uint32Array(width * height),
    width,
    height,
    density: 1,
  });
  const colors = colorsOf('diverging', 'dark').map(pixelOf);

  it('gives each pixel the colour of its cell, and leaves what is beside the cells', () => {
    const picture = blank(8, 4);
    const grid = gridWith(2, 3, [-1, 0, 1, 1, -0.5, 0.5]);
    paint(picture, { x: 0, y: 0, columnSize: 2, rowSize: 2 }, grid, look);
    const expected = [...[-1, 0, 1], ...[1, -0.5, 0.5]].map((value) => colors[colorIndex(value, look.scale)]);
    const row = (r: number) => [0, 0, 1, 1, 2, 2].map((c) => expected[r * 3 + c]).concat(0, 0);
    expect([...picture.pixels]).toEqual([...row(0), ...row(0), ...row(1), ...row(1)]);
  });

  it('gives what lies far beyond the range the colour of its end', () => {
    const picture = blank(4, 1);
    const grid = gridWith(1, 4, [3e38, -3e38, 1e12, -(2 ** 33)]);
    paint(picture, { x: 0, y: 0, columnSize: 1, rowSize: 1 }, grid, look);
    expect([...picture.pixels]).toEqual([colors.at(-1), colors[0], colors.at(-1), colors[0]]);
  });

  it('draws what is not finite in two tones that no number has, also when pooled', () => {
    const tones = new Set(patternTones('dark').map(pixelOf));
    const grid = gridWith(16, 16, new Array<number>(256).fill(0).with(0, Number.NaN));
    const full = blank(16, 16);
    paint(full, { x: 0, y: 0, columnSize: 16, rowSize: 16 }, grid, look);
    expect(new Set(full.pixels)).toEqual(tones);
    const pyramid = new Pyramid(grid, 'mean');
    Array.from(pyramid.build());
    const small = blank(2, 2);
    paint(small, { x: 0, y: 0, columnSize: 1 / 8, rowSize: 1 / 8 }, grid, look, pyramid.level(3));
    expect([...small.pixels].map((pixel) => tones.has(pixel))).toEqual([true, false, false, false]);
    expect(small.pixels[3]).toBe(colors[(COLORS - 1) / 2]);
  });

  it('takes the level at which a cell is a pixel or more', () => {
    const grid = gridWith(1, 1, [0]);
    const at = (size: number, density = 1) => levelFor({ x: 0, y: 0, columnSize: size, rowSize: size }, grid, density);
    expect([at(3), at(1), at(0.5), at(0.4), at(1 / 8), at(1 / 8, 2)]).toEqual([0, 0, 1, 2, 3, 2]);
  });
});

describe('what is fetched of a preview', () => {
  const shape = [4, 3000, 3000];
  const choice = { row: 1, column: 2, fixed: [2, 0, 0] };
  const sampled: Held = {
    data: new Float32Array(0),
    slice: { start: [2, 0, 0], step: [1, 10, 10], shape: [1, 300, 300] },
  };
  const range = (from: number, end: number) => ({ from, end });

  it('is the part on the screen, as fine as the screen can show', () => {
    expect(missingPart(shape, choice, { rows: range(100, 200), columns: range(0, 3000) }, [sampled])).toEqual({
      start: [2, 100, 0],
      step: [1, 1, 3],
      shape: [1, 100, 1000],
    });
  });

  it('is nothing where what is held is as fine', () => {
    const rows = range(0, 1000);
    const part = missingPart(shape, choice, { rows, columns: rows }, [sampled]);
    expect(part?.shape).toEqual([1, 1000, 1000]);
    const got: Held = { data: new Float32Array(0), slice: part as NonNullable<typeof part> };
    expect(
      missingPart(shape, choice, { rows: range(20, 900), columns: range(5, 500) }, [sampled, got]),
    ).toBeUndefined();
    expect(missingPart(shape, { ...choice, fixed: [3, 0, 0] }, { rows, columns: rows }, [sampled, got])).toBeDefined();
  });
});
