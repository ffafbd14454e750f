import { cosine } from 'mine/cosine';

/**
 * The k rows of a table that are most like a query by cosine: their numbers, the most alike first. Of equals, the row
 * with the smaller number comes first.
 *
 * Example: for the rows [[1, 0], [0, 2], [3, 3]] and the query [0, 1] the cosines are 0, 1 and 0.71, so the two nearest
 * are [1, 2].
 *
 * A colleague wrote this in a hurry. It is right in the example, and so it was taken over. On other tables it names
 * wrong rows, in two ways. Find out why, and mend it.
 *
 * @param rows N rows of C numbers
 * @param k from 0 to N
 */
export function topK(rows: readonly (readonly number[])[], query: readonly number[], k: number): number[] {
  const cosines = rows.map((row) => cosine(row, query)); // (N)
  const sorted = [...cosines].sort().reverse();
  return sorted.slice(0, k).map((value) => cosines.indexOf(value));
}
