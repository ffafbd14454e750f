import type { Random } from 'inside-llms';

export function draw(shares: readonly number[], random: Random): number {
  return Math.floor(random() * shares.length);
}

export function sample(texts: readonly string[], first: string, length: number, random: Random): string {
  const characters = [...new Set(texts.join(''))];
  let text = first;
  while (text.length < length) {
    text +=
      characters[
        draw(
          characters.map(() => 1),
          random,
        )
      ];
  }
  return text;
}
