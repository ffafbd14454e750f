// The map's pure parts: finding points near a place against looking at all of them, which names are shown, the marks that
// both painters share, colours against simulated colour blindness, and blending against the sums of Porter and Duff.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { PointsValue } from '../../../src/shared/trace.ts';
import { blend } from '../../../webview/elements/map/canvasPainter.ts';
import {
  bulkOfMap,
  extentOfMap,
  legendOf,
  mapOfPoints,
  OTHER_SLOT,
  slotsOf,
} from '../../../webview/elements/map/mapData.ts';
import { mapAction, towards } from '../../../webview/elements/map/mapKeys.ts';
import { labelled, placed, turnOf } from '../../../webview/elements/map/mapLabels.ts';
import { colorsOfMap, groundOf, outside, rgbOfText, SHAPES } from '../../../webview/elements/map/mapPalette.ts';
import { PointGrid } from '../../../webview/elements/map/pointGrid.ts';
import { radiusFor, SPRITES, spriteOf, spritesOf } from '../../../webview/elements/map/sprites.ts';
import { fitted, type Plane } from '../../../webview/elements/points/plane.ts';
import { luminance, type Rgb, type ThemeKind } from '../../../webview/elements/tensor/palette.ts';

const THEMES: readonly ThemeKind[] = ['dark', 'light', 'hc-dark', 'hc-light'];
const all = () => true;

function scattered(count: number, seed = 1): Float32Array {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count * 2 }, () => random() * 10 - 5);
}

const distance = (xy: Float32Array, index: number, x: number, y: number) =>
  Math.hypot((xy[index * 2] as number) - x, (xy[index * 2 + 1] as number) - y);

/** By looking at all of them. */
function byDistance(xy: Float32Array, x: number, y: number): number[] {
  return Array.from({ length: xy.length / 2 }, (_, index) => index).sort(
    (a, b) => distance(xy, a, x, y) - distance(xy, b, x, y) || a - b,
  );
}

describe('points near a place', () => {
  it('are those that looking at all points finds', () => {
    const place = fc.record({
      x: fc.double({ min: -7, max: 7, noNaN: true }),
      y: fc.double({ min: -7, max: 7, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 99 }), place, (count, seed, at) => {
        const xy = scattered(count, seed);
        const grid = new PointGrid(xy);
        const truth = byDistance(xy, at.x, at.y);
        expect(grid.nearest(at, 100, all)).toBe(truth[0]);
        expect(grid.nearestFew(at, 5, all)).toEqual(truth.slice(0, 5));
        const even = (index: number) => index % 2 === 0;
        expect(grid.nearestFew(at, 3, even, truth[0])).toEqual(truth.slice(1).filter(even).slice(0, 3));
      }),
      { numRuns: 100 },
    );
  });

  it('are none beyond the reach, and none that is no number', () => {
    const grid = new PointGrid(Float32Array.of(0, 0, Number.NaN, 1, 3, Number.POSITIVE_INFINITY));
    expect(grid.nearest({ x: 1, y: 0 }, 0.9, all)).toBeUndefined();
    expect(grid.nearest({ x: 1, y: 0 }, 1.1, all)).toBe(0);
    expect(grid.nearestFew({ x: 5, y: 5 }, 9, all)).toEqual([0]);
  });

  it('are found where all points are one, and where there are none', () => {
    const same = new PointGrid(new Float32Array(20).fill(3));
    expect(same.nearest({ x: 3, y: 3 }, 1, all)).toBe(9); // the one drawn on top
    expect(new PointGrid(new Float32Array()).nearestFew({ x: 0, y: 0 }, 3, all)).toEqual([]);
  });
});

describe('names', () => {
  const xy = scattered(4000);
  const grid = new PointGrid(xy);
  const plane: Plane = fitted(extentOfMap(xy), { width: 800, height: 500 });
  const font = { measure: (text: string) => text.length * 7, lineHeight: 16 };

  it('cover no other one and stay inside', () => {
    const wanted = labelled(plane, xy, grid, all, turnOf);
    const labels = placed(wanted, plane, xy, (index) => `point number ${index}`, font, 8);
    expect(labels.length).toBeGreaterThan(5);
    for (const [at, a] of labels.entries()) {
      expect(a.x).toBeGreaterThanOrEqual(0);
      expect(a.x + font.measure(a.text)).toBeLessThanOrEqual(800);
      for (const b of labels.slice(at + 1)) {
        const apart =
          Math.abs(a.y - b.y) >= 16 || a.x + font.measure(a.text) <= b.x || b.x + font.measure(b.text) <= a.x;
        expect(apart, `${a.text} and ${b.text}`).toBe(true);
      }
    }
  });

  it('stay with their points while one pans a little', () => {
    const near = { ...plane, scale: plane.scale * 3 };
    const before = new Set(labelled(near, xy, grid, all, turnOf));
    const moved = { ...near, center: { x: near.center.x + 4 / near.scale, y: near.center.y } };
    const after = labelled(moved, xy, grid, all, turnOf);
    const kept = after.filter((index) => before.has(index)).length;
    expect(kept / after.length).toBeGreaterThan(0.8);
  });

  it('leave out what is switched off', () => {
    expect(labelled(plane, xy, grid, (index) => index < 30, turnOf).every((index) => index < 30)).toBe(true);
  });
});

