// The borders on the town's map, held against asking each place for its nearest middle.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bakeries, onGlobe, type Place } from '../../../src/programs/town.ts';
import { borders } from '../../../src/programs/townBorders.ts';
import { buildIvf } from '../../../src/retrieval/vectors/ivf.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import type { MapLine } from '../../../src/shared/trace.ts';

const middlesOf = (districts: number) => buildIvf(bakeries(200).map(onGlobe), districts, seededRandom(1)).centres;

function nearness(middles: readonly ArrayLike<number>[], place: Place): number[] {
  const spot = onGlobe(place);
  return middles.map((middle) => spot.reduce((sum, value, c) => sum + value * middle[c]!, 0));
}

const home = (middles: readonly ArrayLike<number>[], place: Place) => {
  const near = nearness(middles, place);
  return near.indexOf(Math.max(...near));
};

function distance({ from, to }: MapLine, { x, y }: Place): number {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy || 1);
  const at = Math.max(0, Math.min(1, along));
  return Math.hypot(x - from[0] - at * dx, y - from[1] - at * dy);
}

const spot = fc.record({ x: fc.integer({ min: -98, max: 98 }), y: fc.integer({ min: -98, max: 98 }) });
const placeOf = ({ x, y }: Place): Place => ({ x: x / 100, y: y / 100 });

describe('borders', () => {
  it('have the two nearest middles equally near', () => {
    for (const districts of [2, 14, 30]) {
      const middles = middlesOf(districts);
      const lines = borders(middles);
      expect(lines.length).toBeGreaterThan(0);
      for (const { from, to } of lines.filter(({ from, to }) => Math.hypot(to[0] - from[0], to[1] - from[1]) > 0.02)) {
        const near = nearness(middles, { x: (from[0] + to[0]) / 2, y: (from[1] + to[1]) / 2 });
        const [first, second] = near.toSorted((a, b) => b - a);
        expect(first! - second!).toBeLessThan(5e-5);
      }
    }
  });

  it('lie between any two places of different districts, and stay within the town', () => {
    const middles = middlesOf(14);
    const lines = borders(middles);
    for (const { from, to } of lines) {
      expect(Math.max(...[...from, ...to].map(Math.abs))).toBeLessThanOrEqual(1);
    }
    fc.assert(
      fc.property(spot, fc.constantFrom([0.02, 0], [0, 0.02]), (where, [east, north]) => {
        const here = placeOf(where);
        const there = { x: here.x + east!, y: here.y + north! };
        if (home(middles, here) !== home(middles, there)) {
          const between = { x: (here.x + there.x) / 2, y: (here.y + there.y) / 2 };
          expect(Math.min(...lines.map((line) => distance(line, between)))).toBeLessThan(0.02);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('are none where there is one district, or two in one place', () => {
    const [middle] = middlesOf(2);
    expect(borders([middle!])).toEqual([]);
    expect(borders([middle!, middle!])).toEqual([]);
  });
});
