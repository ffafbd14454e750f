import { todo } from 'inside-llms';

/**
 * How good an order of hits is, from 0 to 1: nDCG among the first k, as in the Deep dive.
 *
 * Example: passage "p" has the grade 2 and passages "q" and "r" have 1. The order ["x", "q", "p"] gains
 * 1 / log2(3) + 2 / log2(4) = 1.6309. The best possible order gains 2 / log2(2) + 1 / log2(3) + 1 / log2(4) = 3.1309.
 * So for k = 3 the result is 1.6309 / 3.1309 = 0.5209.
 *
 * @param found the hits, best first. A hit that comes again gains nothing the second time
 * @param grades by passage, above 0; a passage without a grade gains nothing
 * @param k how many of the hits count, 1 or more; the best possible order has only k places too
 * @returns 0 where there is nothing to find
 */
export function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>, k: number): number {
  return todo('First the gain of this order. Then the gain of the best order there could be. Then divide.');
}
