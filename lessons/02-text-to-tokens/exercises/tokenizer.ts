import { todo } from 'inside-llms';

/**
 * Cuts a text into pieces: each run of letters, accents, digits and underscores is one, and so is each other sign. White
 * space falls between them.
 *
 * Example: "Wait, the café!" is cut into "Wait", ",", "the", "café" and "!".
 */
export function split(text: string): string[] {
  return todo('Cut the text into words and marks. A regular expression can say what a piece is.');
}

/**
 * The vocabulary of a text: each different piece once, in the order of its character codes (that of `sort()`), and
 * "<unk>" behind them. A piece's place in this list is its id.
 *
 * Example: "the tide, the boat" has the vocabulary [",", "boat", "the", "tide", "<unk>"].
 */
export function buildVocabulary(text: string): string[] {
  return todo('Split the text, keep each piece once, put them in order, and add "<unk>".');
}

/**
 * The ids of a text's pieces. A piece that isn't in the vocabulary gets the id of "<unk>".
 *
 * Example: with the vocabulary above, "the boats" is [2, 4].
 *
 * @returns T ids, one for each piece of the text
 */
export function encode(text: string, vocabulary: readonly string[]): number[] {
  return todo('Look up each piece of the text.');
}

/**
 * Back to a text: the pieces of these ids, with one space between any two.
 *
 * Example: with the vocabulary above, [2, 4] is "the <unk>".
 */
export function decode(ids: readonly number[], vocabulary: readonly string[]): string {
  return todo('Look up each id the other way, and join.');
}
