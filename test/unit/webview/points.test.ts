// The plane of the points view without a browser: places and pixels, zoom, round numbers, labels, and moves.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NumberParam } from '../../../src/shared/params.ts';
import { placeLabels } from '../../../webview/elements/points/labels.ts';
import { type Handle, handleOf, reachable, stepped } from '../../../webview/elements/points/moves.ts';
import { extentFor, neighbour } from '../../../webview/elements/points/picture.ts';
import {
  extentOf,
  fitted,
  panned,
  pixelOf,
  placeAt,
  revealing,
  steadied,
  ticksBetween,
  visible,
  zoomed,
} from '../../../webview/elements/points/plane.ts';

const size = { width: 400, height: 300 };
const place = fc.record({
  x: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  y: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
});

describe('the plane', () => {
  it('fits all places, with one scale, and undoes its own pixels', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 1, maxLength: 8 }), (places) => {
        const plane = fitted(extentOf(places), size);
        for (const where of places) {
          const { x, y } = pixelOf(plane, where);
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(size.width);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(y).toBeLessThanOrEqual(size.height);
          const back = placeAt(plane, { x, y });
          expect(Math.abs(back.x - where.x) * plane.scale).toBeLessThan(1e-3);
          expect(Math.abs(back.y - where.y) * plane.scale).toBeLessThan(1e-3);
        }
      }),
    );
  });

  it('draws places as one where nothing but rounding tells them apart', () => {
    for (const far of [0, 1e-3, 1e6, 1e9, 3e38]) {
      const places = [0, 2 ** -52, 2 ** -50].map((part) => ({ x: -far * (1 - part), y: 0 }));
      const plane = fitted(extentOf(places), size);
      for (const where of places) {
        const pixel = pixelOf(plane, where);
        expect([pixel.x, pixel.y]).toEqual([expect.closeTo(200, 3), expect.closeTo(150, 3)]);
        expect(Math.abs(placeAt(plane, pixel).x - where.x) * plane.scale).toBeLessThan(1e-3);
      }
    }
  });

  it('leaves the room that a picture asks for, so that stretching an arrow does not shrink the others', () => {
    const room = [
      [0, -1],
      [10, 5],
    ] as const;
    const extents = [1, 2].map((x) => extentFor({ kind: 'points', look: 'arrows', points: [{ x, y: x }], room }, {}));
    expect(extents).toEqual(extents.map(() => ({ left: 0, right: 10, bottom: -1, top: 5 })));
  });

  it('draws upwards what is larger', () => {
    const plane = fitted(
      extentOf([
        { x: 0, y: 0 },
        { x: 1, y: 1 },
      ]),
      size,
    );
    expect(pixelOf(plane, { x: 0, y: 1 }).y).toBeLessThan(pixelOf(plane, { x: 0, y: 0 }).y);
  });

  it('leaves out places that are no numbers', () => {
    expect(
      extentOf([
        { x: Number.NaN, y: 0 },
        { x: 2, y: Infinity },
        { x: 1, y: 3 },
      ]),
    ).toEqual({
      left: 0,
      right: 2,
      bottom: 2,
      top: 4,
    });
  });

  it('zooms about a pixel: what is under it stays there; and not out beyond all', () => {
    const home = fitted(
      extentOf([
        { x: -3, y: -2 },
        { x: 5, y: 4 },
      ]),
      size,
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 300 }), (x, y) => {
        const before = placeAt(home, { x, y });
        const near = zoomed(home, 3, { x, y }, home);
        const after = pixelOf(near, before);
        expect(near.scale).toBeCloseTo(3 * home.scale, 9);
        expect([after.x, after.y]).toEqual([expect.closeTo(x, 6), expect.closeTo(y, 6)]);
        expect(zoomed(near, 0.1, { x, y }, home)).toBe(home);
      }),
    );
    expect(zoomed(home, 1e9, { x: 0, y: 0 }, home).scale).toBeLessThan(home.scale * 1000);
  });

  it('pans by pixels, and brings a place into sight without more than that', () => {
    const plane = fitted(
      extentOf([
        { x: 0, y: 0 },
        { x: 4, y: 3 },
      ]),
      size,
    );
    const moved = pixelOf(panned(plane, 30, -20), { x: 1, y: 1 });
    const before = pixelOf(plane, { x: 1, y: 1 });
    expect([moved.x - before.x, moved.y - before.y]).toEqual([expect.closeTo(30), expect.closeTo(-20)]);
    expect(revealing(plane, { x: 2, y: 1 }).center.x).toBeCloseTo(plane.center.x);
    const seen = pixelOf(revealing(plane, { x: 400, y: -300 }), { x: 400, y: -300 });
    expect(seen.x).toBeLessThan(size.width);
    expect(seen.y).toBeLessThan(size.height);
  });

  it('stands still while what it shows moves within it, and not when it shrinks to a corner', () => {
    const before = { left: -4, right: 4, bottom: -4, top: 4 };
    expect(steadied({ left: -3, right: 3.5, bottom: 0, top: 2 }, before)).toBe(before);
    const outside = { left: -5, right: 3, bottom: 0, top: 2 };
    expect(steadied(outside, before)).toBe(outside);
    const small = { left: 0, right: 1, bottom: 0, top: 1 };
    expect(steadied(small, before)).toBe(small);
    expect(steadied(small, undefined)).toBe(small);
  });

  it('has grid lines at round numbers, far enough apart', () => {
    expect(ticksBetween(-1, 1, 100, 44)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(ticksBetween(-0.3, 0.31, 500, 44)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: 1e-4, max: 1e4, noNaN: true }),
        (from, scale) => {
          const ticks = ticksBetween(from, from + 400 / scale, scale, 44);
          ticks.slice(1).forEach((tick, i) => {
            expect((tick - ticks[i]!) * scale).toBeGreaterThan(43);
            expect((tick - ticks[i]!) * scale).toBeLessThan(44 * 2.6);
          });
          expect(ticks.length).toBeGreaterThan(1);
        },
      ),
    );
  });

  it('knows what is on the screen', () => {
    const plane = fitted(
      extentOf([
        { x: 0, y: 0 },
        { x: 10, y: 10 },
      ]),
      size,
    );
    const { left, right, bottom, top } = visible(plane);
    expect((right - left) / (top - bottom)).toBeCloseTo(400 / 300, 9);
    expect(left).toBeLessThan(0);
    expect(top).toBeGreaterThan(10);
  });
});

