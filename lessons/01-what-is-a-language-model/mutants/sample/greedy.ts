import type { Random } from 'inside-llms';
import { bigramProbabilities } from 'mine/bigram';

export function draw(shares: readonly number[], _random: Random): number {
  return shares.indexOf(Math.max(...shares));
}

export function sample(texts: readonly string[], first: string, length: number, random: Random): string {
  const characters = [...new Set(texts.join(''))];
  const rows = bigramProbabilities(texts, characters);
  let text = first;
  while (text.length < length) {
    const row = rows[characters.indexOf(text[text.length - 1])];
    text += characters[draw(row, random)];
  }
  return text;
}
