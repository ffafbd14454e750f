import { todo } from 'inside-llms';

/** Two ids that stand side by side. The merge at place m of a list makes the id 256 + m. */
export type Merge = readonly [left: number, right: number];

/**
 * Puts `id` in the place of each `left` that is followed by `right`, reading from the left.
 *
 * Example: `mergePair([1, 1, 1, 2], [1, 1], 9)` is [9, 1, 2]. The middle 1 is used up when its turn comes.
 */
export function mergePair(ids: readonly number[], [left, right]: Merge, id: number): number[] {
  return todo('Read the ids from the left. At a pair, put down the new id and skip both; else put down what is there.');
}

/**
 * Learns merges by counting: again and again, the most frequent pair becomes one new id.
 *
 * - Each pre-token begins as the bytes of its letters: "hug" is [104, 117, 103].
 * - Pairs are counted within pre-tokens, as often as they can be merged: "aaaa" holds two of `a a`, and not three.
 * - Of equally frequent pairs, the one that stands first in the text is taken.
 * - It ends after `most` merges, or earlier, when no pair can be merged twice.
 *
 * Example: in ["hug", "pug", "hug"] the pair u, g comes 3 times; then h and ug come twice. Nothing else does, so the
 * result is [[117, 103], [104, 256]].
 *
 * @param preTokens stretches of text, in order; a merge never reaches from one into the next
 */
export function trainBpe(preTokens: readonly string[], most: number): Merge[] {
  const words = preTokens.map((preToken) => [...new TextEncoder().encode(preToken)]);
  return todo('Count the pairs of all pre-tokens, choose one, merge it everywhere, and count again.');
}
