import { todo } from 'inside-llms';

/** What one id came to. */
export interface Fused {
  id: string;
  score: number;
}

/**
 * Makes one list out of several, by places alone: reciprocal rank fusion.
 *
 * A list gives each of its ids weight / (k + place), and what several lists give is added up.
 *
 * Example: the lists [["clause 10", "clause 11"], ["clause 11"]] with the weights [1, 0.5] and k = 5. Clause 10 gets
 * 1/6 = 0.1667. Clause 11 gets 1/7 from the first list and 0.5/6 from the second, together 0.2262, and comes first:
 * [{ id: "clause 11", score: 0.2262 }, { id: "clause 10", score: 0.1667 }].
 *
 * @param lists ids, the best first; the first place is 1. A list need not have all ids
 * @param weights one for each list
 * @returns each id once, the highest score first; of equal scores, the id that comes first in the alphabet
 */
export function fuse(lists: readonly (readonly string[])[], weights: readonly number[], k: number): Fused[] {
  return todo('Go through the lists, and add to what each id has so far. Then sort.');
}
