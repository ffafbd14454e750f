// Answers queries from an index: what ranking.ts finds, with the chunks' texts and marks, and with places that are right.

import type { Embedder } from '../../retrieval/embedder.ts';
import { FUSION_WEIGHTS } from '../../retrieval/fuse.ts';
import { markTerms, termsOf } from '../../retrieval/lexical/terms.ts';
import type { FileKey, SearchStore, StoredChunk, StoredFile } from '../../retrieval/store.ts';
import { counted } from '../../shared/counted.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import type { SearchAnswer, SearchFilter, SearchHit } from '../../shared/searchMessages.ts';
import type { Cutter } from './cutter.ts';
import { keyOf } from './fileKeys.ts';
import type { FileSource, FoundFile } from './fileSource.ts';
import { changedFiles, foundAgain } from './freshHits.ts';
import { type QueryParts, queryParts } from './queryParts.ts';
import { type FusedWeights, type Ranked, type Ranking, rank } from './ranking.ts';
import { KeptVectors, PATIENCE_MS } from './reranking.ts';

export type SearchPart = 'lexical' | 'vector' | 'rerank';

export interface QueryOptions {
  /** How many hits at most. */
  readonly top: number;
  readonly filter?: SearchFilter | undefined;
  /** What takes part; all that there is if absent. */
  readonly parts?: readonly SearchPart[] | undefined;
  /** Milliseconds that the better model has for what it doesn't know yet. */
  readonly patience?: number | undefined;
  readonly signal: CancelSignal;
}

/** A place that is not to be among the hits. */
export interface Except extends FileKey {
  readonly startLine: number;
  readonly endLine: number;
}

/** What a searcher needs of the indexer beside it. */
export interface IndexedNow {
  /** True until it is known which files there are. */
  readonly listing: boolean;
  pending(): readonly FoundFile[];
  isPending(file: FileKey): boolean;
  indexed(file: FileKey): StoredFile | undefined;
  refresh(files: readonly FileKey[], milliseconds: number): Promise<boolean>;
  changed(files: readonly FileKey[]): void;
}

/** The models that queries use, and why there aren't more. */
export interface QueryModels {
  /** By whose vectors chunks are found. */
  readonly model?: Embedder | undefined;
  readonly weights: FusedWeights;
  /** Puts the best in order anew. */
  readonly reranker?: Embedder | undefined;
  readonly notes: readonly string[];
}

export interface SearcherParts {
  readonly store: SearchStore;
  readonly files: FileSource;
  readonly cutter: Cutter;
  readonly clock: Clock;
  readonly index: IndexedNow;
  readonly models: () => Promise<QueryModels>;
}

/** Characters of a chunk that are shown. */
const SHOWN = 20_000;
/** How long a query waits for a file that has changed to be indexed anew, in milliseconds. */
const REFRESH_MS = 400;
/** Of a text that others are to be like: its rarest words. */
const SIMILAR_TERMS = 32;
/** Of a long text only the beginning says what it is like. */
const SIMILAR_CHARACTERS = 20_000;

export class Searcher {
  readonly #parts: SearcherParts;
  readonly #kept = new KeptVectors();

  constructor(parts: SearcherParts) {
    this.#parts = parts;
  }

  /** @throws Fault `cancelled`, `bad-params` for a filter that can't be followed */
  async query(query: string, options: QueryOptions): Promise<SearchAnswer> {
    return this.#answer(query, queryParts(query, options.filter), options);
  }

  /** Chunks like a text: by its meaning, and by the words that are rare in this index. */
  async similar(text: string, options: QueryOptions, except?: Except): Promise<SearchAnswer> {
    return this.#answer(text, await this.similarParts(text, options.filter), options, except);
  }

  /** What is looked for where the like of a text is. */
  async similarParts(text: string, filter: SearchFilter = {}): Promise<QueryParts> {
    const { store } = this.#parts;
    const read = text.slice(0, SIMILAR_CHARACTERS);
    const terms = [...new Set(termsOf(read))];
    const frequencies = await store.documentFrequencies(terms);
    const rare = terms
      .map((term, i) => ({ term, count: frequencies[i] as number }))
      .filter(({ count }) => count > 0)
      .sort((a, b) => a.count - b.count)
      .slice(0, SIMILAR_TERMS)
      .map(({ term }) => term);
    return { text: read, terms: rare, phrases: [], filter, notes: [] };
  }

