// Who is near whom in the original space, and how much of that a map keeps.

import type { Pause } from './pca.ts';
import { dotOf } from './quantise.ts';
import type { VectorIndex } from './vectorIndex.ts';

/** How many neighbours are looked at to say what a map keeps, and of how many points. */
export const KEPT_NEIGHBOURS = 10;
const KEPT_SAMPLE = 300;

/** The cosines of all pairs: (N, N), of rows of length 1 or 0. */
export function similarities(rows: readonly ArrayLike<number>[]): Float32Array<ArrayBuffer> {
  const count = rows.length;
  const out = new Float32Array(count * count);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      out[i * count + j] = dotOf(rows[i]!, rows[j]!);
      out[j * count + i] = out[i * count + j]!;
    }
  }
  return out;
}

export interface Ranked {
  readonly index: number;
  readonly score: number;
}

/** The rows with the highest dot products, best first, equal ones in their order. */
export function rank(rows: readonly ArrayLike<number>[], query: ArrayLike<number>, limit: number): Ranked[] {
  return rows
    .map((row, index) => ({ index, score: dotOf(row, query) }))
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .slice(0, limit);
}

/**
 * How much of the neighbourhoods a map keeps: of each point's ten nearest in the original space the part that is among
 * its ten nearest on the map, as the mean over up to 300 points. 1 where all is kept; 10 / N by chance.
 *
 * @param index the points' vectors, under the keys 0 .. N - 1.
 * @param vector a point's vector.
 * @param xy (N, 2)
 */
export async function neighboursKept(
  index: VectorIndex,
  vector: (point: number) => ArrayLike<number>,
  xy: Float32Array,
  pause: Pause,
): Promise<number> {
  const count = index.size;
  const near = Math.min(KEPT_NEIGHBOURS, count - 1);
  if (near < 1) {
    return 1;
  }
  const step = Math.max(1, count / KEPT_SAMPLE);
  let kept = 0;
  let asked = 0;
  for (let at = 0; at < count; at += step) {
    await pause();
    const point = Math.floor(at);
    const accept = (key: number) => key !== point;
    const inSpace = index.nearest(vector(point), near, { accept }).map(({ key }) => key);
    const onMap = new Set(nearestOnMap(xy, point, near));
    kept += inSpace.filter((key) => onMap.has(key)).length;
    asked += near;
  }
  return kept / asked;
}

/** The points nearest to one on a map, itself left out. */
function nearestOnMap(xy: Float32Array, point: number, limit: number): number[] {
  const nearest: number[] = [];
  const distances: number[] = [];
  for (let other = 0; other < xy.length / 2; other++) {
    const distance = (xy[2 * other]! - xy[2 * point]!) ** 2 + (xy[2 * other + 1]! - xy[2 * point + 1]!) ** 2;
    if (other !== point && (nearest.length < limit || distance < distances[limit - 1]!)) {
      let at = nearest.length;
      while (at > 0 && distances[at - 1]! > distance) {
        at--;
      }
      nearest.splice(at, 0, other);
      distances.splice(at, 0, distance);
      nearest.length = Math.min(nearest.length, limit);
      distances.length = nearest.length;
    }
  }
  return nearest;
}
