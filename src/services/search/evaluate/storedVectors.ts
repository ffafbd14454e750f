// A model that takes vectors from an index that has them already: a chunk that is the same there is not embedded again.

import { createHash } from 'node:crypto';
import { type Chunk, embeddedText } from '../../../retrieval/chunk.ts';
import type { Embedder, EmbedOptions } from '../../../retrieval/embedder.ts';
import type { SearchStore } from '../../../retrieval/store.ts';

/** Chunks that are read at once. */
const PAGE = 500;

type Vectors = ReadonlyMap<string, Float32Array>;

/** The same model; the index is read at the first call. */
export function withStored(model: Embedder, store: Pick<SearchStore, 'chunkPage' | 'vectors' | 'counts'>): Embedder {
  let reading: Promise<Vectors> | undefined;
  return {
    id: model.id,
    label: model.label,
    dimensions: model.dimensions,
    detail: model.detail,
    tokens: (text: string) => model.tokens(text),
    embed: async (texts: readonly string[], options?: EmbedOptions) => {
      reading ??= storedVectors(model.id, store);
      const stored = await reading;
      const found = texts.map((text) => stored.get(keyOf(text)));
      const missing = texts.filter((_, i) => found[i] === undefined);
      const made = missing.length === 0 ? [] : await model.embed(missing, options);
      let next = 0;
      return found.map((vector) => vector ?? (made[next++] as Float32Array));
    },
  };
}

async function storedVectors(
  model: string,
  store: Pick<SearchStore, 'chunkPage' | 'vectors' | 'counts'>,
): Promise<Vectors> {
  const all = new Map<string, Float32Array>();
  if (((await store.counts()).vectors[model] ?? 0) === 0) {
    return all;
  }
  for (let after = -1; ; ) {
    const chunks: readonly (Chunk & { readonly id: number })[] = await store.chunkPage(after, PAGE);
    const last = chunks.at(-1);
    if (last === undefined) {
      return all;
    }
    const ids = chunks.map(({ id }) => id);
    const vectors = await store.vectors(model, ids);
    for (const chunk of chunks) {
      const vector = vectors.get(chunk.id);
      if (vector !== undefined) {
        all.set(keyOf(embeddedText(chunk)), vector);
      }
    }
    after = last.id;
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
