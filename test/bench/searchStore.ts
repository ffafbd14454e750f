// What the index costs in SQLite at 50,000 chunks: to write, to ask, to open again, in memory. Texts are made from a seed,
// their words as unevenly common as words are.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { compiledKernels } from '../../src/build/kernels.ts';
import { lessIsBetter, type Measure, median } from '../../src/build/measurement.ts';
import { bestNearest } from '../../src/engine/kernels/wasmNearest.ts';
import type { FileWrite } from '../../src/retrieval/store.ts';
import { SqliteStore } from '../../src/services/search/store/sqlite.ts';
import { type Random, seededRandom, systemClock } from '../../src/shared/environment.ts';

const FILES = 5000;
const CHUNKS_A_FILE = 10;
const CHUNKS = FILES * CHUNKS_A_FILE;
/** Characters: with the above about 40 MB. */
const CHUNK_LENGTH = 800;
const WORDS = 50_000;
const C = 256;
const QUERIES = 50;
const FILES_AT_ONCE = 50;
const VECTORS_AT_ONCE = 500;
const MB = 1024 * 1024;

export const measure: Measure = async (report, log) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'search-store-'));
  const file = path.join(folder, 'index.sqlite');
  const random = seededRandom(1);
  const kernels = await bestNearest(compiledKernels);
  const open = () => SqliteStore.open(file, { clock: systemClock, kernels });
  try {
    let store = await open();
    let bytes = 0;
    let writing = 0;
    let longest = 0;
    for (let i = 0; i < FILES; i += FILES_AT_ONCE) {
      const write = Array.from({ length: FILES_AT_ONCE }, (_, n) => sampleWrite(i + n, random));
      bytes += write.reduce((sum, { file: { size } }) => sum + size, 0);
      const took = await timed(() => store.apply({ write }));
      writing += took;
      longest = Math.max(longest, took);
    }
    log(`${CHUNKS} chunks, ${(bytes / MB).toFixed(1)} MB; the longest batch took ${longest.toFixed(0)} ms.`);
    report({ name: 'chunks written', value: (CHUNKS / writing) * 1000, unit: 'chunks/s' });
    report({ name: 'text written', value: bytes / MB / (writing / 1000), unit: 'MB/s' });
    let putting = 0;
    for (;;) {
      const lacking = await store.withoutVectors('static', VECTORS_AT_ONCE);
      if (lacking.length === 0) {
        break;
      }
      const vectors = new Map(lacking.map(({ id }) => [id, vectorOf(random)]));
      putting += await timed(() => store.putVectors('static', C, vectors));
    }
    report({ name: `vectors of ${C} written`, value: (CHUNKS / putting) * 1000, unit: 'vectors/s' });
    await store.close();

    let opening = await timed(async () => {
      store = await open();
    });
    opening += await timed(() => store.files());
    report(lessIsBetter('opened again, with its list of files', opening, 'ms', 'goal', 1000));
    report({ name: 'the first search by vectors', value: await timed(() => nearest(store, random)), unit: 'ms' });
    const filter = { include: ['src/1*/**'] };
    const asked: [string, () => Promise<unknown>][] = [
      ['search by three words', () => store.lexical(query(3, random), 200)],
      ['search by eight words', () => store.lexical(query(8, random), 200)],
      ['search by three words, filtered', () => store.lexical(query(3, random), 200, filter)],
      ['search by vectors', () => nearest(store, random)],
      ['search by vectors, filtered', () => store.nearest('static', vectorOf(random), 200, filter)],
    ];
    for (const [name, ask] of asked) {
      const times: number[] = [];
      for (let i = 0; i < QUERIES; i++) {
        times.push(await timed(ask));
      }
      report(lessIsBetter(`${name}, median`, median(times), 'ms', 'goal', 50));
    }
    report({
      name: 'a save, ten chunks',
      value: await timed(() => store.apply({ write: [sampleWrite(7, random)] })),
      unit: 'ms',
    });
    report({ name: 'counting', value: await timed(() => store.counts()), unit: 'ms' });
    report({ name: 'size of the file', value: (await store.counts()).storeBytes / MB, unit: 'MB' });
    await store.close();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

function nearest(store: SqliteStore, random: Random): Promise<unknown> {
  return store.nearest('static', vectorOf(random), 200);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

/** The n-th commonest word is about 1/n as common as the first (Zipf). */
function word(random: Random): string {
  const rank = Math.floor(WORDS ** random());
  return `${'bcdfghjklmnp'[rank % 12]}${'aeiou'[rank % 5]}${rank.toString(36).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)])}`;
}

/** Of middling words, as people ask. */
function query(words: number, random: Random): string[] {
  return Array.from({ length: words }, () => word(() => 0.2 + 0.8 * random()));
}

function sampleWrite(i: number, random: Random): FileWrite {
  let start = 0;
  const chunks = Array.from({ length: CHUNKS_A_FILE }, (_, n) => {
    let text = '';
    while (text.length < CHUNK_LENGTH) {
      text += `${word(random)}${random() < 0.2 ? '\n' : ' '}`;
    }
    const from = start;
    start += text.length;
    return {
      kind: 'code' as const,
      start: from,
      end: start,
      startLine: n * 30 + 1,
      endLine: n * 30 + 30,
      names: [word(random)],
      text,
    };
  });
  const file = { root: 'r', path: `src/${i % 100}/${word(random)}${i}.ts`, size: start, modified: i, hash: `${i}` };
  return { file: { ...file, language: 'typescript', cut: 'lines', indexed: i }, chunks };
}

/** Of length 1. */
function vectorOf(random: Random): Float32Array {
  const vector = Float32Array.from({ length: C }, () => random() + random() - 1);
  const length = Math.hypot(...vector);
  return vector.map((x) => x / length);
}
