import { todo } from 'inside-llms';

/**
 * What follows what, as probabilities.
 *
 * Example: for the texts ["abab"] and the characters ["a", "b"] the pairs are ab, ba, ab. After "a" there is always "b",
 * after "b" always "a", so the result is [[0, 1], [1, 0]].
 *
 * @param texts each by itself: no pair reaches from the end of one into the next
 * @param characters all that may occur, each once; there are V of them
 * @returns V rows of V numbers. Row i answers "what follows characters[i]?": its cell j is the share of
 * characters[j]. A character that nothing ever followed gets a row of equal shares, 1 / V each.
 */
export function bigramProbabilities(texts: readonly string[], characters: readonly string[]): number[][] {
  return todo('Count the pairs of each text first, then turn each row of counts into shares.');
}
