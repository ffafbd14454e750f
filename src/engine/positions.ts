// Positions as waves (Vaswani et al. 2017, section 3.5): a row of sines and cosines for each place of a text, to be
// added to the vector of what stands there. Not handled: learned positions, which are a table for ops/embedding.ts, and
// turning by the position, which is ops/rope.ts.

import { Fault } from '../shared/errors.ts';
import type { Engine } from './engine.ts';
import type { Tensor } from './tensor.ts';

/** The base that the paper chose: the slowest wave takes nearly 10,000 times as long as the fastest. */
const WAVE_BASE = 10_000;

/**
 * How far a pair of channels turns from one place to the next, in radians: 1 for pair 0, less for each one after it.
 *
 * Example: with 4 channels pair 1 turns by `waveFrequency(1, 4)`, which is 0.01.
 */
export function waveFrequency(pair: number, channels: number, base: number = WAVE_BASE): number {
  return 1 / base ** ((2 * pair) / channels);
}

/**
 * The positions `start` to start + length - 1 as a table (T, C): channel 2 j of position p is the sine of
 * p * waveFrequency(j), channel 2 j + 1 the cosine.
 *
 * Example: `add(embedding(table, ids), sinusoidalPositions(engine, T, C))` tells each of T vectors where it stands.
 *
 * @throws Fault `bad-input` when C is odd: a sine and a cosine make a pair.
 */
export function sinusoidalPositions(
  engine: Engine,
  length: number,
  channels: number,
  { start = 0, base = WAVE_BASE }: { readonly start?: number; readonly base?: number } = {},
): Tensor {
  if (channels % 2 !== 0) {
    throw new Fault('bad-input', `sinusoidalPositions: ${channels} channels don't make pairs of a sine and a cosine.`, {
      remedy: 'Use an even number.',
    });
  }
  const rows = Array.from({ length }, (_, row) =>
    Array.from({ length: channels / 2 }, (_, pair) => {
      const angle = (start + row) * waveFrequency(pair, channels, base);
      return [Math.sin(angle), Math.cos(angle)];
    }).flat(),
  );
  return engine.fromData(rows.flat(), [length, channels]); // (T, C)
}
