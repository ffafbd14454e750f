// The ways to search that are held against each other: each ranks a code base's chunks for a query.

import type { Embedder } from '../../../src/retrieval/embedder.ts';
import { FUSION_WEIGHTS, fuse } from '../../../src/retrieval/fuse.ts';
import { RERANKED, reranked } from '../../../src/retrieval/rerank.ts';
import type { CodeBase, LabelledQuery } from './labels.ts';
import { best, byCounting, byMeaning, byWords, type PlacedChunk, type Score } from './rankings.ts';

/** As the product does: so many of each ranking are fused. */
const LIST = 200;
/** What a query has time for, about, where MiniLM's vectors are not in the index yet. */
export const FEW = 20;

/** Places of chunks, best first. */
export type Ranker = (query: LabelledQuery) => number[];

/** What makes vectors of texts: a model, or a stand-in for one. */
export type Model = Pick<Embedder, 'embed'>;

/**
 * The ways by name.
 *
 * @param miniLm all-MiniLM-L6-v2 where it is at hand: more ways then
 */
export async function waysOf(
  base: CodeBase,
  chunks: readonly PlacedChunk[],
  model: Model,
  miniLm: Model | undefined,
): Promise<ReadonlyMap<string, Ranker>> {
  const queries = base.queries.map(({ query }) => query);
  const lexical = listed(byWords(chunks));
  const vector = listed(await byMeaning(chunks, queries, model));
  const fused: Ranker = (query) => fusedTwo(lexical(query), vector(query), FUSION_WEIGHTS.vector);
  const ways = new Map<string, Ranker>([
    ['counting words', listed(byCounting(chunks))],
    ['BM25', lexical],
    ['static vectors', vector],
    ['fusion', fused],
  ]);
  if (miniLm !== undefined) {
    const cosines = await byMeaning(chunks, queries, miniLm);
    const meaning = listed(cosines);
    ways.set('fusion, in the order of MiniLM alone', (query) => byScores(fused(query), cosines(query.query)));
    ways.set(`fusion, first ${FEW} re-ranked`, (query) => rerankedTop(fused(query), cosines(query.query), FEW));
    ways.set('fusion, re-ranked', (query) => rerankedTop(fused(query), cosines(query.query), RERANKED));
    ways.set('MiniLM vectors', meaning);
    ways.set('fusion with MiniLM', (query) => fusedTwo(lexical(query), meaning(query), FUSION_WEIGHTS.sentence));
  }
  return ways;
}

function listed(score: Score): Ranker {
  return ({ query }) => best(score(query), LIST);
}

function fusedTwo(lexical: readonly number[], vector: readonly number[], weight: number): number[] {
  return fuse([lexical, vector], [FUSION_WEIGHTS.lexical, weight]).map(({ id }) => id);
}

/** The best by the scores alone, the rest behind them. */
function byScores(found: readonly number[], scores: Float64Array): number[] {
  const top = found.slice(0, RERANKED).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return [...top, ...found.slice(RERANKED)];
}

/** The best by both orders, the rest behind them. */
function rerankedTop(found: readonly number[], scores: Float64Array, count: number): number[] {
  const top = found.slice(0, count);
  const both = reranked(
    top,
    top.map((id) => scores[id]!),
  );
  return [...both.map(({ id }) => id), ...found.slice(count)];
}
