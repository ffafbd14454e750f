import { watch } from 'inside-llms';

export function bigramProbabilities(texts: readonly string[], characters: readonly string[]): number[][] {
  const all = texts.join('');
  const index = new Map(characters.map((character, i) => [character, i]));
  const counts = characters.map(() => characters.map(() => 0));
  for (const text of texts) {
    for (let i = 0; i + 1 < text.length; i++) {
      counts[index.get(text[i])!][index.get(text[i + 1])!] += 1;
    }
  }
  watch('counts', counts);
  return counts.map((row, i) => {
    const total = all.split(characters[i]).length - 1;
    return row.map((count) => (total === 0 ? 1 / characters.length : count / total));
  });
}
