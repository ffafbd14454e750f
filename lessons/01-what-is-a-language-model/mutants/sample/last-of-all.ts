import type { Random } from 'inside-llms';
import { bigramProbabilities } from 'mine/bigram';

export function draw(shares: readonly number[], random: Random): number {
  const place = random();
  let end = 0;
  for (const [j, share] of shares.entries()) {
    end += share;
    if (place < end) {
      return j;
    }
  }
  // Rounding left the sum a hair below 1, and the place fell behind it.
  return shares.length - 1;
}

export function sample(texts: readonly string[], first: string, length: number, random: Random): string {
  const characters = [...new Set(texts.join(''))]; // V symbols
  const rows = bigramProbabilities(texts, characters); // V rows of V shares
  let text = first;
  while (text.length < length) {
    const row = rows[characters.indexOf(text[text.length - 1])]; // (V)
    text += characters[draw(row, random)];
  }
  return text;
}