  /** The ranking that a query's answer is made of. */
  async rank(query: QueryParts, options: QueryOptions): Promise<Ranking & { readonly modelNotes: readonly string[] }> {
    const { store, files, cutter, clock, index } = this.#parts;
    const takesPart = (part: SearchPart) => options.parts === undefined || options.parts.includes(part);
    const noModels: QueryModels = { weights: FUSION_WEIGHTS, notes: [] };
    const { model, weights, reranker, notes } =
      takesPart('vector') || takesPart('rerank') ? await this.#parts.models() : noModels;
    const ranking = await rank(query, options.top, {
      ...{ store, files, cutter, clock, weights, kept: this.#kept },
      model: takesPart('vector') ? model : undefined,
      reranker: takesPart('rerank') ? reranker : undefined,
      patience: options.patience ?? PATIENCE_MS,
      lexical: takesPart('lexical'),
      pending: index.pending(),
      signal: options.signal,
    });
    return { ...ranking, modelNotes: notes };
  }

  async #answer(query: string, parts: QueryParts, options: QueryOptions, except?: Except): Promise<SearchAnswer> {
    const { clock, index } = this.#parts;
    const { listing } = index;
    const pending = index.pending().length;
    let ranking = await this.rank(parts, options);
    let shown = await this.#shown(ranking, options, except);
    const changed = await this.#changed(shown);
    if (changed.size > 0 && (await index.refresh([...changed.values()], REFRESH_MS))) {
      ranking = await this.rank(parts, options);
      shown = await this.#shown(ranking, options, except);
    }
    const began = clock.elapsed();
    const { hits, lost } = await this.#hits(shown, ranking, parts);
    stopIf(options.signal);
    return {
      ...{ query, hits, pending },
      took: { ...ranking.took, read: clock.elapsed() - began },
      models: ranking.models,
      uncompared: ranking.uncompared,
      scanned: pending > 0 && ranking.scan === 'all',
      notes: [
        ...ranking.notes,
        ...ranking.modelNotes,
        ...(listing ? ['The files are still being listed: those that are not known yet were not searched.'] : []),
        ...notesOf(ranking, pending, lost),
      ],
    };
  }

  /** The best with their chunks: as many as are wanted. */
  async #shown({ order, scanned, scan }: Ranking, { top, signal }: QueryOptions, except?: Except): Promise<Shown[]> {
    const { store, index } = this.#parts;
    const shown: Shown[] = [];
    for (let at = 0; at < order.length && shown.length < top; at += top) {
      const some = order.slice(at, at + top);
      const chunks = await store.chunks(some.map(({ id }) => id).filter((id) => id >= 0));
      const byId = new Map(chunks.map((chunk) => [chunk.id, chunk]));
      for (const ranked of some) {
        const chunk = scanned.get(ranked.id)?.chunk ?? byId.get(ranked.id);
        // What a file that is pending says was scanned: what the index says of it is old.
        const old = ranked.id >= 0 && scan === 'all' && chunk !== undefined && index.isPending(chunk);
        if (chunk !== undefined && !old && !isExcept(chunk, except) && shown.length < top) {
          shown.push({ ranked, chunk });
        }
      }
      stopIf(signal);
    }
    return shown;
  }

  #changed(shown: readonly Shown[]): Promise<Map<string, FileKey>> {
    const { files, index } = this.#parts;
    const stored = shown.filter(({ ranked }) => ranked.id >= 0).map(({ chunk }) => chunk);
    return changedFiles(stored, files, (file) => index.indexed(file));
  }

  async #hits(
    shown: readonly Shown[],
    ranking: Ranking,
    parts: QueryParts,
  ): Promise<{ hits: SearchHit[]; lost: number }> {
    const { files, index } = this.#parts;
    const changed = await this.#changed(shown);
    if (changed.size > 0) {
      index.changed([...changed.values()]);
    }
    const terms = new Set(parts.terms.length === 0 ? ranking.terms : parts.terms);
    const hits: SearchHit[] = [];
    for (const { ranked, chunk } of shown) {
      const stale = ranked.id >= 0 && changed.has(keyOf(chunk));
      const place = stale ? await foundAgain(chunk, files) : chunk;
      if (place !== undefined) {
        hits.push(hitOf(ranked, place, terms));
      }
    }
    return { hits, lost: shown.length - hits.length };
  }
}

interface Shown {
  readonly ranked: Ranked;
  readonly chunk: StoredChunk;
}

export function hitOf(ranked: Ranked, chunk: StoredChunk, terms: ReadonlySet<string>): SearchHit {
  const { root, path, language, kind, names, startLine, endLine, start, end } = chunk;
  const text = chunk.text.slice(0, SHOWN);
  const { score, lexical, vector, rerank } = ranked;
  return {
    ...{ chunk: chunk.id, root, path, language, kind, names, startLine, endLine, start, end, text },
    marks: markTerms(text, terms),
    ...{ score, lexical, vector },
    rerank: rerank && { rank: rerank.rank, score: rerank.score },
  };
}

function isExcept(chunk: StoredChunk, except: Except | undefined): boolean {
  return (
    except !== undefined &&
    chunk.root === except.root &&
    chunk.path === except.path &&
    chunk.startLine <= except.endLine &&
    chunk.endLine >= except.startLine
  );
}

function notesOf({ scan }: Ranking, pending: number, lost: number): string[] {
  return [
    ...(scan === 'some'
      ? [
          `Of ${counted(pending, 'file that is', 'files that are')} not in the index yet, not all could be looked through in time.`,
        ]
      : []),
    ...(lost > 0 ? [`${lost} ${lost === 1 ? 'hit is' : 'hits are'} left out: the files have changed since.`] : []),
  ];
}

function stopIf(signal: CancelSignal): void {
  if (signal.cancelled) {
    throw new Fault('cancelled', 'The search was cancelled.');
  }
}