describe('categories', () => {
  it('beyond the eighth share one slot, and the legend counts all points', () => {
    const of = Uint8Array.from({ length: 100 }, (_, index) => index % 11);
    const counts = Array.from({ length: 11 }, (_, kind) => of.filter((one) => one === kind).length);
    const data = { xy: new Float32Array(200), categories: { names: counts.map(String), counts, of } };
    expect(Math.max(...slotsOf(data))).toBe(OTHER_SLOT);
    const legend = legendOf(data);
    expect(legend).toHaveLength(9);
    expect(legend.reduce((sum, { count }) => sum + count, 0)).toBe(100);
  });

  it('of a trace are its groups, the largest first, and points without one are in the last', () => {
    const groups = ['b', 'a', 'a', undefined, 'a', 'b', 'c'];
    const points: PointsValue = {
      kind: 'points',
      look: 'map',
      points: groups.map((group, x) => ({ x, y: -x, ...(group !== undefined && { group }) })),
    };
    const { xy, categories } = mapOfPoints(points);
    expect([...xy.slice(0, 4)]).toEqual([0, -0, 1, -1]);
    expect(categories?.names).toEqual(['a', 'b', 'c', '…']);
    expect(categories?.counts).toEqual([3, 2, 1, 1]);
    expect([...(categories?.of ?? [])]).toEqual([1, 0, 0, 3, 0, 1, 2]);
  });
});

// Full-strength matrices of Machado, Oliveira and Fernandes, "A physiologically-based model for simulation of color vision
// deficiency" (2009), for linear light.
const SEEN = {
  all: [1, 0, 0, 0, 1, 0, 0, 0, 1],
  protanopia: [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998],
  deuteranopia: [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.01182, 0.04294, 0.968881],
  tritanopia: [1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.3039],
} as const;

function labSeen(rgb: Rgb, matrix: readonly number[]): [number, number, number] {
  const linear = rgb.map((value) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
  const [r, g, b] = [0, 3, 6].map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        linear.reduce((sum, value, i) => sum + value * (matrix[row + i] as number), 0),
      ),
    ),
  ) as [number, number, number];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

describe('colours and shapes', () => {
  it.each(THEMES)('stay apart to every kind of colour vision, and stand out from the ground: %s', (theme) => {
    const colors = colorsOfMap(theme).slice(0, OTHER_SLOT);
    for (const [kind, matrix] of Object.entries(SEEN)) {
      const labs = colors.map((color) => labSeen(color, matrix));
      for (const [i, a] of labs.entries()) {
        for (const [j, b] of labs.slice(i + 1).entries()) {
          // 0.02 is about what people just tell apart in this space.
          expect(
            Math.hypot(...a.map((value, k) => value - (b[k] as number))),
            `${kind}: ${i} and ${i + 1 + j}`,
          ).toBeGreaterThan(0.09);
        }
      }
    }
    const ground = luminance(groundOf(theme));
    for (const color of colorsOfMap(theme)) {
      const [light, dark] = [Math.max(luminance(color), ground), Math.min(luminance(color), ground)];
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(3); // WCAG 2.1, 1.4.11
    }
  });

  it('has marks that differ by shape as well, in both ways of being drawn', () => {
    const { side, pixels } = spritesOf(4.5, colorsOfMap('dark'), groundOf('dark'));
    const coverage = (sprite: number) =>
      Array.from({ length: side * side }, (_, at) => (pixels[(sprite * side * side + at) * 4 + 3] as number) > 127);
    for (let a = 0; a < SPRITES; a += 2) {
      for (let b = 0; b < a; b += 2) {
        const differing = coverage(a).filter((ink, at) => ink !== coverage(b)[at]).length;
        expect(differing, `${SHAPES[a / 2]} and ${SHAPES[b / 2]}`).toBeGreaterThan(3);
      }
    }
  });

  it('covers what the shapes do: a disc of radius r has about π r² of ink', () => {
    let inside = 0;
    for (let x = -1.5; x <= 1.5; x += 0.01) {
      for (let y = -1.5; y <= 1.5; y += 0.01) {
        inside += outside('disc', x, y) <= 0 ? 1e-4 : 0;
      }
    }
    expect(inside).toBeCloseTo(Math.PI, 1);
  });

  it('reads colours as a theme writes them', () => {
    expect(rgbOfText('#1f1f1F')).toEqual([31, 31, 31]);
    expect(rgbOfText('rgb(1, 20, 255)')).toEqual([1, 20, 255]);
    expect(rgbOfText('')).toBeUndefined();
  });

  it('draws larger marks nearer, smaller ones where there are many', () => {
    expect(radiusFor(100, 1)).toBeGreaterThan(radiusFor(50_000, 1));
    expect(radiusFor(50_000, 20)).toBeGreaterThan(radiusFor(50_000, 1));
  });
});

