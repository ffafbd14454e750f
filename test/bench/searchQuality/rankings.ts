// Ways to rank a code base's chunks for a query, from the parts that the product is made of: its chunkers, terms, BM25,
// static model and fusion. In memory, without a store: how well they rank is measured here, not how fast.

import { inRoot } from '../../../src/build/paths.ts';
import { chunkFile } from '../../../src/retrieval/chunk/chunkFile.ts';
import { type Chunk, embeddedText } from '../../../src/retrieval/chunk.ts';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import { bm25 } from '../../../src/retrieval/lexical/bm25.ts';
import {
  type ColumnWeights,
  chunkTerms,
  defaultWeights,
  termColumns,
  termCount,
} from '../../../src/retrieval/lexical/chunkTerms.ts';
import { termsOf } from '../../../src/retrieval/lexical/terms.ts';
import { product } from '../../../src/retrieval/pooling.ts';
import { languageOf } from '../../../src/services/search/languages.ts';
import { SyntaxParsers } from '../../../src/services/search/syntaxParsers.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import type { CodeBase } from './labels.ts';

export interface PlacedChunk extends Chunk {
  readonly file: string;
}

/** Scores of all chunks, by their place in the list; higher is better, 0 or less is not found. */
export type Score = (query: string) => Float64Array;

export async function chunksOf(base: CodeBase): Promise<PlacedChunk[]> {
  const folder = inRoot('node_modules/@vscode/tree-sitter-wasm/wasm');
  const parser = new SyntaxParsers({ folder, clock: systemClock, budget: 60_000 });
  const all: PlacedChunk[] = [];
  for (const { path, text } of base.files) {
    const { chunks, why } = await chunkFile(languageOf(path, text), text, parser);
    if (why !== undefined) {
      throw new Error(`${base.name}: ${path} was not cut along its syntax: ${why}`);
    }
    all.push(...chunks.map((chunk) => ({ ...chunk, file: path })));
  }
  return all;
}

/** How often the query's words stand in a chunk, taken as they are: what a search for each of them would count. */
export function byCounting(chunks: readonly PlacedChunk[]): Score {
  const texts = chunks.map(({ text }) => text.toLowerCase());
  return (query) => {
    const words = new Set(query.toLowerCase().split(/\s+/).filter(Boolean));
    return Float64Array.from(texts, (text) => {
      let count = 0;
      for (const word of words) {
        count += text.split(word).length - 1;
      }
      return count;
    });
  };
}

/** BM25 as the stores compute it. */
export function byWords(chunks: readonly PlacedChunk[], weights: ColumnWeights = defaultWeights): Score {
  const bags = chunks.map((chunk) => {
    const terms = chunkTerms(chunk, chunk.file);
    const counts = new Map<string, number>();
    for (const column of termColumns) {
      for (const term of terms[column]) {
        counts.set(term, (counts.get(term) ?? 0) + weights[column]);
      }
    }
    return { counts, length: termCount(terms) };
  });
  const containing = new Map<string, number>();
  for (const { counts } of bags) {
    for (const term of counts.keys()) {
      containing.set(term, (containing.get(term) ?? 0) + 1);
    }
  }
  const corpus = {
    texts: bags.length,
    averageLength: bags.reduce((sum, { length }) => sum + length, 0) / bags.length,
    containing: (term: string) => containing.get(term) ?? 0,
  };
  return (query) => {
    const terms = new Set(termsOf(query));
    return Float64Array.from(bags, ({ counts, length }) =>
      bm25(terms, { length, weighted: (term) => counts.get(term) ?? 0 }, corpus),
    );
  };
}

/** Cosines by a model, computed for all queries at once. */
export async function byMeaning(
  chunks: readonly PlacedChunk[],
  queries: readonly string[],
  model: Pick<Embedder, 'embed'>,
): Promise<Score> {
  const vectors = await model.embed(chunks.map(embeddedText));
  const asked = await model.embed(queries);
  const byQuery = new Map(queries.map((query, i) => [query, asked[i]!]));
  return (query) => Float64Array.from(vectors, (vector) => product(vector, byQuery.get(query)!));
}

/** The places of the chunks with the highest scores above 0, best first; equal scores in the chunks' order. */
export function best(scores: Float64Array, limit: number): number[] {
  return Array.from(scores.keys())
    .filter((i) => scores[i]! > 0)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, limit);
}
