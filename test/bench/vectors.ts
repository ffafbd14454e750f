// Exact nearest neighbours: how long the ten nearest take, beside plain JavaScript over the same vectors in f32 in the same
// run, and how many of the true ten are found. And what a map takes. One thread; medians; milliseconds.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiledKernels } from '../../src/build/kernels.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import type { NearestKernels } from '../../src/engine/kernels/nearest.ts';
import { bestNearest } from '../../src/engine/kernels/wasmNearest.ts';
import type { FileWrite } from '../../src/retrieval/store.ts';
import { RowSet } from '../../src/retrieval/vectors/rowSet.ts';
import { VectorIndex } from '../../src/retrieval/vectors/vectorIndex.ts';
import { MOST_SAMPLED, pcaMap, umapMap } from '../../src/services/search/maps.ts';
import { slicedPause } from '../../src/services/search/mapsPause.ts';
import { spreadSample } from '../../src/services/search/mapsPoints.ts';
import { SqliteStore } from '../../src/services/search/store/sqlite.ts';
import { neverCancelled, seededRandom, systemClock } from '../../src/shared/environment.ts';

const DIMENSIONS = 384;
const LIMIT = 10;
const ROUNDS = 15;
/** How many rows, what the reach is in milliseconds, and whether all are also kept in f32 to compare with. */
const SIZES = [
  { count: 100_000, goal: 6, compared: true },
  { count: 1_000_000, goal: 50, compared: false },
] as const;
const MAP_POINTS = 50_000;
/** Chunks that are written in one go. */
const AT_ONCE = 1000;

type Report = Parameters<Measure>[0];
type Log = Parameters<Measure>[1];

/** Figures for the area `search`. */
export async function measureVectors(report: Report, log: Log): Promise<void> {
  const kernels = await bestNearest(compiledKernels);
  log(`Vectors are searched by ${kernels.name}.`);
  for (const { count, goal, compared } of SIZES) {
    const index = new VectorIndex(DIMENSIONS, kernels, 1024 * 1024 * 1024);
    const vectorOf = clusteredVectors(count);
    const row = new Float32Array(DIMENSIONS);
    const all = compared ? new Float32Array(count * DIMENSIONS) : undefined;
    for (let key = 0; key < count; key++) {
      index.set(key, vectorOf(key, row));
      all?.set(row, key * DIMENSIONS);
    }
    const rescore = (keys: readonly number[]) => new Map(keys.map((key) => [key, vectorOf(key)]));
    const queries = Array.from({ length: ROUNDS }, (_, i) => nearBy(vectorOf((i * 7919) % count), i));
    index.nearest(queries[0], LIMIT, { rescore });
    const found: number[][] = [];
    const times = queries.map((query) => timed(() => found.push(keysOf(index.nearest(query, LIMIT, { rescore })))));
    const name = `top ${LIMIT} of ${count.toLocaleString('en')} x ${DIMENSIONS}`;
    report(lessIsBetter(name, median(times), 'ms', 'goal', goal));
    log(`${name}: ${(index.bytes / 1024 / 1024).toFixed(0)} MB`);
    if (all !== undefined) {
      const truth: number[][] = [];
      const plain = queries.map((query) => timed(() => truth.push(plainNearest(all, query))));
      report(lessIsBetter(name, median(times), 'ms', 'plain JavaScript, f32', median(plain)));
      const hits = truth.flatMap((keys, i) => keys.filter((key) => found[i].includes(key))).length;
      const recall = hits / truth.flat().length;
      report({
        name: `recall at ${LIMIT}`,
        value: recall,
        unit: '',
        peer: 'goal',
        peerValue: 0.99,
        ratio: recall / 0.99,
      });
    }
  }
  await measureWhole(kernels, report);
  await measureMaps(report, log);
}

