export function product(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, c) => sum + value * b[c], 0);
}

export interface Found {
  nearest: number[];
  compared: number;
}

export function searchLists(
  query: readonly number[],
  vectors: readonly (readonly number[])[],
  middles: readonly (readonly number[])[],
  lists: readonly (readonly number[])[],
  probes: number,
  top: number,
): Found {
  const closest = (rows: readonly (readonly number[])[], places: readonly number[]) =>
    places
      .map((place) => ({ place, score: product(query, rows[place]) }))
      .sort((a, b) => b.score - a.score || a.place - b.place)
      .map(({ place }) => place);
  const opened = closest(middles, [...middles.keys()]).slice(0, probes);
  const candidates = opened.flatMap((list) => lists[list]);
  return { nearest: closest(vectors, candidates).slice(0, top), compared: opened.length + candidates.length };
}
