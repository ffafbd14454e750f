// The search worker's messages about vectors, on a model whose vectors are known: what goes in is checked by each
// message's schema, and what comes out is what the vectors say.

import { beforeEach, describe, expect, test } from 'vitest';
import { wasmNearest } from '../../../src/engine/kernels/wasmNearest.ts';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import { normalised } from '../../../src/retrieval/vectors/quantise.ts';
import {
  compareItems,
  findAnalogy,
  findNeighbours,
  inspectEmbedding,
  listEmbedders,
  MOST_ITEMS,
  mapIndex,
  namePoints,
} from '../../../src/shared/embeddingMessages.ts';
import { neverCancelled, systemClock } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { Method } from '../../../src/shared/messages.ts';
import { z } from '../../../src/shared/schema.ts';
import type { Tokenizer } from '../../../src/tokenizers/tokenizer.ts';
import { addEmbeddingMethods } from '../../../src/worker/search/embeddingMethods.ts';
import { modules } from '../engine/kernelModules.ts';
import { idOf, knownIndex } from './mapsIndex.ts';

/** Royal, male, female, fruit. */
const WORDS: Readonly<Record<string, readonly number[]>> = {
  king: [2, 2, 0, 0],
  queen: [2, 0, 2, 0],
  man: [0, 1, 0, 0],
  woman: [0, 0, 1, 0],
  apple: [0, 0, 0, 3],
  '##s': [0, 0.1, 0.1, 0],
};
const LIST = Object.keys(WORDS);

/** A text's vector is the sum of its known words' vectors, at length 1. */
class WordModel implements Embedder {
  readonly id = 'words-1';
  readonly label = 'Words';
  readonly detail = 'six words';
  readonly dimensions = 4;

  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    return texts.map((text) => {
      const sum = [0, 0, 0, 0];
      for (const id of this.tokens(text).ids) {
        this.tokenVector(id).forEach((x, c) => {
          sum[c] += x;
        });
      }
      return normalised(sum);
    });
  }
  tokens(text: string) {
    const ids = Uint32Array.from(
      text
        .split(/\s+/)
        .map((word) => LIST.indexOf(word))
        .filter((id) => id >= 0),
    );
    return { ids, used: ids.length };
  }
  tokenVector(id: number): Float32Array {
    return Float32Array.from(WORDS[LIST[id]]);
  }
}

const tokenizer = {
  size: LIST.length,
  entry: (id: number) => ({ id, text: LIST[id], special: false }),
} as unknown as Tokenizer;
const embedder = new WordModel();
const known = await embedder.embed(['king', 'queen', 'woman', 'apple apple', 'man']);
const index = knownIndex(
  embedder.id,
  known.map((vector, i) => ({ path: `${i % 2 === 0 ? 'src' : 'docs'}/${i}.ts`, vector })),
);
let open = true;
/** What the index gave way to. */
const gaveWay: string[] = [];
function waited<T>(how: string, work: () => Promise<T>): Promise<T> {
  gaveWay.push(how);
  return work();
}

type Handler = (params: unknown, call: { signal: typeof neverCancelled; onProgress: () => void }) => unknown;
const answers = new Map<string, Handler>();
addEmbeddingMethods((method, answer) => answers.set(method.name, answer as Handler), {
  clock: systemClock,
  seed: 1,
  kernels: async () => wasmNearest(modules.simd),
  models: async () => [
    { id: 'static', label: 'Words', detail: 'six words', dimensions: 4, vectors: 5, state: 'ready' },
    { id: 'minilm', label: 'MiniLM', detail: '', dimensions: 384, vectors: 0, state: 'missing', message: 'Fetch it.' },
  ],
  embedder: async (model) => {
    if (model !== 'static') {
      throw new Fault('not-found', 'No such model.');
    }
    return embedder;
  },
  tokenizer: async () => tokenizer,
  index: async () => (open ? { store: index.store, rootName: (root) => root } : undefined),
  first: (work) => waited('first', work),
  beside: (work) => waited('beside', work),
});

