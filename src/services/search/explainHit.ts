// Why a chunk is among the hits of a query, in numbers that add up: what each word gave, which sentences are nearest,
// how two ranks became a score, and what stands around it.

import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import { RRF_K } from '../../retrieval/fuse.ts';
import { type Corpus, inverseDocumentFrequency, termScore } from '../../retrieval/lexical/bm25.ts';
import { chunkTerms, defaultWeights, termColumns, termCount } from '../../retrieval/lexical/chunkTerms.ts';
import type { FileKey, SearchStore, StoredChunk } from '../../retrieval/store.ts';
import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { linesOf } from '../../shared/lines.ts';
import type { HitReason, SearchFilter } from '../../shared/searchMessages.ts';
import type { Cutter } from './cutter.ts';
import type { FileSource } from './fileSource.ts';
import { queryParts } from './queryParts.ts';
import type { Ranked, Ranking } from './ranking.ts';
import { dot } from './reranking.ts';
import { hitOf, type Searcher } from './searcher.ts';
import { sentencesOf } from './sentences.ts';

export interface ExplainParts {
  readonly searcher: Searcher;
  readonly store: SearchStore;
  readonly files: FileSource;
  readonly cutter: Cutter;
  /** The models that are there, the first one first. */
  readonly models: readonly Embedder[];
  readonly signal: CancelSignal;
}

/** Lines that are shown above and below. */
const AROUND = 6;
const MOST_SENTENCES = 60;

/** A hit, and how it was searched for. */
export interface ExplainedHit {
  /** Below 0 where it was found by a scan: see scanPending.ts. */
  readonly chunk: number;
  /** Chunks are cut anew while the index is made: without that one, what stands here is explained. */
  readonly at?: (FileKey & { readonly startLine: number }) | undefined;
  readonly filter?: SearchFilter | undefined;
  readonly top?: number | undefined;
  /** Whether the query is a text whose like was looked for. */
  readonly similar?: boolean | undefined;
}

const TOP = 50;

/** @throws Fault `not-found` when the chunk is gone, and nothing of the index stands in its place */
export async function explainHit(query: string, hit: ExplainedHit, parts: ExplainParts): Promise<HitReason> {
  const { searcher, signal } = parts;
  const { filter, top = TOP, similar = false } = hit;
  const asked = similar ? await searcher.similarParts(query, filter) : queryParts(query, filter);
  const ranking = await searcher.rank(asked, { top, signal, patience: 0 }); // in the order that was shown
  const chunk = await chunkOf(hit, ranking, parts.store);
  if (chunk === undefined) {
    throw new Fault('not-found', "This hit can't be explained: its file has changed since.", {
      remedy: 'Search again.',
    });
  }
  const ranked: Ranked = ranking.order.find(({ id }) => id === chunk.id) ?? {
    ...{ id: chunk.id, score: 0, lexical: null, vector: null, before: null, rerank: null },
  };
  return {
    hit: hitOf(ranked, chunk, new Set(ranking.terms)),
    scanned: chunk.id < 0,
    ...wordsOf(chunk, ranking),
    sentences: await nearestSentences(chunk, asked.text, parts),
    cosines: await cosinesOf(chunk, asked.text, parts),
    fusion: fusionOf(ranked, ranking),
    around: await around(chunk, parts.files),
    borders: await bordersOf(chunk, parts),
  };
}

async function chunkOf(
  { chunk: id, at }: ExplainedHit,
  { scanned }: Ranking,
  store: SearchStore,
): Promise<StoredChunk | undefined> {
  const [stored] = id < 0 ? [] : await store.chunks([id]);
  if (stored !== undefined || at === undefined) {
    return stored;
  }
  const there = ({ root, path, startLine, endLine }: StoredChunk) =>
    root === at.root && path === at.path && startLine <= at.startLine && at.startLine <= endLine;
  const found = [...scanned.values()].find(({ chunk }) => there(chunk));
  return found?.chunk ?? (await store.chunksOf(at)).find(there);
}

function wordsOf(chunk: StoredChunk, ranking: Ranking): Pick<HitReason, 'words' | 'bm25'> {
  const own = chunkTerms(chunk, chunk.path);
  const length = termCount(own);
  const { texts, averageLength, containing } = corpusFor(chunk, ranking);
  const words = ranking.terms.map((term) => {
    let count = 0;
    let weighted = 0;
    for (const column of termColumns) {
      const here = own[column].filter((one) => one === term).length;
      count += here;
      weighted += here * defaultWeights[column];
    }
    const inChunks = containing(term);
    const idf = inverseDocumentFrequency(texts, inChunks);
    const score = weighted === 0 ? 0 : termScore(idf, weighted, length, averageLength);
    return { term, count, inChunks, score };
  });
  const score = words.reduce((sum, word) => sum + word.score, 0);
  return { words, bm25: { score, length, averageLength, chunks: texts } };
}

/** The index; with the files that are not in it yet, as far as is known, for a chunk of one of these. */
function corpusFor({ id }: StoredChunk, { terms, frequencies, counts, scanCorpus }: Ranking): Corpus {
  if (id < 0) {
    return scanCorpus;
  }
  const containing = (term: string) => frequencies[terms.indexOf(term)] as number;
  return { texts: counts.chunks, averageLength: counts.averageLength, containing };
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
function fusionOf({ lexical, vector, before, rerank }: Ranked, { weights }: Ranking): HitReason['fusion'] {
  if (before !== null) {
    const line = (part: string, rank: number | null) => ({
      ...{ part, rank, weight: 1 },
      adds: rank === null ? 0 : 1 / (RRF_K + rank),
    });
    return [line('fused', before), line('rerank', rerank?.rank ?? null)];
  }
  const line = (part: 'lexical' | 'vector', one: Ranked['lexical']) => ({
    part,
    rank: one?.rank ?? null,
    weight: weights[part],
    adds: one?.adds ?? 0,
  });
  return [line('lexical', lexical), line('vector', vector)];
}

async function around(chunk: StoredChunk, files: FileSource): Promise<HitReason['around']> {
  const read = await files.read(chunk);
  if (!('text' in read)) {
    return { startLine: chunk.startLine, text: chunk.text };
  }
  const lines = linesOf(read.text);
  const first = Math.max(1, chunk.startLine - AROUND);
  return { startLine: first, text: lines.slice(first - 1, chunk.endLine + AROUND).join('\n') };
}

async function bordersOf(chunk: StoredChunk, parts: ExplainParts): Promise<HitReason['borders']> {
  const chunks = await chunksAround(chunk, parts);
  const at = chunks.findIndex(({ start }) => start === chunk.start);
  return chunks
    .slice(Math.max(0, at - 1), at + 2)
    .map(({ startLine, endLine, names }, i) => ({ startLine, endLine, names, own: Math.max(0, at - 1) + i === at }));
}

/** All of its file: those of the index, or those that a scan cuts. */
async function chunksAround(
  chunk: StoredChunk,
  { store, files, cutter }: ExplainParts,
): Promise<readonly Pick<StoredChunk, 'start' | 'startLine' | 'endLine' | 'names'>[]> {
  if (chunk.id >= 0) {
    return store.chunksOf(chunk);
  }
  const read = await files.read(chunk);
  return 'text' in read ? cutter.quick(chunk.language, read.text) : [chunk];
}
