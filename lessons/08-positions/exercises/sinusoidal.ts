import { todo } from 'inside-llms';

/**
 * How far the hand of a pair of channels turns from one place to the next, in radians: 1 / 10000^(2 j / C) for pair j.
 *
 * Example: with 4 channels there are two pairs. Pair 0 turns by 1, and pair 1 by 1 / 10000^(2 / 4), which is 0.01.
 *
 * @param pair from 0 to C / 2 - 1
 * @param channels C, an even number
 */
export function waveFrequency(pair: number, channels: number): number {
  return todo('Pair 0 turns fastest. Each one after it turns more slowly, by the same factor.');
}

/**
 * A row for each place: a sine and a cosine for each pair of channels, of the angle place times frequency.
 *
 * Example: with 4 channels, place 0 has the row [0, 1, 0, 1], and place 1 has
 * [sin(1), cos(1), sin(0.01), cos(0.01)] = [0.841, 0.540, 0.010, 1.000].
 *
 * @param length T places, counted from 0
 * @param channels C, an even number
 * @returns T rows of C numbers: channel 2 j is the sine of pair j, channel 2 j + 1 its cosine
 */
export function sinusoidal(length: number, channels: number): number[][] {
  return todo('For each place and each pair: the angle, then its sine and its cosine.');
}
