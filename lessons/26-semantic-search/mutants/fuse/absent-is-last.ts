export interface Fused {
  id: string;
  score: number;
}

export function fuse(lists: readonly (readonly string[])[], weights: readonly number[], k: number): Fused[] {
  const ids = [...new Set(lists.flat())];
  const place = (list: readonly string[], id: string) => (list.includes(id) ? list.indexOf(id) : list.length) + 1;
  return ids
    .map((id) => ({ id, score: lists.reduce((sum, list, i) => sum + weights[i] / (k + place(list, id)), 0) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}
