// The search worker's methods about vectors: see src/shared/embeddingMessages.ts.

import type { Embedder } from '../../retrieval/embedder.ts';
import { rank, similarities } from '../../retrieval/vectors/neighbours.ts';
import { RowSet } from '../../retrieval/vectors/rowSet.ts';
import { STATIC_MODEL } from '../../services/models/programModels.ts';
import { type MapWork, pcaMap } from '../../services/search/maps.ts';
import { slicedPause } from '../../services/search/mapsPause.ts';
import {
  compareItems,
  type EmbeddedItem,
  type FlatMap,
  findAnalogy,
  findNeighbours,
  inspectEmbedding,
  listEmbedders,
  mapIndex,
  type Neighbour,
  namePoints,
} from '../../shared/embeddingMessages.ts';
import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import type { Method, Progress } from '../../shared/messages.ts';
import { handOver } from '../transferringWriter.ts';
import { findAnalogyIn } from './embeddingAnalogy.ts';
import { IndexMaps } from './embeddingMaps.ts';
import { type CallParts, type EmbeddingSource, embedItems, infoOf, openIndexOf, placeOf } from './embeddingSource.ts';
import { hasTokenVectors, inspected } from './embeddingTokens.ts';
import { type Words, wordsOf } from './embeddingWords.ts';

type On = <P, R>(
  method: Method<P, R>,
  answer: (
    params: P,
    call: { readonly signal: CancelSignal; readonly onProgress: (progress: Progress) => void },
  ) => Promise<R> | R,
) => void;

/** Has `source` answer the messages about vectors. */
export function addEmbeddingMethods(on: On, source: EmbeddingSource): void {
  /** Someone waits: the index is not worked on meanwhile. */
  const onWaited: On = (method, answer) => on(method, (params, call) => source.first(async () => answer(params, call)));
  const maps = new IndexMaps();
  const words = new WeakMap<Embedder, Promise<Words | undefined>>();
  const workOf = async ({ signal, onProgress }: CallParts): Promise<MapWork> => ({
    kernels: await source.kernels(),
    seed: source.seed,
    pause: slicedPause(source.clock, signal),
    onProgress,
  });

  onWaited(listEmbedders, async () =>
    (await source.models()).map((model) => ({
      ...model,
      parts: model.id === STATIC_MODEL,
      words: model.id === STATIC_MODEL,
    })),
  );
  onWaited(inspectEmbedding, async ({ model, item }, call) => {
    const embedder = await source.embedder(model);
    const { texts, vectors } = await embedItems(source, embedder, [item], call);
    return inspected(model, embedder, await source.tokenizer(model), texts[0], vectors[0]);
  });
  onWaited(compareItems, async ({ model, items }, call) => {
    const embedder = await source.embedder(model);
    const { infos, vectors } = await embedItems(source, embedder, items, call);
    const flat = flattened(vectors, embedder.dimensions);
    const compared = {
      model,
      dimensions: embedder.dimensions,
      items: infos,
      vectors: flat.buffer,
      similarities: similarities(vectors).buffer,
      map: await itemsMap(vectors, embedder.dimensions, await workOf(call)),
    };
    return handOver(compared, [compared.vectors, compared.similarities, compared.map.xy]);
  });
  onWaited(findNeighbours, async ({ model, item, among = [], limit }, call) => {
    const embedder = await source.embedder(model);
    const all = await embedItems(source, embedder, [item, ...among], call);
    const [vector, ...others] = all.vectors;
    const itself = among.findIndex((other) => isSame(other, item));
    const items = rank(others, vector, limit + 1)
      .filter(({ index }) => index !== itself)
      .map(({ index, score }): Neighbour => ({ ...all.infos[index + 1], item: index, cosine: score }));
    const found = await neighboursInIndex(source, embedder, item, vector, limit);
    return { of: all.infos[0], items: items.slice(0, limit), ...found };
  });
  on(mapIndex, async ({ model, method }, call) => {
    const index = await openIndexOf(source);
    const make = async () => maps.map(model, await source.embedder(model), index, method, await workOf(call));
    const map = await (method === 'pca' ? source.first(make) : source.beside(make));
    return handOver(map, [map.xy, map.ids, map.sampled, map.folders.of, map.languages.of]);
  });
  onWaited(namePoints, async ({ chunks }) => {
    const { store } = await openIndexOf(source);
    const found = new Map((await store.chunks(chunks)).map((chunk) => [chunk.id, chunk]));
    return chunks.flatMap((id) => {
      const chunk = found.get(id);
      return chunk === undefined ? [] : [placeOf(chunk)];
    });
  });
  onWaited(findAnalogy, async (question, call) => {
    const embedder = await source.embedder(question.model);
    const wordsOfModel = () => {
      const made = words.get(embedder) ?? makeWords(source, question.model, embedder);
      words.set(embedder, made);
      made.catch(() => words.delete(embedder)); // the next one tries again
      return made;
    };
    return findAnalogyIn(source, embedder, question, wordsOfModel, call);
  });
}

/** Not cancelled with the question that first asked: the next one takes them up. */
async function makeWords(source: EmbeddingSource, model: string, embedder: Embedder): Promise<Words | undefined> {
  const tokenizer = await source.tokenizer(model);
  return tokenizer === undefined || !hasTokenVectors(embedder)
    ? undefined
    : wordsOf(embedder, tokenizer, await source.kernels(), slicedPause(source.clock, neverCancelled));
}

async function neighboursInIndex(
  source: EmbeddingSource,
  embedder: Embedder,
  item: EmbeddedItem,
  vector: Float32Array,
  limit: number,
): Promise<{ readonly index: Neighbour[]; readonly said?: string }> {
  const store = (await source.index())?.store;
  if (store === undefined) {
    return { index: [], said: 'No index is open.' };
  }
  const { vectors, chunks: all } = await store.counts();
  const there = vectors[embedder.id] ?? 0;
  if (there === 0) {
    return { index: [], said: `No chunk of the index has a vector of ${embedder.label} yet.` };
  }
  const near = await store.nearest(embedder.id, vector, limit + 1);
  const chunks = new Map((await store.chunks(near.map(({ chunk }) => chunk))).map((chunk) => [chunk.id, chunk]));
  const own = 'chunk' in item ? item.chunk : undefined;
  const index = near.flatMap(({ chunk: id, score }): Neighbour[] => {
    const chunk = chunks.get(id);
    return chunk === undefined || id === own
      ? []
      : [{ ...infoOf(embedder, chunk.text, vector, chunk, undefined), empty: false, cosine: score }];
  });
  const said = there < all ? { said: `${there} of ${all} chunks have a vector of ${embedder.label} so far.` } : {};
  return { index: index.slice(0, limit), ...said };
}

async function itemsMap(vectors: readonly Float32Array[], dimensions: number, work: MapWork): Promise<FlatMap> {
  const rows = new RowSet(dimensions);
  for (const vector of vectors) {
    rows.push(vector);
  }
  const { sampled: _, ...map } = await pcaMap(rows, [...vectors.keys()], work);
  return map;
}

function flattened(vectors: readonly Float32Array[], dimensions: number): Float32Array<ArrayBuffer> {
  const flat = new Float32Array(vectors.length * dimensions); // (n, C)
  for (const [i, vector] of vectors.entries()) {
    flat.set(vector, i * dimensions);
  }
  return flat;
}

function isSame(a: EmbeddedItem, b: EmbeddedItem): boolean {
  return 'chunk' in a ? 'chunk' in b && a.chunk === b.chunk : 'text' in b && a.text === b.text;
}
