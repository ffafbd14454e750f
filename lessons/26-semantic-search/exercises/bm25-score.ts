import { todo } from 'inside-llms';

/** How soon repeats of a word stop counting. */
const K1 = 1.2;
/** How much a text's length is held against it. */
const B = 0.75;
/** What a word tells that stands in half of the texts, or in more. */
const LEAST = 1e-6;

/**
 * How good each text is for a question, by the words that they share: BM25, as in the Deep dive.
 *
 * - A word that n of the N texts have has the idf ln((N - n + 0.5) / (n + 0.5)), or LEAST where that is less.
 * - It adds idf · f · (K1 + 1) / (f + K1 · (1 - B + B · L / average)) to the score of a text in which it stands f times.
 *   L is that text's length in words, and the average is that of all texts.
 *
 * Example: the question ["cat"], and the texts ["a", "cat"], ["a", "dog"] and ["a", "hen"]. "cat" stands in 1 of the 3
 * texts, so its idf is ln(2.5 / 1.5) = 0.5108. All texts have the average length, 2 words. The first text has "cat"
 * once: 0.5108 · 1 · 2.2 / (1 + 1.2) = 0.5108. The result is [0.5108, 0, 0].
 *
 * @param question its words; each counts once, however often it is asked
 * @param texts N texts, each cut into its words
 * @returns N scores, 0 where no word is shared
 */
export function bm25(question: readonly string[], texts: readonly (readonly string[])[]): number[] {
  return todo('First the idf of each word of the question, then what it adds to each text.');
}
