import { todo } from 'inside-llms';

/**
 * From the vectors of a text's tokens to one vector of length 1.
 *
 * A model reads many texts at once, as a table: short ones are filled up to the longest with padding. The mask says
 * which places hold a token.
 *
 * Example: the states [[3, 0], [0, 4], [9, 9]] with the mask [1, 1, 0]. The third place is padding. The other two add
 * up to [3, 4], a vector of length 5. Divided by 5 it is [0.6, 0.8].
 *
 * @param states T vectors of C numbers each, padding included
 * @param mask T numbers: 1 where a token is, 0 where padding is
 * @returns C numbers: the tokens' vectors, pooled by their mean and brought to length 1. If all are 0, they stay 0
 */
export function pool(states: readonly (readonly number[])[], mask: readonly number[]): number[] {
  return todo('Add up the vectors of the tokens, then divide by the length of what came out.');
}