describe('blending', () => {
  const sprites = spritesOf(3, colorsOfMap('dark'), [0, 0, 0]);
  const plane: Plane = { center: { x: 0, y: 0 }, scale: 10, size: { width: 21, height: 21 } };
  const frame = { plane, density: 1, sprites, moved: 1, shown: 0x1ff };

  it('lays one mark over another as Porter and Duff (1984) do', () => {
    const xy = Float32Array.of(0, 0, 0.1, 0.1);
    const marks = Uint8Array.of(spriteOf(0, 0), spriteOf(1, 0));
    const picture = new Int32Array(21 * 21);
    blend(picture, 21, 21, { from: xy, to: xy, sprites: marks }, frame);
    const bytes = new Uint8Array(picture.buffer);
    const { side, pixels } = sprites;
    const pixel = (sprite: number, dx: number, dy: number, channel: number) => {
      const [x, y] = [dx + (side - 1) / 2, dy + (side - 1) / 2];
      return x < 0 || y < 0 || x >= side || y >= side
        ? 0
        : (pixels[(sprite * side * side + y * side + x) * 4 + channel] as number);
    };
    for (let y = 0; y < 21; y++) {
      for (let x = 0; x < 21; x++) {
        const alpha = pixel(marks[1] as number, x - 11, y - 9, 3) / 255;
        for (let channel = 0; channel < 4; channel++) {
          const under = pixel(marks[0] as number, x - 10, y - 10, channel);
          const over = pixel(marks[1] as number, x - 11, y - 9, channel) + under * (1 - alpha);
          expect(Math.abs((bytes[(y * 21 + x) * 4 + channel] as number) - over), `${x},${y}`).toBeLessThanOrEqual(2);
        }
      }
    }
  });

  it('draws nothing of what is switched off, outside, or no number', () => {
    const picture = new Int32Array(21 * 21);
    const xy = Float32Array.of(0, 0, 50, 0, Number.NaN, 0);
    blend(picture, 21, 21, { from: xy, to: xy, sprites: Uint8Array.of(0, 2, 2) }, { ...frame, shown: 0x1fe });
    expect(picture.every((pixel) => pixel === 0)).toBe(true);
  });
});

describe('keys', () => {
  const key = (name: string, more = {}) =>
    mapAction({ key: name, shiftKey: false, altKey: false, ctrlKey: false, metaKey: false, ...more });

  it('walk, pan, zoom, choose and open, and leave others alone', () => {
    expect(key('ArrowUp')).toEqual({ do: 'go', dx: 0, dy: 1 });
    expect(key('ArrowUp', { shiftKey: true })).toMatchObject({ do: 'pan' });
    expect(key('+')).toMatchObject({ do: 'zoom' });
    expect([key('0'), key(' '), key('Enter'), key('Escape')].map((action) => action?.do)).toEqual([
      'fit',
      'pick',
      'open',
      'leave',
    ]);
    expect(key('a')).toBeUndefined();
    expect(key('ArrowUp', { ctrlKey: true })).toBeUndefined();
  });

  it('go to the next point on the side that an arrow points to, and nowhere where there is none', () => {
    const xy = Float32Array.of(0, 0, 1, 0, 2, 0.1, 0, 3, -1, -1);
    expect(towards(xy, 0, 1, 0, all)).toBe(1);
    expect(towards(xy, 1, 1, 0, all)).toBe(2);
    expect(towards(xy, 0, 0, 1, all)).toBe(3);
    expect(towards(xy, 2, 1, 0, all)).toBe(2);
    expect(towards(xy, 0, 1, 0, (index) => index !== 1)).toBe(2);
  });
});

describe('the bulk of a map', () => {
  const point = fc.record({
    x: fc.double({ min: -5, max: 5, noNaN: true }),
    y: fc.double({ min: -5, max: 5, noNaN: true }),
  });

  it('is all points where none lies far off', () => {
    fc.assert(
      fc.property(fc.array(point, { maxLength: 15 }), (places) => {
        const xy = Float32Array.from(places.flatMap(({ x, y }) => [x, y]));
        expect(bulkOfMap(xy)).toEqual({ extent: extentOfMap(xy), apart: [] });
      }),
    );
    const even = scattered(5000);
    expect(bulkOfMap(even)).toEqual({ extent: extentOfMap(even), apart: [] });
  });

  it('leaves out the few that lie far off, whichever they are and wherever', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 399 }), { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }),
        (far, angle) => {
          const xy = scattered(400);
          for (const index of far) {
            xy.set([Math.cos(angle) * 200, Math.sin(angle) * 200], index * 2);
          }
          const { extent, apart } = bulkOfMap(xy);
          expect(apart).toEqual([...far].sort((a, b) => a - b));
          const rest = xy.filter((_, at) => !far.includes(at >> 1));
          expect(extent).toEqual(extentOfMap(rest));
        },
      ),
    );
  });

  it('takes a second crowd for no outlier', () => {
    const xy = scattered(400);
    for (let index = 0; index < 40; index++) {
      xy[index * 2] = (xy[index * 2] as number) + 300;
    }
    expect(bulkOfMap(xy).apart).toEqual([]);
  });
});
