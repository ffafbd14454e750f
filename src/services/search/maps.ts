// Vectors on a plane: by principal components at once, by UMAP on a sample with the rest placed by their neighbours.
// Whatever is lost or left out on the way is said in the result.

import type { NearestKernels } from '../../engine/kernels/nearest.ts';
import { neighboursKept } from '../../retrieval/vectors/neighbours.ts';
import { type Axes, along, type Pause, principalAxes } from '../../retrieval/vectors/pca.ts';
import type { RowSet } from '../../retrieval/vectors/rowSet.ts';
import { layOut, UMAP_NEIGHBOURS } from '../../retrieval/vectors/umap.ts';
import { VectorIndex } from '../../retrieval/vectors/vectorIndex.ts';
import type { FlatMap } from '../../shared/embeddingMessages.ts';
import { seededRandom } from '../../shared/environment.ts';
import type { Progress } from '../../shared/messages.ts';

/** The most points that are laid out themselves. */
export const MOST_SAMPLED = 3000;
/** Fewer points have no neighbourhoods to keep. */
export const FEWEST_FOR_UMAP = UMAP_NEIGHBOURS + 5;
const EPOCHS = 400;
/** Between how many sampled points the others are placed. */
const PLACED_BY = 5;

export interface MapWork {
  readonly kernels: NearestKernels;
  readonly seed: number;
  readonly pause: Pause;
  readonly onProgress?: (progress: Progress) => void;
}

export interface PlacedPoints extends FlatMap {
  /** Uint8Array (n,): 1 where a point was laid out itself. */
  readonly sampled: ArrayBuffer;
}

/**
 * The two widest directions of the sampled rows, and where all rows lie along them.
 *
 * @param sample places in `rows`, ascending.
 */
export async function pcaMap(rows: RowSet, sample: readonly number[], work: MapWork): Promise<PlacedPoints> {
  const picked = sample.map((point) => rows.get(point));
  const axes = await principalAxes(picked, 2, seededRandom(work.seed), work.pause);
  const xy = await projected(rows, axes, work.pause);
  const index = await indexOf(picked, work);
  const kept = await neighboursKept(index, (i) => picked[i], ofSample(xy, sample), work.pause);
  const explained = axes.variances.map((variance) => (axes.total > 0 ? variance / axes.total : 0)) as [number, number];
  const sampled = new Uint8Array(rows.count).fill(1);
  return {
    xy: xy.buffer,
    method: 'pca',
    explained,
    kept,
    said: saidOfPca(rows, sample, explained),
    sampled: sampled.buffer,
  };
}

/** UMAP of the sampled rows, started from their PCA; the other rows stand between the sampled ones nearest to them. */
export async function umapMap(rows: RowSet, sample: readonly number[], work: MapWork): Promise<PlacedPoints> {
  if (sample.length < FEWEST_FOR_UMAP) {
    const flat = await pcaMap(rows, sample, work);
    const these = sample.length === 1 ? 'this one is' : `these ${sample.length} are`;
    const few = `UMAP needs at least ${FEWEST_FOR_UMAP} points: ${these} shown by a PCA.`;
    return { ...flat, said: `${few} ${flat.said}` };
  }
  const { pause, onProgress } = work;
  const random = seededRandom(work.seed);
  const picked = sample.map((point) => rows.get(point));
  const index = await indexOf(picked, work);
  const neighbourhoods = [];
  for (const [point, row] of picked.entries()) {
    const near = index.nearest(row, UMAP_NEIGHBOURS, { accept: (key) => key !== point });
    neighbourhoods.push({
      points: near.map(({ key }) => key),
      distances: near.map(({ score }) => Math.max(0, 1 - score)),
    });
    await pause();
  }
  const axes = await principalAxes(picked, 2, random, pause);
  const start = Float32Array.from(picked.flatMap((row) => along(axes, row)));
  const onEpoch = (done: number) => onProgress?.({ done, total: EPOCHS, unit: 'layout steps' });
  const laidOut = await layOut(neighbourhoods, start, { epochs: EPOCHS, random, pause, onEpoch });
  const xy = new Float32Array(2 * rows.count);
  const sampled = new Uint8Array(rows.count);
  for (const [i, point] of sample.entries()) {
    xy.set(laidOut.subarray(2 * i, 2 * i + 2), 2 * point);
    sampled[point] = 1;
  }
  await placeRest(rows, index, laidOut, { xy, sampled }, work);
  const kept = await neighboursKept(index, (i) => picked[i], laidOut, pause);
  return { xy: xy.buffer, method: 'umap', kept, said: saidOfUmap(rows, sample), sampled: sampled.buffer };
}

/** Sets each row that was not sampled between the sampled rows nearest to it: the nearer one is, the more it counts. */
async function placeRest(
  rows: RowSet,
  index: VectorIndex,
  laidOut: Float32Array,
  { xy, sampled }: { readonly xy: Float32Array; readonly sampled: Uint8Array },
  { pause, onProgress }: MapWork,
): Promise<void> {
  const row = new Float32Array(rows.dimensions);
  const total = rows.count - index.size;
  let done = 0;
  for (let point = 0; point < rows.count; point++) {
    if (sampled[point] === 0) {
      let [x, y, weights] = [0, 0, 0];
      for (const { key, score } of index.nearest(rows.get(point, row), PLACED_BY)) {
        const weight = 1 / (Math.max(0, 1 - score) + 1e-3) ** 2;
        x += weight * laidOut[2 * key];
        y += weight * laidOut[2 * key + 1];
        weights += weight;
      }
      xy[2 * point] = x / weights;
      xy[2 * point + 1] = y / weights;
      done++;
      onProgress?.({ done, total, unit: 'points placed' });
      await pause();
    }
  }
}

/** Rows under their places as keys. */
async function indexOf(rows: readonly Float32Array[], { kernels, pause }: MapWork): Promise<VectorIndex> {
  const index = new VectorIndex(rows[0].length, kernels);
  for (const [key, row] of rows.entries()) {
    index.set(key, row);
    await pause();
  }
  return index;
}

async function projected(rows: RowSet, axes: Axes, pause: Pause): Promise<Float32Array<ArrayBuffer>> {
  const xy = new Float32Array(2 * rows.count);
  const row = new Float32Array(rows.dimensions);
  for (let point = 0; point < rows.count; point++) {
    xy.set(along(axes, rows.get(point, row)), 2 * point);
    await pause();
  }
  return xy;
}

function ofSample(xy: Float32Array, sample: readonly number[]): Float32Array {
  return Float32Array.from(sample.flatMap((point) => [xy[2 * point], xy[2 * point + 1]]));
}

function saidOfPca(rows: RowSet, sample: readonly number[], [x, y]: readonly [number, number]): string {
  if (x + y === 0) {
    return 'There is no spread to be shown.'; // one point, or several with the same vector
  }
  const held = `Two directions of ${rows.dimensions} hold ${Math.round(100 * (x + y))}% of the spread: what differs along the others can't be seen here.`;
  return sample.length === rows.count
    ? held
    : `${held} The directions are those of ${counted(sample.length)} of ${counted(rows.count)} points, drawn evenly over the files.`;
}

function saidOfUmap(rows: RowSet, sample: readonly number[]): string {
  const lost =
    'Who stands beside whom mostly holds; distances between groups, their sizes and the directions mean nothing.';
  return sample.length === rows.count
    ? lost
    : `${lost} ${counted(sample.length)} of ${counted(rows.count)} points, drawn evenly over the files and the same each time, were laid out; each of the others stands between the ${PLACED_BY} of these that are nearest to it.`;
}

function counted(count: number): string {
  return count.toLocaleString('en');
}
