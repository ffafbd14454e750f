import { todo } from 'inside-llms';

/**
 * At which place of the list a cell stands.
 *
 * Example: a table of shape (3, 4) has the strides [4, 1]. With the offset 0, its cell (2, 1) stands at place 9: two
 * rows of 4 further, and one of 1.
 *
 * @param indices of the cell, one for each axis, counted from 0
 * @param strides how far one step along each axis leads in the list
 * @param offset the place of the very first cell
 */
export function placeOf(indices: readonly number[], strides: readonly number[], offset: number): number {
  return todo('From the first cell, take as many steps along each axis as its index says.');
}
