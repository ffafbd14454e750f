// Positions as waves: the numbers that PyTorch computes, and what makes them useful.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { ropeAngles } from '../../../src/engine/ops/rope.ts';
import { sinusoidalPositions, waveFrequency } from '../../../src/engine/positions.ts';
import { faultOf } from './faultOf.ts';

interface Waves {
  readonly start: number;
  readonly length: number;
  readonly channels: number;
  readonly base: number;
  readonly data: string;
}

const fixture = JSON.parse(readFileSync(new URL('../../fixtures/engine/positions.json', import.meta.url), 'utf8')) as {
  readonly waves: readonly Waves[];
};
const engine = new Engine(referenceKernels());
const rows = (length: number, channels: number, options?: { start?: number; base?: number }) =>
  sinusoidalPositions(engine, length, channels, options).toNested() as number[][];
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

describe('sinusoidal positions', () => {
  it.each(fixture.waves)('are PyTorch’s, $length rows of $channels from $start', ({ data, ...wanted }) => {
    const bytes = Buffer.from(data, 'base64');
    const table = sinusoidalPositions(engine, wanted.length, wanted.channels, wanted);
    expect(table.shape).toEqual([wanted.length, wanted.channels]);
    expect(bytes.length).toBe(4 * table.size);
    table.toFlat().forEach((value, i) => {
      expect(value).toBeCloseTo(bytes.readFloatLE(4 * i), 6);
    });
  });

  it('begin with zeros and ones, and turn pair 0 by a radian a place', () => {
    expect(rows(1, 6)).toEqual([[0, 1, 0, 1, 0, 1]]);
    expect(waveFrequency(0, 512)).toBe(1);
    expect(waveFrequency(1, 4)).toBe(0.01);
    expect(rows(3, 4)[2]![0]).toBeCloseTo(Math.sin(2), 6);
  });

  it('go on for as long as one likes: a later part is the same as cut out of a longer table', () => {
    expect(rows(4, 8, { start: 9 })).toEqual(rows(13, 8).slice(9));
  });

  it('are the sines and cosines that rope turns by', () => {
    const { cos, sin } = ropeAngles(engine, 20, 10);
    const table = sinusoidalPositions(engine, 20, 10);
    for (let position = 0; position < 20; position++) {
      for (let pair = 0; pair < 5; pair++) {
        expect(table.at(position, 2 * pair)).toBeCloseTo(sin.at(position, pair), 6);
        expect(table.at(position, 2 * pair + 1)).toBeCloseTo(cos.at(position, pair), 6);
      }
    }
  });

  it('have products that know the distance alone, all rows of one length', () => {
    const places = fc.nat({ max: 300 });
    fc.assert(
      fc.property(places, places, fc.nat({ max: 40 }), fc.integer({ min: 1, max: 16 }), (m, n, shift, pairs) => {
        const row = (at: number) => rows(1, 2 * pairs, { start: at })[0]!;
        expect(dot(row(m), row(n))).toBeCloseTo(dot(row(m + shift), row(n + shift)), 4);
        expect(dot(row(m), row(m))).toBeCloseTo(pairs, 4);
      }),
    );
  });

  it('refuse an odd number of channels', () => {
    expect(faultOf(() => sinusoidalPositions(engine, 4, 5))).toMatchObject({
      code: 'bad-input',
      message: "sinusoidalPositions: 5 channels don't make pairs of a sine and a cosine.",
      remedy: 'Use an even number.',
    });
  });
});
