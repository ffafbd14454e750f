import { type Random, todo } from 'inside-llms';
import { bigramProbabilities } from 'mine/bigram';

/**
 * Draws one symbol by its share.
 *
 * Lay the shares end to end: together they fill the line from 0 to 1. One number from `random` is a place on that line.
 * The answer is the symbol whose stretch it falls in.
 *
 * Example: the shares [0.5, 0.25, 0.25] fill 0 to 0.5, 0.5 to 0.75 and 0.75 to 1. The place 0.6 is in the second, so
 * the answer is 1. A place on a border belongs to the stretch that begins there: 0.5 gives 1 too.
 *
 * @param shares V numbers that add up to 1, but for rounding
 * @param random gives a number from 0 up to 1 each time it is called; call it once
 * @returns a place in `shares`, from 0 to V - 1, whose share isn't 0
 */
export function draw(shares: readonly number[], random: Random): number {
  return todo('Walk along the shares, and keep the sum of those behind you.');
}

/**
 * Writes a text by your own table of pairs: the last symbol picks the row, and the row is drawn from.
 *
 * Example: in ["abab"] an "a" is always followed by "b" and a "b" by "a". Begun with "a", a text of length 5 is "ababa".
 *
 * @param first the symbol to begin with; it occurs in the texts
 * @param length of the whole text, the first symbol included; 1 or more
 */
export function sample(texts: readonly string[], first: string, length: number, random: Random): string {
  const characters = [...new Set(texts.join(''))]; // V symbols
  const rows = bigramProbabilities(texts, characters); // V rows of V shares
  return todo('Begin with the first symbol. Find its row, draw, put down what you drew, and go on from there.');
}
