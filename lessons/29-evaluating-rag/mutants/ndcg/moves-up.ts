export function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>, k: number): number {
  const dcg = (gains: readonly number[]) =>
    gains.slice(0, k).reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
  const gains = [...new Set(found)].map((hit) => grades.get(hit) ?? 0);
  const best = dcg([...grades.values()].sort((a, b) => b - a));
  return best === 0 ? 0 : dcg(gains) / best;
}
