// The best hits in a new order, by a better model. What has its vector already is compared at once; for the others there
// is as much time as is given, from the best hit on, and what isn't reached in it keeps its place behind those that were.

import { embeddedText } from '../../retrieval/chunk.ts';
import type { Embedder } from '../../retrieval/embedder.ts';
import { RRF_K } from '../../retrieval/fuse.ts';
import { RERANKED, reranked } from '../../retrieval/rerank.ts';
import type { SearchStore } from '../../retrieval/store.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import type { Ranked } from './ranking.ts';
import type { ScannedChunk } from './scanPending.ts';

/**
 * Milliseconds for vectors that are not there yet, where nobody says how long they would wait for a better order. Those
 * who show answers as one types ask twice: with none, and then with much.
 */
export const PATIENCE_MS = 2000;
/** Vectors of so many texts are kept. */
const MOST_KEPT = 2000;

/** Vectors made for queries, by the text: the next query finds much the same. The oldest are forgotten. */
export class KeptVectors {
  readonly #vectors = new Map<string, Float32Array>();

  /** @throws Fault the model's */
  async of(model: Embedder, text: string, signal: CancelSignal): Promise<Float32Array> {
    const key = `${model.id}\n${text}`;
    const vector = this.#vectors.get(key) ?? ((await model.embed([text], { signal }))[0] as Float32Array);
    this.#vectors.delete(key);
    this.#vectors.set(key, vector);
    for (const [oldest] of this.#vectors) {
      if (this.#vectors.size <= MOST_KEPT) {
        break;
      }
      this.#vectors.delete(oldest);
    }
    return vector;
  }

  has(model: Embedder, text: string): boolean {
    return this.#vectors.has(`${model.id}\n${text}`);
  }
}

export interface RerankingParts {
  readonly model: Embedder;
  readonly store: SearchStore;
  readonly scanned: readonly ScannedChunk[];
  readonly kept: KeptVectors;
  /** Milliseconds for making vectors; 0 does with those that are there. */
  readonly patience: number;
  readonly clock: Clock;
  readonly signal: CancelSignal;
}

/**
 * Each by its place in the order and, where it was compared, by its place by the model.
 *
 * @returns with how many of the best there was no time for
 * @throws Fault the model's
 */
export async function reorder(
  order: readonly Ranked[],
  text: string,
  parts: RerankingParts,
): Promise<{ readonly order: readonly Ranked[]; readonly uncompared: number }> {
  const { model, signal } = parts;
  const [query] = text === '' ? [] : await model.embed([text], { signal });
  // All zeros: nothing in it that the model knows.
  if (query === undefined || query.every((value) => value === 0)) {
    return { order, uncompared: 0 };
  }
  const best = order.slice(0, RERANKED);
  const cosines = await cosinesTo(query, best, parts);
  const uncompared = best.length - cosines.length;
  if (cosines.length === 0) {
    return { order, uncompared };
  }
  const first = reranked([...cosines.keys()], cosines).map(({ id: place, score, parts: [, second] }) => ({
    ...(order[place] as Ranked),
    score,
    before: place + 1,
    rerank: { rank: second?.rank as number, score: cosines[place] as number },
  }));
  const behind = order.slice(cosines.length).map((one, i) => {
    const before = cosines.length + i + 1;
    return { ...one, score: 1 / (RRF_K + before), before };
  });
  return { order: [...first, ...behind], uncompared };
}

/** Of the best, from the first on, as many as there was time for. */
async function cosinesTo(
  query: Float32Array,
  best: readonly Ranked[],
  { model, store, scanned, kept, patience, clock, signal }: RerankingParts,
): Promise<number[]> {
  const ids = best.map(({ id }) => id).filter((id) => id >= 0);
  const stored = await store.vectors(model.id, ids);
  const chunks = await store.chunks(ids.filter((id) => !stored.has(id)));
  const texts = new Map([...chunks, ...scanned.map(({ chunk }) => chunk)].map((one) => [one.id, embeddedText(one)]));
  const until = clock.elapsed() + patience;
  const cosines: number[] = [];
  for (const { id } of best) {
    const text = texts.get(id);
    let vector = stored.get(id);
    if (vector === undefined && text !== undefined) {
      if (clock.elapsed() >= until && !kept.has(model, text)) {
        break;
      }
      vector = await kept.of(model, text, signal);
    }
    cosines.push(dot(query, vector));
  }
  return cosines;
}

/** The cosine of vectors of length 1. A chunk that is gone since comes last. */
export function dot(a: Float32Array, b: Float32Array | undefined): number {
  let sum = 0;
  for (let i = 0; b !== undefined && i < a.length; i++) {
    sum += (a[i] as number) * (b[i] as number);
  }
  return b === undefined ? -1 : sum;
}
