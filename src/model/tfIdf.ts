// Counts that are weighed by how rare a word is (Spärck Jones 1972), each text brought to length 1.

import { countWords } from './wordBag.ts';

/** How rare each word is: ln((1 + N) / (1 + n)) + 1 for a word that n of N texts have. */
export function inverseDocumentFrequencies(texts: readonly (readonly string[])[]): Map<string, number> {
  const having = countWords(texts.flatMap((words) => [...new Set(words)]));
  return new Map(
    Array.from(having, ([word, count]) => [word, Math.log((1 + texts.length) / (1 + count)) + 1] as const),
  );
}

/** A text's words by count times rarity, of length 1. Words that no known text has are left out. */
export function tfIdf(words: readonly string[], rarity: ReadonlyMap<string, number>): Map<string, number> {
  const known = words.filter((word) => rarity.has(word));
  const weighed = Array.from(countWords(known), ([word, count]) => [word, count * rarity.get(word)!] as const);
  const length = Math.hypot(...weighed.map(([, value]) => value)) || 1;
  return new Map(weighed.map(([word, value]) => [word, value / length]));
}
