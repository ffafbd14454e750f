export interface Fused {
  id: string;
  score: number;
}

export function fuse(lists: readonly (readonly string[])[], weights: readonly number[], k: number): Fused[] {
  const scores = new Map<string, number>();
  lists.forEach((list, which) => {
    list.forEach((id, i) => {
      scores.set(id, weights[which] / (k + i + 1));
    });
  });
  return Array.from(scores, ([id, score]) => ({ id, score })).sort(
    (a, b) => b.score - a.score || (a.id < b.id ? -1 : 1),
  );
}
