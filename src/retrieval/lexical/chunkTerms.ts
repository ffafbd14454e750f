// The terms under which a chunk is found: of its text, of the names around it, of its file's path; and what an
// occurrence counts in each.

import type { Chunk } from '../chunk.ts';
import { termsOf } from './terms.ts';

export interface ChunkTerms {
  readonly text: readonly string[];
  readonly names: readonly string[];
  readonly path: readonly string[];
}

export type TermColumn = keyof ChunkTerms;
export type ColumnWeights = Readonly<Record<TermColumn, number>>;

/** In the order in which stores keep them. */
export const termColumns = ['text', 'names', 'path'] as const satisfies readonly TermColumn[];

/**
 * What an occurrence counts. That of names was chosen on the labelled queries of `npm run bench -- searchQuality`, which
 * also says how it does on code that it wasn't chosen on.
 */
export const defaultWeights: ColumnWeights = { text: 1, names: 4, path: 1 };

export function chunkTerms(chunk: Pick<Chunk, 'text' | 'names'>, path: string): ChunkTerms {
  return { text: termsOf(chunk.text), names: termsOf(chunk.names.join(' ')), path: termsOf(path) };
}

/** How many terms a chunk has, all columns together: its length to BM25. */
export function termCount({ text, names, path }: ChunkTerms): number {
  return text.length + names.length + path.length;
}

/** More terms than this make a query slow and not better: of a longer one the rarest are taken. */
export const MOST_QUERY_TERMS = 64;

/**
 * Each term of a query once, and not more than {@link MOST_QUERY_TERMS} of them: those in the fewest chunks, the first
 * of equals, in the query's order.
 *
 * @param frequencies in how many chunks each of the distinct terms stands, by {@link SearchStore.documentFrequencies}
 */
export function queryTerms(distinct: readonly string[], frequencies: readonly number[]): string[] {
  if (distinct.length <= MOST_QUERY_TERMS) {
    return [...distinct];
  }
  const present = distinct.map((_, i) => i).filter((i) => frequencies[i] > 0);
  const rarest = new Set(present.sort((a, b) => frequencies[a] - frequencies[b] || a - b).slice(0, MOST_QUERY_TERMS));
  return distinct.filter((_, i) => rarest.has(i));
}
