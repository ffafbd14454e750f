// The best hits in a new order, by a model that is better and slower than what found them.

import { type Fused, fuse, type Ranking } from './fuse.ts';

/** Of so many of the best a better model is asked. */
export const RERANKED = 50;

/**
 * The ids in the order of two rankings fused with equal weights: the one that they come in, and that of the better
 * model's scores. The first of a result's `parts` is the place before, the second the place by the scores.
 *
 * By the scores alone much of what the words found would be lost: measured (`npm run bench -- searchQuality`), the two
 * together are clearly better than either.
 *
 * @param order ids, best first
 * @param scores of the same ids, in the same order, higher is better; equal ones keep their order
 */
export function reranked(order: Ranking, scores: ArrayLike<number>): Fused[] {
  const places = order.map((_, place) => place).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return fuse([order, places.map((place) => order[place]!)], [1, 1]);
}
