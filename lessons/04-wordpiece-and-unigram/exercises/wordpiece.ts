import { todo } from 'inside-llms';

/**
 * Cuts a word by greed: the longest piece that it begins with, then the longest that goes on from there, until the word
 * is covered. A piece that goes on inside a word stands in the list with "##" before it.
 *
 * Example: with ["no", "now", "##here", "##where"], "nowhere" is cut into ["now", "##here"]. "nowheres" becomes
 * ["[UNK]"]: nothing in the list goes on with the last letter, and so the whole word is given up.
 *
 * @returns pieces of the list, in order; ["[UNK]"] for a word that greed can't cover; an empty list for an empty word
 */
export function wordPiece(word: string, pieces: readonly string[]): string[] {
  return todo('Try the whole word, then one letter less, until a piece fits. Then go on behind it.');
}
