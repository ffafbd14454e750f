// The order of chunks for a query, before anything is read for people: by words, by vectors, both fused, and the best put
// in order anew by a better model. What each part said is kept.

import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import { type Fused, fuse } from '../../retrieval/fuse.ts';
import type { Corpus } from '../../retrieval/lexical/bm25.ts';
import { queryTerms } from '../../retrieval/lexical/chunkTerms.ts';
import type { ScoredChunk, SearchStore, StoreCounts } from '../../retrieval/store.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { asFault } from '../../shared/errors.ts';
import type { Cutter } from './cutter.ts';
import type { FileSource, FoundFile } from './fileSource.ts';
import { hasPhrases, type QueryParts } from './queryParts.ts';
import { type KeptVectors, reorder } from './reranking.ts';
import { type ScannedChunk, scanPending } from './scanPending.ts';

/** How many the words and the vectors each give to the fusion. */
const LIST = 200;
/** With a phrase more are looked through, in steps, until enough have it. */
const PHRASE_LISTS = [LIST, 2000, 10_000];
/** Milliseconds for looking through what is not in the index yet. */
const SCAN_MS = 1500;

export interface RankingParts {
  readonly store: SearchStore;
  readonly files: FileSource;
  readonly cutter: Cutter;
  readonly clock: Clock;
  /** The model whose vectors are compared; undefined where there is none, or where it isn't to take part. */
  readonly model: Embedder | undefined;
  readonly weights: FusedWeights;
  /** Does nothing where it is the model: its word has counted then. */
  readonly reranker: Embedder | undefined;
  readonly kept: KeptVectors;
  /** Milliseconds that the reranker has for what it doesn't know yet. */
  readonly patience: number;
  readonly lexical: boolean;
  readonly pending: readonly FoundFile[];
  readonly signal: CancelSignal;
}

/** What the places by words and by vectors count. */
export interface FusedWeights {
  readonly lexical: number;
  readonly vector: number;
}

/** What came of a query. */
export interface Ranking {
  readonly weights: FusedWeights;
  /** The query's terms that took part. */
  readonly terms: readonly string[];
  readonly frequencies: readonly number[];
  readonly counts: StoreCounts;
  /** The query's vector by `model`. */
  readonly vector: Float32Array | undefined;
  /** Best first. Ids below 0 are chunks of `scanned`. */
  readonly order: readonly Ranked[];
  /** How many of the best the reranker had no time for. */
  readonly uncompared: number;
  readonly scanned: ReadonlyMap<number, ScannedChunk>;
  /** What the scores of `scanned` stand on. */
  readonly scanCorpus: Corpus;
  /** Whether files that are pending were looked through, all of them. */
  readonly scan: 'none' | 'all' | 'some';
  readonly took: Readonly<Record<string, number>>;
  readonly models: readonly string[];
  readonly notes: readonly string[];
}

export interface Ranked {
  readonly id: number;
  /** What the order is by. */
  readonly score: number;
  readonly lexical: { readonly rank: number; readonly score: number; readonly adds: number } | null;
  readonly vector: { readonly rank: number; readonly score: number; readonly adds: number } | null;
  /** Its place before a better model put the best in order anew; null where none did. */
  readonly before: number | null;
  /** Its place by that model alone; null where it wasn't compared. */
  readonly rerank: { readonly rank: number; readonly score: number } | null;
}

/** @param top how many are wanted */
export async function rank(query: QueryParts, top: number, parts: RankingParts): Promise<Ranking> {
  const { store, clock } = parts;
  const took: Record<string, number> = {};
  const notes: string[] = [...query.notes];
  const timed: Timed = async (stage, work) => {
    const began = clock.elapsed();
    const result = await work();
    took[stage] = (took[stage] ?? 0) + clock.elapsed() - began;
    return result;
  };
  const [terms, frequencies, counts] = await timed('terms', async () => {
    const all = await store.documentFrequencies(query.terms);
    const used = queryTerms(query.terms, all);
    return [used, used.map((term) => all[query.terms.indexOf(term)] as number), await store.counts()] as const;
  });
  const asked = { ...query, terms };
  const vector = await timed('embed', () => embedded(parts.model, query.text, parts.signal));
  const scanned = await timed('scan', () => scan(asked, frequencies, counts, parts));
  let lexical: readonly ScoredChunk[] = [];
  let vectors: readonly ScoredChunk[] = [];
  for (const limit of query.phrases.length === 0 ? [LIST] : PHRASE_LISTS) {
    const before = lexical.length + vectors.length;
    lexical = await timed('lexical', async () => (parts.lexical ? store.lexical(terms, limit, query.filter) : []));
    vectors = await timed('vector', () => nearest(vector, limit, query, parts));
    const found = lexical.length + vectors.length;
    if (query.phrases.length > 0) {
      [lexical, vectors] = await timed('lexical', () => withPhrases([lexical, vectors], query.phrases, store));
    }
    if (found === before || lexical.length + vectors.length >= 2 * top || parts.signal.cancelled) {
      break;
    }
  }
  const fused = await timed('fuse', async () => fusedOrder(merged(lexical, scanned.found), vectors, parts.weights));
  const { order, uncompared, reranker } = await inBetterOrder(fused, query.text, parts, scanned.found, timed, notes);
  return {
    ...{ weights: parts.weights, terms, frequencies, counts, vector, took, notes, order, uncompared },
    scanned: new Map(scanned.found.map((one) => [one.chunk.id, one])),
    scanCorpus: scanned.corpus,
    scan: parts.pending.length === 0 ? 'none' : scanned.complete ? 'all' : 'some',
    models: [
      ...(vector === undefined ? [] : [parts.model!.label]),
      ...(reranker === undefined ? [] : [reranker.label]),
    ],
  };
}

