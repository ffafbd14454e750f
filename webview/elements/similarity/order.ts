// In which order things stand along the axes of a similarity matrix, so that what is alike stands together: a tree of
// nearest groups (average linkage), its branches turned so that neighbouring ends are alike. After Gruvaeus and Wainer,
// "Two additions to hierarchical cluster analysis" (1972). Things on a line come out in the line's order. Pure.

/**
 * Places in the new order: `order[0]` is the thing that comes first. The first of the given things stays in the first
 * half, so that small changes don't turn the whole picture round.
 *
 * @param similarity n × n, row-major, symmetric; what is no number counts as least similar. n up to a few hundred.
 */
export function orderBySimilarity(similarity: Float32Array, n: number): number[] {
  if (n === 0) {
    return [];
  }
  const like = (a: number, b: number) => {
    const value = similarity[a * n + b] as number;
    return Number.isNaN(value) ? -Infinity : value;
  };
  // Means of similarities between groups; a group's row is that of its first member.
  const mean = Float64Array.from({ length: n * n }, (_, at) => Math.max(-1e9, like(Math.floor(at / n), at % n)));
  const groups = new Map<number, number[]>(Array.from({ length: n }, (_, index) => [index, [index]]));
  while (groups.size > 1) {
    const [a, b] = mostAlike(mean, n, [...groups.keys()]);
    const [first, second] = [groups.get(a) as number[], groups.get(b) as number[]];
    for (const other of groups.keys()) {
      const both =
        ((mean[a * n + other] as number) * first.length + (mean[b * n + other] as number) * second.length) /
        (first.length + second.length);
      mean[a * n + other] = both;
      mean[other * n + a] = both;
    }
    groups.delete(b);
    groups.set(a, joined(first, second, like));
  }
  const [order] = [...groups.values()] as [number[]];
  return order.indexOf(0) > (n - 1) / 2 ? order.reverse() : order;
}

/** The two groups that are most alike; of equals, the first. */
function mostAlike(mean: Float64Array, n: number, keys: readonly number[]): [number, number] {
  let best: [number, number] = [keys[0] as number, keys[1] as number];
  let most = -Infinity;
  for (let i = 0; i < keys.length; i++) {
    for (let j = i + 1; j < keys.length; j++) {
      const value = mean[(keys[i] as number) * n + (keys[j] as number)] as number;
      if (value > most) {
        most = value;
        best = [keys[i] as number, keys[j] as number];
      }
    }
  }
  return best;
}

/** Two groups end to end, each as it is or turned round: with the ends together that are most alike. */
function joined(a: readonly number[], b: readonly number[], like: (a: number, b: number) => number): number[] {
  const [aTurned, bTurned] = [[...a].reverse(), [...b].reverse()];
  const ways = [
    [a, b],
    [aTurned, b],
    [a, bTurned],
    [aTurned, bTurned],
  ] as const;
  const gap = ([left, right]: (typeof ways)[number]) => like(left.at(-1) as number, right[0] as number);
  const best = ways.reduce((most, way) => (gap(way) > gap(most) ? way : most));
  return [...best[0], ...best[1]];
}
