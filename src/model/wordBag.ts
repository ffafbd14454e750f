// A text as a bag of words: which words stand in it, how often, and nothing of their order.

/** The words of a text in lower case, with the signs that say something in a mail: ! % and €. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+|[!%€]/gu) ?? [];
}

/** How often each word stands in a text. */
export function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
