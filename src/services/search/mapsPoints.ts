// The chunks of an index as points for a map: their vectors in little memory, the file that each is of, and a sample that
// is spread over the files.

import type { SearchStore } from '../../retrieval/store.ts';
import type { Pause } from '../../retrieval/vectors/pca.ts';
import { RowSet } from '../../retrieval/vectors/rowSet.ts';
import { type Random, seededRandom } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';

const PAGE = 500;

export interface PointFile {
  readonly root: string;
  readonly path: string;
  readonly language: string;
}

export interface MapPoints {
  /** Chunks, in ascending order. */
  readonly ids: readonly number[];
  /** For each its file's place in `files`. */
  readonly fileOf: readonly number[];
  readonly files: readonly PointFile[];
  /** Their vectors, in the same order. */
  readonly rows: RowSet;
  /** Chunks of the index, with a vector or without. */
  readonly chunks: number;
  /** Chunks whose vector is all zeros: they lie in no direction, and are not on the map. */
  readonly empty: number;
  readonly version: number;
}

/**
 * All chunks that have a vector of the model.
 *
 * @throws Fault `not-found` where none has; `too-large`; what `pause` throws.
 */
export async function readPoints(
  store: SearchStore,
  model: { readonly id: string; readonly label: string; readonly dimensions: number },
  pause: Pause,
): Promise<MapPoints> {
  const version = await store.version();
  const rows = new RowSet(model.dimensions);
  const ids: number[] = [];
  const fileOf: number[] = [];
  const files = new Map<string, PointFile & { readonly at: number }>();
  let chunks = 0;
  let empty = 0;
  for (let after = -1; ; await pause()) {
    const page = await store.chunkPage(after, PAGE);
    const vectors = await store.vectors(
      model.id,
      page.map(({ id }) => id),
    );
    for (const { id, root, path, language } of page) {
      const vector = vectors.get(id);
      if (vector?.some((x) => x !== 0)) {
        const key = `${root}\n${path}`;
        const file = files.get(key) ?? { root, path, language, at: files.size };
        files.set(key, file);
        rows.push(vector);
        ids.push(id);
        fileOf.push(file.at);
      } else if (vector !== undefined) {
        empty++;
      }
      after = id;
    }
    chunks += page.length;
    if (page.length < PAGE) {
      break;
    }
  }
  if (ids.length === 0) {
    throw new Fault('not-found', `No chunk of the index has a vector of ${model.label} yet.`, {
      remedy: 'Wait until the index is made, or choose another model.',
    });
  }
  return { ids, fileOf, files: [...files.values()], rows, chunks, empty, version };
}

/**
 * At most `most` points, in ascending order: one of each file in turn, files and points in an order that the seed
 * draws. So a file of ten thousand chunks doesn't crowd out the others, and the same index gives the same sample.
 */
export function spreadSample(fileOf: readonly number[], most: number, seed: number): number[] {
  const all = [...fileOf.keys()];
  if (all.length <= most) {
    return all;
  }
  const random = seededRandom(seed);
  const byFile = new Map<number, number[]>();
  for (const point of shuffled(all, random)) {
    const points = byFile.get(fileOf[point]);
    if (points === undefined) {
      byFile.set(fileOf[point], [point]);
    } else {
      points.push(point);
    }
  }
  const queues = shuffled([...byFile.values()], random);
  const sample: number[] = [];
  for (let round = 0; sample.length < most; round++) {
    for (const points of queues) {
      if (round < points.length && sample.length < most) {
        sample.push(points[round]);
      }
    }
  }
  return sample.sort((a, b) => a - b);
}

/** By Fisher and Yates. */
function shuffled<T>(items: T[], random: Random): T[] {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
  return items;
}