/** As a search asks: from the store, whose f32 rows the best are put in order by, to the chunks that they belong to. */
async function measureWhole(kernels: NearestKernels, report: Report): Promise<void> {
  const [{ count, goal }] = SIZES;
  const folder = await mkdtemp(path.join(tmpdir(), 'search-vectors-'));
  const store = await SqliteStore.open(path.join(folder, 'index.sqlite'), { clock: systemClock, kernels });
  try {
    const vectorOf = clusteredVectors(count);
    const all = new Float32Array(count * DIMENSIONS);
    for (let from = 0; from < count; from += AT_ONCE) {
      await store.apply({ write: [numberedChunks(from)] });
      const lacking = await store.withoutVectors('peer', AT_ONCE);
      const vectors = lacking.map(({ id, text }) => [id, vectorOf(Number(text))] as const);
      for (const { text } of lacking) {
        all.set(vectorOf(Number(text)), Number(text) * DIMENSIONS);
      }
      await store.putVectors('peer', DIMENSIONS, new Map(vectors));
    }
    const times: number[] = [];
    let hits = 0;
    await store.nearest('peer', vectorOf(0), LIMIT);
    for (let round = 0; round < ROUNDS; round++) {
      const query = nearBy(vectorOf((round * 7919) % count), round);
      const begun = performance.now();
      const near = await store.nearest('peer', query, LIMIT);
      times.push(performance.now() - begun);
      const found = await store.chunks(near.map(({ chunk }) => chunk));
      const truth = new Set(plainNearest(all, query));
      hits += found.filter(({ text }) => truth.has(Number(text))).length;
    }
    const name = `the same in the store, ${count.toLocaleString('en')} chunks`;
    report(lessIsBetter(name, median(times), 'ms', 'goal', goal));
    const recall = hits / ROUNDS / LIMIT;
    report({
      name: `recall at ${LIMIT}`,
      value: recall,
      unit: '',
      peer: 'goal',
      peerValue: 0.99,
      ratio: recall / 0.99,
    });
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file of chunks whose text is their number, from this one on. */
function numberedChunks(from: number): FileWrite {
  const chunks = Array.from({ length: AT_ONCE }, (_, i) => {
    const text = String(from + i);
    const place = { start: i * 10, end: i * 10 + text.length, startLine: i + 1, endLine: i + 1 };
    return { kind: 'lines' as const, ...place, names: [], text };
  });
  const file = { root: 'r', path: `${from}.txt`, size: AT_ONCE * 10, modified: 1, hash: String(from) };
  return { file: { ...file, language: 'plaintext', cut: 'quick', indexed: 1 }, chunks };
}

async function measureMaps(report: Report, log: Log): Promise<void> {
  const kernels = await bestNearest(compiledKernels);
  const rows = new RowSet(DIMENSIONS);
  const vectorOf = clusteredVectors(MAP_POINTS);
  for (let point = 0; point < MAP_POINTS; point++) {
    rows.push(vectorOf(point));
  }
  const sample = spreadSample([...Array(MAP_POINTS).keys()], MOST_SAMPLED, 1);
  const begun = performance.now();
  const work = { kernels, seed: 1, pause: slicedPause(systemClock, neverCancelled) };
  const flat = await pcaMap(rows, sample, work);
  const between = performance.now();
  const laidOut = await umapMap(rows, sample, work);
  const name = `a map of ${MAP_POINTS.toLocaleString('en')} chunks`;
  report({ name: `${name}, PCA`, value: between - begun, unit: 'ms' });
  report({ name: `${name}, UMAP`, value: performance.now() - between, unit: 'ms' });
  log(`neighbours kept: PCA ${flat.kept.toFixed(2)}, UMAP ${laidOut.kept.toFixed(2)}`);
}

/** Vectors of length 1 round one of a thousand centres, the same for the same key: nothing has to be kept to have one again. */
function clusteredVectors(count: number): (key: number, out?: Float32Array) => Float32Array {
  const centres = Array.from({ length: Math.min(1000, count) }, (_, i) => noise(seededRandom(i)));
  return (key, out = new Float32Array(DIMENSIONS)) => {
    const centre = centres[key % centres.length];
    const random = seededRandom(key + 1_000_003);
    let square = 0;
    for (let c = 0; c < DIMENSIONS; c++) {
      out[c] = centre[c] + random() - 0.5;
      square += out[c] * out[c];
    }
    const length = Math.sqrt(square);
    for (let c = 0; c < DIMENSIONS; c++) {
      out[c] /= length;
    }
    return out;
  };
}

function noise(random: () => number): Float32Array {
  return Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
}

function nearBy(vector: Float32Array, seed: number): Float32Array {
  const other = noise(seededRandom(seed));
  return vector.map((x, c) => x + other[c] / DIMENSIONS);
}

function plainNearest(rows: Float32Array, query: Float32Array): number[] {
  const best: { key: number; score: number }[] = [];
  for (let key = 0; key * DIMENSIONS < rows.length; key++) {
    let score = 0;
    for (let c = 0, at = key * DIMENSIONS; c < DIMENSIONS; c++, at++) {
      score += rows[at] * query[c];
    }
    if (best.length < LIMIT || score > best[LIMIT - 1].score) {
      best.push({ key, score });
      best.sort((a, b) => b.score - a.score || a.key - b.key);
      best.length = Math.min(best.length, LIMIT);
    }
  }
  return best.map(({ key }) => key);
}

function keysOf(rows: readonly { readonly key: number }[]): number[] {
  return rows.map(({ key }) => key);
}

function timed(run: () => void): number {
  const begun = performance.now();
  run();
  return performance.now() - begun;
}
