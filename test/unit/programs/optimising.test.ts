// The programs of the lesson on optimisation: slopes against finite differences, the balls' ways against PyTorch's.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../../../src/build/paths.ts';
import { RULES } from '../../../src/programs/fourBalls.ts';
import { type Landscape, landscapes } from '../../../src/programs/landscapes.ts';
import type { PlaneValue } from '../../../src/shared/planeValue.ts';
import { framesOf, output, run, table } from './run.ts';

/** Made by make_ways.py, which stands beside it. */
const ways = JSON.parse(readFileSync(inRoot('test/fixtures/model/ways.json'), 'utf8')) as Record<string, number[][]>;

describe.each(Object.entries(landscapes))('the landscape %s', (_, land: Landscape) => {
  const coordinate = fc.double({ min: -2, max: 3, noNaN: true });

  it('has the slopes that are measured', () => {
    fc.assert(
      fc.property(coordinate, coordinate, (x, y) => {
        const h = 1e-5;
        const measured = [
          (land.loss([x + h, y]) - land.loss([x - h, y])) / (2 * h),
          (land.loss([x, y + h]) - land.loss([x, y - h])) / (2 * h),
        ];
        land.slope([x, y]).forEach((slope, i) => {
          expect(Math.abs(slope - measured[i]!)).toBeLessThan(1e-4);
        });
        expect(land.loss([x, y])).toBeGreaterThanOrEqual(land.loss(land.lowest) - 1e-6);
      }),
      { numRuns: 50 },
    );
    for (const slope of land.slope(land.lowest)) {
      expect(slope).toBeCloseTo(0, 3);
    }
  });
});

describe('four-balls', () => {
  it('goes where PyTorch’s optimisers go', async () => {
    const trace = await run('four-balls', {});
    const { paths } = output(trace, trace.frames[10], 'landscape') as PlaneValue;
    expect(paths!.map(({ label }) => label)).toEqual(RULES.map(({ label }) => label));
    RULES.forEach(({ id }, i) => {
      const theirs = ways[id]!;
      expect(paths![i]!.points).toHaveLength(theirs.length);
      paths![i]!.points.forEach((place, step) => {
        expect(place[0]).toBeCloseTo(theirs[step]![0]!, 4);
        expect(place[1]).toBeCloseTo(theirs[step]![1]!, 4);
      });
    });
  });

  it('says that a ball is gone, and keeps no number of it', async () => {
    const trace = await run('four-balls', { rate: 0.15 });
    const last = trace.frames.at(-1)!;
    expect(last.note).toMatch(/SGD is gone: at step \d+ its loss passed 10,000\./);
    // It is followed out of the picture, and no further.
    const way = (output(trace, last, 'landscape') as PlaneValue).paths![0]!.points;
    const outside = ([x, y]: readonly [number, number]) => !(x >= -2 && x <= 3 && y >= -1 && y <= 6);
    expect(way.map(outside)).toEqual(way.map((_, i) => i === way.length - 1));
    expect(table(trace, last, 'balls').rows[0]).toEqual(['SGD', null, null, null]);
    expect(last.note).not.toContain('NaN');
  });
});

describe('fog', () => {
  it('finds the step that lands lowest, wherever one stands', async () => {
    const tenths = (min: number, max: number) =>
      fc.integer({ min: 10 * min, max: 10 * max }).map((value) => value / 10);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('weekend', 'ditches'), tenths(-2, 3), tenths(-1, 3), async (landscape, x, y) => {
        const trace = await run('fog', { landscape, x, y });
        const [frame] = framesOf(trace, 'take-step');
        const { rows, marks } = table(trace, frame, 'landed');
        const losses = rows.map((row) => Number(row[2]));
        expect(losses[marks![0]!.row]).toBe(Math.min(...losses));
        const land = landscapes[landscape as 'weekend' | 'ditches'];
        const there = (output(trace, frame, 'landscape') as PlaneValue).points!.slice(1);
        (rows as [string, number, number][]).forEach(([, , loss], i) => {
          expect(Math.abs(land.loss([there[i]!.x, there[i]!.y]) - loss)).toBeLessThan(0.02 * Math.max(1, loss));
        });
      }),
      { numRuns: 10 },
    );
  });
});

describe('rate-sweep', () => {
  it('loses SGD on the weekend beyond 2 / the largest bend, and not before', async () => {
    const trace = await run('rate-sweep', {});
    const rows = table(trace, trace.frames.at(-1), 'losses').rows as number[][];
    expect(rows).toHaveLength(25);
    // The bends are the eigenvalues of [[20, 8], [8, 4]].
    const largest = 2 / (12 + Math.sqrt(12 ** 2 - 16));
    for (const [power, sgd] of rows) {
      10 ** power! > largest ? expect(sgd).toBe(4) : expect(sgd).toBeLessThan(1);
    }
  });
});

describe('twins', () => {
  const curve = async (spread: number) => {
    const trace = await run('twins', { spread });
    return table(trace, trace.frames.at(-1), 'curve').rows as [number, number, number][];
  };

  it('stay twins from an equal start, and part from an unequal one', async () => {
    const equal = await curve(0);
    expect(equal.every(([, , apart]) => apart === 0)).toBe(true);
    const spread = await curve(0.1);
    expect(spread.at(-1)![2]).toBeGreaterThan(1);
    expect(spread.at(-1)![1]).toBeLessThan(0.01);
    expect(spread.at(-1)![0]).toBe(400);
  });
});

describe('the exercises’ right answers', () => {
  /** Neither imports anything: they are loaded as they stand. */
  const solution = (id: string) => import(inRoot('lessons/12-optimisation/solutions', `${id}.ts`));
  const slope = ([w, b]: readonly number[]) => landscapes.weekend.slope([w!, b!]);

  it('sgd goes where PyTorch’s goes, with momentum and without', async () => {
    const { sgdStep } = await solution('sgd');
    for (const [name, momentum] of [
      ['sgd', 0],
      ['momentum', 0.9],
    ] as const) {
      let state = { weights: [2, 1], speed: [0, 0] };
      for (const place of ways[name]!.slice(1)) {
        state = sgdStep(state, slope(state.weights), 0.02, momentum);
        expect(state.weights).toEqual(place.map((value) => expect.closeTo(value, 4)));
      }
    }
  });

  it('adamw goes where PyTorch’s goes', async () => {
    const { adamwStep } = await solution('adamw');
    const settings = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.5 };
    let state = { weights: [2, 1], slopes: [0, 0], squares: [0, 0], step: 0 };
    for (const place of ways.adamw!.slice(1)) {
      state = adamwStep(state, slope(state.weights), settings);
      expect(state.weights).toEqual(place.map((value) => expect.closeTo(value, 4)));
    }
  });
});