describe('labels', () => {
  const font = { measure: (text: string) => text.length * 7, lineHeight: 15 };
  const wish = (text: string, x: number, y: number, rank = 0) => ({ text, anchor: { x, y }, rank, clear: 8 });

  it('never cover each other or leave the picture, whatever is asked', () => {
    const pixel = fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 300 }) });
    fc.assert(
      fc.property(fc.array(pixel, { maxLength: 40 }), (anchors) => {
        const wishes = anchors.map(({ x, y }, i) => wish(`number ${i}`, x, y, i % 5 === 0 ? 1 : 0));
        const placed = placeLabels(wishes, size, font, anchors, 5);
        const boxes = placed.map(({ index, x, y }) => {
          const width = font.measure(wishes[index]!.text);
          return { left: x - width / 2, right: x + width / 2, top: y - 7.5, bottom: y + 7.5 };
        });
        boxes.forEach((a, i) => {
          expect(a.left >= 0 && a.right <= 400 && a.top >= 0 && a.bottom <= 300).toBe(true);
          for (const b of boxes.slice(i + 1)) {
            expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(false);
          }
        });
      }),
    );
  });

  it('stand beside their point, on the side they wish, and further off with a line where that is taken', () => {
    const [alone] = placeLabels([{ ...wish('a', 200, 150), toward: { x: 0, y: -4 } }], size, font, [], 5);
    expect(alone).toMatchObject({ index: 0, x: 200, led: false });
    expect(alone!.y).toBeLessThan(150 - 8);
    const crowd = Array.from({ length: 9 }, (_, i) => wish('a rather long name', 200, 150 + i));
    const placed = placeLabels(crowd, size, font, [], 5);
    expect(placed.some(({ led }) => led)).toBe(true);
    expect(placed.some(({ led }) => !led)).toBe(true);
  });

  it('with the highest rank choose first', () => {
    const wishes = Array.from({ length: 80 }, (_, i) => wish('the same name', 200, 150, i === 79 ? 1 : 0));
    const placed = placeLabels(wishes, size, font, [], 5);
    expect(placed.length).toBeLessThan(80);
    expect(placed.find(({ index }) => index === 79)).toMatchObject({ led: false });
  });
});

describe('moving', () => {
  const param = (more: Partial<NumberParam>): NumberParam => ({
    type: 'number',
    label: 'x',
    default: 0,
    min: -5,
    max: 5,
    step: 0.1,
    ...more,
  });
  const handle: Handle = { x: param({}), y: param({ min: 0, max: 24, step: 0.5 }), names: { x: 'a', y: 'b' } };

  it('is for points whose two parameters are offered', () => {
    const point = { x: 0, y: 0, move: { x: 'a', y: 'b' } };
    expect(handleOf(point, { a: param({}), b: param({}) })?.names).toEqual({ x: 'a', y: 'b' });
    expect(handleOf(point, { a: param({}) })).toBeUndefined();
    expect(handleOf({ x: 0, y: 0 }, { a: param({}), b: param({}) })).toBeUndefined();
  });

  it('goes to values that the parameters take, without crumbs', () => {
    expect(reachable({ x: 0.3000000001, y: 7.26 }, handle)).toEqual({ x: 0.3, y: 7.5 });
    expect(reachable({ x: 99, y: -3 }, handle)).toEqual({ x: 5, y: 0 });
    fc.assert(
      fc.property(fc.double({ min: -9, max: 9, noNaN: true }), (x) => {
        const to = reachable({ x, y: 0 }, handle).x;
        expect(to).toBe(Number(to.toFixed(1)));
        expect(to >= -5 && to <= 5).toBe(true);
      }),
    );
  });

  it('by keys goes a step, ten with Shift, and no less than a hundredth of the range', () => {
    expect(stepped({ x: 1, y: 2 }, 1, 0, false, handle)).toEqual({ x: 1.1, y: 2 });
    expect(stepped({ x: 1, y: 2 }, 0, -1, true, handle)).toEqual({ x: 1, y: 0 });
    const fine: Handle = { ...handle, x: param({ step: 0.001 }) };
    expect(stepped({ x: 0, y: 0 }, -1, 0, false, fine).x).toBe(-0.1);
  });

  it('from point to point goes to the nearest on the side that the key says', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 2, y: 0.5 },
      { x: 5, y: 0 },
      { x: 0, y: 3 },
    ];
    expect(neighbour(points, undefined, 1, 0)).toBe(0);
    expect(neighbour(points, 0, 1, 0)).toBe(1);
    expect(neighbour(points, 1, 1, 0)).toBe(2);
    expect(neighbour(points, 0, 0, 1)).toBe(3);
    expect(neighbour(points, 0, -1, 0)).toBe(0);
    expect(neighbour([], undefined, 1, 0)).toBeUndefined();
  });
});
