// Why a chunk is among the hits of a query, in numbers that add up: what each word gave, which sentences are nearest,
// how two ranks became a score, and what stands around it.

import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import { FUSION_WEIGHTS, RRF_K } from '../../retrieval/fuse.ts';
import { inverseDocumentFrequency, termScore } from '../../retrieval/lexical/bm25.ts';
import { chunkTerms, defaultWeights, termColumns, termCount } from '../../retrieval/lexical/chunkTerms.ts';
import type { SearchStore, StoredChunk } from '../../retrieval/store.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { HitReason } from '../../shared/searchMessages.ts';
import type { FileSource } from './fileSource.ts';
import { queryParts } from './queryParts.ts';
import { dot, type Ranked, type Ranking } from './ranking.ts';
import { hitOf, type Searcher } from './searcher.ts';
import { sentencesOf } from './sentences.ts';

export interface ExplainParts {
  readonly searcher: Searcher;
  readonly store: SearchStore;
  readonly files: FileSource;
  /** The models that are there, the first one first. */
  readonly models: readonly Embedder[];
  readonly signal: CancelSignal;
}

/** Lines that are shown above and below. */
const AROUND = 6;
const MOST_SENTENCES = 60;

/** @throws Fault `not-found` when the chunk is gone, or not in the index yet */
export async function explainHit(query: string, id: number, parts: ExplainParts): Promise<HitReason> {
  const { searcher, store, signal } = parts;
  const [chunk] = id < 0 ? [] : await store.chunks([id]);
  if (chunk === undefined) {
    const why = id < 0 ? 'It was found by a scan: its file is not in the index yet' : 'Its file has changed since';
    throw new Fault('not-found', `This hit can't be explained. ${why}.`, { remedy: 'Search again.' });
  }
  const asked = queryParts(query);
  const ranking = await searcher.rank(asked, { top: 50, signal });
  const ranked: Ranked = ranking.order.find((one) => one.id === id) ?? {
    ...{ id, score: 0, lexical: null, vector: null, rerank: null },
  };
  return {
    hit: hitOf(ranked, chunk, new Set(ranking.terms)),
    ...wordsOf(chunk, ranking),
    sentences: await nearestSentences(chunk, asked.text, parts),
    cosines: await cosinesOf(chunk, asked.text, parts),
    fusion: fusionOf(ranked),
    around: await around(chunk, parts.files),
    borders: await bordersOf(chunk, store),
  };
}

function wordsOf(chunk: StoredChunk, { terms, frequencies, counts }: Ranking): Pick<HitReason, 'words' | 'bm25'> {
  const own = chunkTerms(chunk, chunk.path);
  const length = termCount(own);
  const words = terms.map((term, i) => {
    let count = 0;
    let weighted = 0;
    for (const column of termColumns) {
      const here = own[column].filter((one) => one === term).length;
      count += here;
      weighted += here * defaultWeights[column];
    }
    const inChunks = frequencies[i] as number;
    const idf = inverseDocumentFrequency(counts.chunks, inChunks);
    const score = weighted === 0 ? 0 : termScore(idf, weighted, length, counts.averageLength);
    return { term, count, inChunks, score };
  });
  const score = words.reduce((sum, word) => sum + word.score, 0);
  return { words, bm25: { score, length, averageLength: counts.averageLength, chunks: counts.chunks } };
}

async function nearestSentences(
  chunk: StoredChunk,
  query: string,
  { models: [model], signal }: ExplainParts,
): Promise<HitReason['sentences']> {
  const sentences = sentencesOf(chunk.text, chunk.kind, MOST_SENTENCES);
  if (model === undefined || query === '') {
    return [];
  }
  const [asked, ...vectors] = await model.embed([query, ...sentences.map(({ text }) => text)], { signal });
  return sentences
    .map((sentence, i) => ({ ...sentence, similarity: dot(asked as Float32Array, vectors[i]) }))
    .sort((a, b) => b.similarity - a.similarity || a.start - b.start);
}

async function cosinesOf(
  chunk: StoredChunk,
  query: string,
  { models, store, signal }: ExplainParts,
): Promise<HitReason['cosines']> {
  const cosines: { model: string; cosine: number }[] = [];
  for (const model of query === '' ? [] : models) {
    const [asked] = await model.embed([query], { signal });
    const stored = (await store.vectors(model.id, [chunk.id])).get(chunk.id);
    const [made] = stored === undefined ? await model.embed([embeddedText(chunk)], { signal }) : [stored];
    cosines.push({ model: model.label, cosine: dot(asked as Float32Array, made) });
  }
  return cosines;
}

/** In this order the parts add up to the score, bit for bit. */
function fusionOf({ lexical, vector, rerank }: Ranked): HitReason['fusion'] {
  if (rerank !== null) {
    const line = (part: string, rank: number) => ({ part, rank, weight: 1, adds: 1 / (RRF_K + rank) });
    return [line('fused', rerank.before), line('rerank', rerank.rank)];
  }
  const line = (part: 'lexical' | 'vector', one: Ranked['lexical']) => ({
    part,
    rank: one?.rank ?? null,
    weight: FUSION_WEIGHTS[part],
    adds: one?.adds ?? 0,
  });
  return [line('lexical', lexical), line('vector', vector)];
}

async function around(chunk: StoredChunk, files: FileSource): Promise<HitReason['around']> {
  const read = await files.read(chunk);
  if (!('text' in read)) {
    return { startLine: chunk.startLine, text: chunk.text };
  }
  const lines = read.text.split(/\r\n|\r|\n/);
  const first = Math.max(1, chunk.startLine - AROUND);
  return { startLine: first, text: lines.slice(first - 1, chunk.endLine + AROUND).join('\n') };
}

async function bordersOf(chunk: StoredChunk, store: SearchStore): Promise<HitReason['borders']> {
  const chunks = await store.chunksOf(chunk);
  const at = chunks.findIndex(({ id }) => id === chunk.id);
  return chunks
    .slice(Math.max(0, at - 1), at + 2)
    .map(({ id, startLine, endLine, names }) => ({ startLine, endLine, names, own: id === chunk.id }));
}
