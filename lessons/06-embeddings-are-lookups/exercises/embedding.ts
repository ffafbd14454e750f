import { todo } from 'inside-llms';

/**
 * Looks up a row of the table for each id.
 *
 * Example: in the table [[0.9, 0.1], [-0.7, 0.5], [0.2, -0.8]] the ids [2, 0, 2] are the rows
 * [[0.2, -0.8], [0.9, 0.1], [0.2, -0.8]].
 *
 * Whoever gets the rows will add to them and change them. The table must stay as it is, and so must the other rows.
 *
 * @param table V rows of C numbers
 * @param ids T whole numbers, and the same one may come twice
 * @returns T rows of C numbers, each with numbers of its own
 * @throws Error for an id that no row has: below 0, or V and above
 */
export function embed(table: readonly (readonly number[])[], ids: readonly number[]): number[][] {
  return todo('One row for each id, in the order of the ids.');
}
