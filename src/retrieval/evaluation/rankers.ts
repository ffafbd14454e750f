// Ways to rank chunks for a query, in memory and without a store: how well they rank is measured, not how fast. Terms,
// BM25, weights and fusion are those of search itself.

import { type Chunk, embeddedText } from '../chunk.ts';
import type { Embedder } from '../embedder.ts';
import { FUSION_WEIGHTS, fuse } from '../fuse.ts';
import { inverseDocumentFrequency, termScore } from '../lexical/bm25.ts';
import { chunkTerms, defaultWeights, queryTerms, termColumns, termCount } from '../lexical/chunkTerms.ts';
import { termsOf } from '../lexical/terms.ts';
import { product } from '../pooling.ts';
import { RERANKED, reranked } from '../rerank.ts';

export interface PlacedChunk extends Chunk {
  readonly path: string;
}

/** Gives others their turn now and then. @throws Fault `cancelled` */
export type Breathe = () => Promise<void>;

/** Places in the list of chunks, best first. */
export type Ranked = readonly number[];

/** As search does: so many of each ranking are fused. */
const LIST = 200;
/** Chunks that are gone through without a pause, and texts that are embedded at once. */
const SLICE = 64;

/** What a search for each of the words would count: how often they stand in a chunk, letter by letter. */
export class WordCounts {
  readonly #chunks: readonly PlacedChunk[];
  /** In small letters, as far as they were needed. */
  readonly #texts: string[] = [];
  readonly #counted = new Map<string, ReadonlyMap<number, number>>();

  constructor(chunks: readonly PlacedChunk[]) {
    this.#chunks = chunks;
  }

  async rank(query: string, breathe: Breathe): Promise<Ranked> {
    const scores = new Float64Array(this.#chunks.length);
    for (const word of new Set(query.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? [])) {
      for (const [chunk, count] of await this.#count(word, breathe)) {
        scores[chunk]! += count;
      }
    }
    return best(scores);
  }

  async #count(word: string, breathe: Breathe): Promise<ReadonlyMap<number, number>> {
    const known = this.#counted.get(word);
    if (known !== undefined) {
      return known;
    }
    const counts = new Map<number, number>();
    for (const [chunk, { text }] of this.#chunks.entries()) {
      this.#texts[chunk] ??= text.toLowerCase();
      const count = countOf(word, this.#texts[chunk]!);
      if (count > 0) {
        counts.set(chunk, count);
      }
      if (chunk % SLICE === 0) {
        await breathe();
      }
    }
    this.#counted.set(word, counts);
    return counts;
  }
}

function countOf(word: string, text: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    count++;
  }
  return count;
}

/** By term: the chunks that have it, and how often, weighted by where. */
type Postings = Map<string, { readonly chunk: number; readonly weighted: number }[]>;

/** BM25 as the stores compute it, over lists of which chunks have a term. */
export class WordIndex {
  readonly #postings: Postings;
  readonly #lengths: Float64Array;
  readonly #averageLength: number;

  private constructor(postings: Postings, lengths: Float64Array) {
    this.#postings = postings;
    this.#lengths = lengths;
    this.#averageLength = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  }

  static async of(chunks: readonly PlacedChunk[], breathe: Breathe): Promise<WordIndex> {
    const postings: Postings = new Map();
    const lengths = new Float64Array(chunks.length);
    for (const [chunk, one] of chunks.entries()) {
      const terms = chunkTerms(one, one.path);
      const counts = new Map<string, number>();
      for (const column of termColumns) {
        for (const term of terms[column]) {
          counts.set(term, (counts.get(term) ?? 0) + defaultWeights[column]);
        }
      }
      for (const [term, weighted] of counts) {
        const list = postings.get(term) ?? [];
        list.push({ chunk, weighted });
        postings.set(term, list);
      }
      lengths[chunk] = termCount(terms);
      if (chunk % SLICE === 0) {
        await breathe();
      }
    }
    return new WordIndex(postings, lengths);
  }

  rank(query: string): Ranked {
    const distinct = [...new Set(termsOf(query))];
    const frequencies = distinct.map((term) => this.#postings.get(term)?.length ?? 0);
    const scores = new Float64Array(this.#lengths.length);
    for (const term of queryTerms(distinct, frequencies)) {
      const list = this.#postings.get(term) ?? [];
      const idf = inverseDocumentFrequency(this.#lengths.length, list.length);
      for (const { chunk, weighted } of list) {
        scores[chunk]! += termScore(idf, weighted, this.#lengths[chunk]!, this.#averageLength);
      }
    }
    return best(scores);
  }
}

/** Cosines by a model over all chunks. */
export class Meanings {
  readonly #model: Pick<Embedder, 'embed'>;
  readonly #vectors: readonly Float32Array[];

  private constructor(model: Pick<Embedder, 'embed'>, vectors: readonly Float32Array[]) {
    this.#model = model;
    this.#vectors = vectors;
  }

  static async of(
    chunks: readonly PlacedChunk[],
    model: Pick<Embedder, 'embed'>,
    breathe: Breathe,
    onProgress: (done: number) => void,
  ): Promise<Meanings> {
    const vectors: Float32Array[] = [];
    for (let at = 0; at < chunks.length; at += SLICE) {
      vectors.push(...(await model.embed(chunks.slice(at, at + SLICE).map(embeddedText))));
      onProgress(vectors.length);
      await breathe();
    }
    return new Meanings(model, vectors);
  }

  async rank(query: string): Promise<Ranked> {
    const [asked] = await this.#model.embed([query]);
    return best(Float64Array.from(this.#vectors, (vector) => product(vector, asked!)));
  }
}

export function fusedRank(lexical: Ranked, vector: Ranked): Ranked {
  return fuse([lexical, vector], [FUSION_WEIGHTS.lexical, FUSION_WEIGHTS.vector]).map(({ id }) => id);
}

/** Puts the best in order anew by a better model. A chunk's vector is made once, whatever the query. */
export class Reranker {
  readonly #chunks: readonly PlacedChunk[];
  readonly #model: Pick<Embedder, 'embed'>;
  readonly #vectors = new Map<number, Float32Array>();

  constructor(chunks: readonly PlacedChunk[], model: Pick<Embedder, 'embed'>) {
    this.#chunks = chunks;
    this.#model = model;
  }

  async rank(query: string, order: Ranked, breathe: Breathe): Promise<Ranked> {
    const first = order.slice(0, RERANKED);
    const [asked] = await this.#model.embed([query]);
    const cosines: number[] = [];
    for (const chunk of first) {
      const vector = this.#vectors.get(chunk) ?? (await this.#model.embed([embeddedText(this.#chunks[chunk]!)]))[0]!;
      this.#vectors.set(chunk, vector);
      cosines.push(product(vector, asked!));
      await breathe();
    }
    return [...reranked(first, cosines).map(({ id }) => id), ...order.slice(RERANKED)];
  }
}

/** The chunks with the highest scores above 0; equal scores in the chunks' order. */
function best(scores: Float64Array): number[] {
  return Array.from(scores.keys())
    .filter((chunk) => scores[chunk]! > 0)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .slice(0, LIST);
}
