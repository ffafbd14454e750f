import { todo } from 'inside-llms';
import { waveFrequency } from 'mine/sinusoidal';

/**
 * Turns a vector by its own place. Neighbouring channels make a pair: 0 with 1, 2 with 3. Each pair is an arrow, and is
 * turned to the left by the place times the frequency of its pair, which your `waveFrequency` gives.
 *
 * Turned by the angle t, the arrow (x, y) becomes (x cos t - y sin t, x sin t + y cos t).
 *
 * Example: [1, 0] at place 1 is turned by one radian and becomes [cos(1), sin(1)] = [0.540, 0.841].
 *
 * @param vector D numbers, D even: a query or a key
 * @param place of the token, counted from 0
 * @returns D numbers
 */
export function rotate(vector: readonly number[], place: number): number[] {
  return todo('Pair by pair: the angle, and then the arrow turned by it.');
}