async function ask<P, R>(method: Method<P, R>, params: P): Promise<R> {
  const handler = answers.get(method.name) as Handler;
  return (await handler(z.parse(method.params, params), { signal: neverCancelled, onProgress: () => {} })) as R;
}
const floats = (buffer: ArrayBuffer) => [...new Float32Array(buffer)];
const model = 'static';

beforeEach(() => {
  open = true;
});

test('the models, with what each can show', async () => {
  expect(await ask(listEmbedders, {})).toMatchObject([
    { id: 'static', parts: true, words: true, vectors: 5 },
    { id: 'minilm', parts: false, words: false, state: 'missing', message: 'Fetch it.' },
  ]);
});

describe('one text', () => {
  test('its vector is the weighted mean of its parts, brought to length 1', async () => {
    const { vector, tokens, parts, used } = await ask(inspectEmbedding, { model, item: { text: 'king apple king' } });
    expect(tokens.map(({ piece }) => piece)).toEqual(['king', 'apple', 'king']);
    expect(used).toBe(3);
    const [vectors, weights, norms, cosines] = [parts!.vectors, parts!.weights, parts!.norms, parts!.cosines].map(
      floats,
    );
    expect(weights.reduce((a, b) => a + b)).toBeCloseTo(1);
    expect(norms[1]).toBeCloseTo(3);
    const mean = [0, 0, 0, 0].map((_, c) =>
      weights.reduce((sum, weight, i) => sum + (weight * vectors[4 * i + c]) / norms[i], 0),
    );
    normalised(mean).forEach((x, c) => {
      expect(floats(vector)[c]).toBeCloseTo(x);
    });
    expect(cosines[0]).toBeCloseTo(floats(vector)[0] * Math.SQRT1_2 + floats(vector)[1] * Math.SQRT1_2);
  });

  test('of which the model knows nothing is said to be empty', async () => {
    expect(await ask(inspectEmbedding, { model, item: { text: 'zebra' } })).toMatchObject({ empty: true, tokens: [] });
  });

  test('may be a chunk of the index; one that is gone is a fault', async () => {
    expect(await ask(inspectEmbedding, { model, item: { chunk: idOf(2) } })).toMatchObject({ tokenCount: 0 });
    await expect(ask(inspectEmbedding, { model, item: { chunk: 7 } })).rejects.toMatchObject({ code: 'not-found' });
    open = false;
    await expect(ask(inspectEmbedding, { model, item: { chunk: idOf(2) } })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('several texts', () => {
  const items = ['king', 'queen', 'man woman', 'apple', 'zebra'].map((text) => ({ text }));

  test('their similarities are cosines, their map lies on two directions', async () => {
    const { similarities, map, vectors, items: infos } = await ask(compareItems, { model, items });
    const matrix = floats(similarities);
    expect(matrix[1]).toBeCloseTo(0.5); // king, queen
    expect(matrix[5]).toBeCloseTo(0.5);
    expect(matrix[0]).toBeCloseTo(1);
    expect(matrix[24]).toBe(0); // nothing is known of a zebra
    expect(floats(vectors)).toHaveLength(20);
    expect(floats(map.xy)).toHaveLength(10);
    expect(map.explained![0]).toBeGreaterThanOrEqual(map.explained![1]);
    expect(infos.map(({ empty }) => empty)).toEqual([false, false, false, false, true]);
  });

  test('neighbours are those of the original space, without the item itself', async () => {
    const found = await ask(findNeighbours, { model, item: { text: 'king' }, among: items, limit: 2 });
    expect(found.items.map(({ name, item }) => [name, item])).toEqual([
      ['queen', 1],
      ['man woman', 2],
    ]);
    expect(found.index.map(({ place }) => place!.path)).toEqual(['src/0.ts', 'src/4.ts']);
    expect(found.index[0].cosine).toBeCloseTo(1);
    open = false;
    expect(await ask(findNeighbours, { model, item: { text: 'king' }, limit: 2 })).toMatchObject({
      index: [],
      said: 'No index is open.',
    });
  });

  test('no more than so many are taken, nor what has another shape', () => {
    const many = Array.from({ length: MOST_ITEMS + 1 }, () => ({ text: '' }));
    expect(z.safeParse(compareItems.params, { model, items: many }).success).toBe(false);
    expect(z.safeParse(compareItems.params, { model, items: many.slice(1) }).success).toBe(true);
    expect(z.safeParse(compareItems.params, { model, items: [{ text: 'a', path: '/etc' }] }).success).toBe(false);
    expect(z.safeParse(findNeighbours.params, { model, item: { chunk: -1 }, limit: 5 }).success).toBe(false);
  });
});

describe('the whole index', () => {
  test('is a map of its chunks, coloured, and read once for both ways to lay it out', async () => {
    const map = await ask(mapIndex, { model, method: 'pca' });
    expect([...new Float64Array(map.ids)]).toEqual(known.map((_, i) => idOf(i)));
    expect(map).toMatchObject({ count: 5, chunks: 5, version: 1, method: 'pca' });
    expect(map.folders.names).toEqual(['src', 'docs']);
    expect([...new Uint8Array(map.folders.of)]).toEqual([0, 1, 0, 1, 0]);
    expect(map.languages.names).toEqual(['typescript']);
    const { pages } = index.calls;
    gaveWay.splice(0, gaveWay.length - 1);
    await ask(mapIndex, { model, method: 'umap' });
    expect(gaveWay).toEqual(['first', 'beside']); // a UMAP takes long: the index is made beside it
    expect(index.calls.pages).toBe(pages);
    index.state.version = 2;
    await ask(mapIndex, { model, method: 'umap' });
    expect(index.calls.pages).toBeGreaterThan(pages);
    index.state.version = 1;
  });

  test('its points are named when they are asked for', async () => {
    const named = await ask(namePoints, { chunks: [idOf(3), 5, idOf(0)] });
    expect(named.map(({ path, startLine }) => [path, startLine])).toEqual([
      ['docs/3.ts', 4],
      ['src/0.ts', 1],
    ]);
  });
});

describe('analogies', () => {
  const question = { model, a: 'king', b: 'man man', c: 'woman woman', limit: 5 };

  test('over words: whole words alone, with the inputs and without', async () => {
    const found = await ask(findAnalogy, { ...question, b: 'man', c: 'woman', among: 'words' });
    expect(found.searched).toBe(5);
    expect(found.withInputs.some(({ input }) => input !== undefined)).toBe(true);
    expect(found.withoutInputs[0].text).toBe('queen');
    expect(found.withoutInputs.every(({ input }) => input === undefined)).toBe(true);
    expect(found.cosines.ab).toBeCloseTo(Math.SQRT1_2);
    expect(found.said).not.toBe('');
  });

  test('over items: inputs that stand nowhere among them are compared too', async () => {
    const items = [{ text: 'queen' }, { text: 'apple' }, { text: 'WOMAN WOMAN' }];
    const found = await ask(findAnalogy, { ...question, among: 'items', items });
    expect(found.withoutInputs.map(({ text }) => text)).toEqual(['queen', 'apple']);
    expect(found.withInputs.map(({ input }) => input)).toContain('c');
    await expect(ask(findAnalogy, { ...question, among: 'items' })).rejects.toMatchObject({ code: 'bad-params' });
  });

  test('over the index: chunks with their places', async () => {
    const found = await ask(findAnalogy, { ...question, among: 'index' });
    expect(found.searched).toBe(5);
    expect(found.withoutInputs[0].place).toBeDefined();
  });

  test('of what the model does not know says so', async () => {
    expect(await ask(findAnalogy, { ...question, b: 'zebra', among: 'words' })).toMatchObject({
      verdict: 'unknown-input',
    });
  });
});
