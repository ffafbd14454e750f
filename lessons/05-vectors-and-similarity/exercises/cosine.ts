import { todo } from 'inside-llms';

/**
 * How far two arrows point the same way: 1 for the same way, 0 for a right angle, -1 for opposite ways.
 *
 * It's the dot product with both lengths divided out.
 *
 * Example: for (3, 4) and (4, 3) the dot product is 24 and both lengths are 5, so the cosine is 24 / 25 = 0.96.
 *
 * @param a C numbers, not all of them 0
 * @param b as many numbers, not all of them 0
 */
export function cosine(a: readonly number[], b: readonly number[]): number {
  return todo('You need the dot product of the two, and the length of each.');
}
