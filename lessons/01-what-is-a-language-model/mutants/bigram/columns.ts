export function bigramProbabilities(texts: readonly string[], characters: readonly string[]): number[][] {
  const index = new Map(characters.map((character, i) => [character, i]));
  const counts = characters.map(() => characters.map(() => 0));
  for (const text of texts) {
    for (let i = 0; i + 1 < text.length; i++) {
      counts[index.get(text[i])!][index.get(text[i + 1])!] += 1;
    }
  }
  const totals = characters.map((_, j) => counts.reduce((sum, row) => sum + row[j], 0));
  return counts.map((row) => row.map((count, j) => (totals[j] === 0 ? 1 / characters.length : count / totals[j])));
}
