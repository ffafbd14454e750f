// How far a map's neighbours can be trusted (Venna and Kaski, 2001): 1 where every neighbour on the map is one in the
// original space; each that isn't costs by how far it stands there in rank.

/** @param rows in the original space, compared by Euclidean distance. @param xy (N, 2) */
export function trustworthiness(rows: readonly Float32Array[], xy: Float32Array, count: number): number {
  const total = rows.length;
  let penalty = 0;
  for (let i = 0; i < total; i++) {
    const ranks = new Int32Array(total);
    order(total, i, (j) => rows[i].reduce((sum, x, c) => sum + (x - rows[j][c]) ** 2, 0)).forEach((j, rank) => {
      ranks[j] = rank + 1;
    });
    const onMap = order(total, i, (j) => Math.hypot(xy[2 * i] - xy[2 * j], xy[2 * i + 1] - xy[2 * j + 1]));
    for (const j of onMap.slice(0, count)) {
      penalty += Math.max(0, ranks[j] - count);
    }
  }
  return 1 - (2 * penalty) / (total * count * (2 * total - 3 * count - 1));
}

function order(total: number, self: number, distance: (j: number) => number): number[] {
  const distances = Float64Array.from({ length: total }, (_, j) => distance(j));
  return [...distances.keys()].filter((j) => j !== self).sort((a, b) => distances[a] - distances[b]);
}
