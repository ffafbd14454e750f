import { todo } from 'inside-llms';

/** A dot product: for vectors of length 1, the cosine. */
export function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, c) => sum + value * b[c], 0);
}

/** The nearest vectors, and what it took to find them. */
export interface Found {
  /** Places in `vectors`, the nearest first; of equally near ones, the lower place first. */
  nearest: number[];
  /** How many products were computed: with middles and with vectors. */
  compared: number;
}

/**
 * Searches an inverted file: first the middles, then what the nearest lists hold.
 *
 * Example: two lists with the middles [1, 0] and [0, 1]. The lists are [[0, 2], [1]], so vectors 0 and 2 belong to the
 * first middle. For the query [0.8, 0.6] and one probe, the first middle is nearer. Its two vectors are compared, and
 * vector 1 isn't, however near it may be. With the two middles that makes 4 comparisons.
 *
 * @param query C numbers, of length 1 as all vectors here
 * @param vectors N vectors of C numbers
 * @param middles K vectors of C numbers, one for each list
 * @param lists K lists of places in `vectors`: each place stands in one of them
 * @param probes how many lists are searched, from 1 to K; of equally near middles, the lower one first
 * @param top how many to return; fewer if the lists hold fewer
 */
export function searchLists(
  query: readonly number[],
  vectors: readonly (readonly number[])[],
  middles: readonly (readonly number[])[],
  lists: readonly (readonly number[])[],
  probes: number,
  top: number,
): Found {
  return todo('Order the middles by their product with the query, open the first lists, and order what they hold.');
}