type Timed = <T>(stage: string, work: () => Promise<T>) => Promise<T>;

/** @returns the model that took part, where one did */
async function inBetterOrder(
  order: readonly Ranked[],
  text: string,
  { reranker, model, ...parts }: RankingParts,
  scanned: readonly ScannedChunk[],
  timed: Timed,
  notes: string[],
): Promise<{ readonly order: readonly Ranked[]; readonly uncompared: number; readonly reranker?: Embedder }> {
  if (reranker === undefined || reranker.id === model?.id) {
    return { order, uncompared: 0 };
  }
  try {
    const better = await timed('rerank', () => reorder(order, text, { ...parts, model: reranker, scanned }));
    return { ...better, reranker };
  } catch (error) {
    const fault = asFault(error);
    if (fault.code === 'cancelled') {
      throw fault;
    }
    notes.push(`The best hits are not put in order by the better model: ${fault.message}`);
    return { order, uncompared: 0 };
  }
}

async function embedded(
  model: Embedder | undefined,
  text: string,
  signal: CancelSignal,
): Promise<Float32Array | undefined> {
  const [vector] = model === undefined || text === '' ? [] : await model.embed([text], { signal });
  // All zeros: nothing in it that the model knows, and so no direction to look in.
  return vector?.some((value) => value !== 0) ? vector : undefined;
}

function scan(
  query: QueryParts,
  frequencies: readonly number[],
  { chunks, averageLength }: StoreCounts,
  { files, pending, cutter, clock, lexical, signal }: RankingParts,
) {
  const corpus = { chunks, averageLength, frequencies };
  const wanted = lexical ? pending : [];
  return scanPending({ files, query, cutter, clock, corpus, signal, budget: SCAN_MS, pending: wanted });
}

async function nearest(
  vector: Float32Array | undefined,
  limit: number,
  query: QueryParts,
  { store, model }: RankingParts,
): Promise<ScoredChunk[]> {
  return vector === undefined ? [] : store.nearest(model!.id, vector, limit, query.filter);
}

async function withPhrases(
  lists: readonly (readonly ScoredChunk[])[],
  phrases: readonly string[],
  store: SearchStore,
): Promise<[ScoredChunk[], ScoredChunk[]]> {
  const ids = [...new Set(lists.flatMap((list) => list.map(({ chunk }) => chunk)))];
  const having = new Set<number>();
  for (const chunk of await store.chunks(ids)) {
    if (hasPhrases(`${chunk.path}\n${embeddedText(chunk)}`, phrases)) {
      having.add(chunk.id);
    }
  }
  const [lexical, vectors] = lists.map((list) => list.filter(({ chunk }) => having.has(chunk)));
  return [lexical as ScoredChunk[], vectors as ScoredChunk[]];
}

function merged(lexical: readonly ScoredChunk[], scanned: readonly ScannedChunk[]): readonly ScoredChunk[] {
  if (scanned.length === 0) {
    return lexical;
  }
  const all = [...lexical, ...scanned.map(({ chunk, score }) => ({ chunk: chunk.id, score }))];
  return all.sort((a, b) => b.score - a.score || b.chunk - a.chunk).slice(0, LIST);
}

function fusedOrder(lexical: readonly ScoredChunk[], vectors: readonly ScoredChunk[], weights: FusedWeights): Ranked[] {
  const [words, meaning] = [scoresOf(lexical), scoresOf(vectors)];
  const lists = [lexical, vectors].map((list) => list.map(({ chunk }) => chunk));
  return fuse(lists, [weights.lexical, weights.vector]).map(({ id, score, parts }) => ({
    id,
    score,
    lexical: partOf(parts[0], words.get(id)),
    vector: partOf(parts[1], meaning.get(id)),
    before: null,
    rerank: null,
  }));
}

function scoresOf(list: readonly ScoredChunk[]): Map<number, number> {
  return new Map(list.map(({ chunk, score }) => [chunk, score]));
}

function partOf(part: Fused['parts'][number] | undefined, score: number | undefined): Ranked['lexical'] {
  return part?.rank === undefined || score === undefined ? null : { rank: part.rank, score, adds: part.adds };
}
