import { todo } from 'inside-llms';

/**
 * Cuts a word in the likeliest way: of all cuts into known pieces, the one with the largest product of probabilities.
 * The logarithms are given, so it is the largest sum.
 *
 * Example: with "no" -2.3, "where" -2.81, "now" -3 and "here" -2.53, "nowhere" is cut into ["no", "where"]: -5.11 is
 * more than -5.53.
 *
 * It must be quick for words of hundreds of letters, so keep for each border between letters only the best way to it.
 *
 * @param word each of its letters is a known piece
 * @param logProbabilities by piece: each is below 0
 */
export function bestCut(word: string, logProbabilities: ReadonlyMap<string, number>): string[] {
  return todo('From left to right: for each border the best score, and where its last piece begins. Then back.');
}
