// The embedder of a search index: a sentence encoder is given identifiers in their parts, and keeps its vectors apart.

import { expect, it } from 'vitest';
import type { Embedder, EmbedOptions } from '../../../src/retrieval/embedder.ts';
import { spaced } from '../../../src/retrieval/spacedEmbedder.ts';
import type { RealModels } from '../../../src/services/models/realModels.ts';
import { searchEmbedder } from '../../../src/services/models/searchEmbedder.ts';

const given: unknown[] = [];
const plain: Embedder = {
  id: 'm-1',
  label: 'M',
  detail: 'small',
  dimensions: 1,
  embed: async (texts, options) => {
    given.push(texts, options);
    return texts.map((text) => Float32Array.of(text.length));
  },
  tokens: (text) => ({ ids: Uint32Array.from(text, (sign) => sign.codePointAt(0) as number), used: text.length }),
};

it('gives the model identifiers in their parts, with the options as they were', async () => {
  const options: EmbedOptions = { signal: { cancelled: false } };
  const vectors = await spaced(plain).embed(['readFile(x)', 'a sentence'], options);
  expect(given).toEqual([['read File(x)', 'a sentence'], options]);
  expect(vectors).toEqual([Float32Array.of(12), Float32Array.of(10)]);
  expect(spaced(plain).tokens('readFile').used).toBe(9);
});

it('has an id of its own, so that vectors of the plain model are never compared with its', () => {
  expect(spaced(plain).id).not.toBe(plain.id);
  expect(spaced(plain)).toMatchObject({ label: 'M', detail: 'small', dimensions: 1 });
});

it('is MiniLM’s in search; a model of the user’s choice is given texts as they are', async () => {
  const models = { embedder: async () => plain } as unknown as RealModels;
  expect((await searchEmbedder(models, 'minilm')).id).toBe(spaced(plain).id);
  expect(await searchEmbedder(models, 'someone/else')).toBe(plain);
});
