import { todo } from 'inside-llms';

/** A piece of a file, as a search stores it. */
export interface Passage {
  /** The heading that it stands under; empty above the first one. */
  heading: string;
  text: string;
}

/**
 * Cuts a file where it ends a thought.
 *
 * - An empty line stands between paragraphs, that is, two line breaks.
 * - A paragraph that begins with "# " is a heading. It is a border, and goes with every passage below it, up to the next.
 * - Paragraphs in a row are put together, with an empty line between them, as long as they have at most `limit` words.
 * - A paragraph of more words stands by itself, cut after every `limit` words.
 *
 * Example: with the limit 5, "# Kiln\n\nKeep it shut.\n\nWait long.\n\nNever open it while hot." becomes
 * [{ heading: "Kiln", text: "Keep it shut.\n\nWait long." }, { heading: "Kiln", text: "Never open it while hot." }].
 * The first two paragraphs have 3 and 2 words. The third has 5, and finds no room beside them.
 *
 * @param text words are what stands between spaces; a paragraph has no line breaks in it
 * @param limit the most words of a passage, 1 or more
 */
export function chunk(text: string, limit: number): Passage[] {
  return todo('Keep the paragraphs of the passage that is open, and close it where the next one has no room.');
}
