// An index in memory with vectors that are known, for tests of what is shown of it: the store's answers by plain loops.

import type { ScoredChunk, SearchStore, StoredChunk } from '../../../src/retrieval/store.ts';
import { bruteForce } from '../retrieval/vectors/samples.ts';

export interface KnownChunk {
  readonly path: string;
  readonly language?: string;
  readonly root?: string;
  /** Absent where it has none yet. */
  readonly vector?: Float32Array;
}

/** Chunk i has the id 10 i + 1. */
export function idOf(i: number): number {
  return 10 * i + 1;
}

export function knownIndex(model: string, known: readonly KnownChunk[]) {
  const chunks = known.map(
    ({ path, language = 'typescript', root = 'r' }, i): StoredChunk => ({
      ...{ id: idOf(i), root, path, language, kind: 'code', names: ['thing'], text: `text of ${i}` },
      ...{ start: 0, end: 1, startLine: i + 1, endLine: i + 1 },
    }),
  );
  const rows = new Map(known.flatMap(({ vector }, i) => (vector === undefined ? [] : [[idOf(i), vector] as const])));
  const calls = { pages: 0 };
  const state = { version: 1 };
  const store: Partial<SearchStore> = {
    place: 'memory',
    version: async () => state.version,
    counts: async () => ({
      ...{ files: 0, chunks: chunks.length, textBytes: 0, storeBytes: 0, averageLength: 3, languages: {} },
      vectors: { [model]: rows.size },
    }),
    chunkPage: async (after, limit) => {
      calls.pages++;
      return chunks.filter(({ id }) => id > after).slice(0, limit);
    },
    chunks: async (ids) => chunks.filter(({ id }) => ids.includes(id)),
    vectors: async (embedder, ids) =>
      new Map(ids.flatMap((id) => (embedder === model && rows.has(id) ? [[id, rows.get(id) as Float32Array]] : []))),
    nearest: async (_, query, limit): Promise<ScoredChunk[]> =>
      bruteForce(rows, query, limit).map(({ key, score }) => ({ chunk: key, score })),
  };
  return { store: store as SearchStore, rows, calls, state };
}
