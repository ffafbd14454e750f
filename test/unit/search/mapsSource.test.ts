// Where the messages about vectors are answered from: with an index, without one, and with one that can't be opened.

import { expect, test } from 'vitest';
import { referenceNearest } from '../../../src/engine/kernels/reference/nearest.ts';
import type { Embedder } from '../../../src/retrieval/embedder.ts';
import type { RealModels } from '../../../src/services/models/realModels.ts';
import type { SearchService } from '../../../src/services/search/searchService.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { Fault } from '../../../src/shared/errors.ts';
import type { Tokenizer } from '../../../src/tokenizers/tokenizer.ts';
import { indexEmbeddings } from '../../../src/worker/search/indexEmbeddings.ts';
import { knownIndex } from './mapsIndex.ts';

type Service = Pick<SearchService, 'health' | 'opened'>;
const staticModel = { id: 's-1', label: 'Small', detail: 'few', dimensions: 3 } as Embedder;
const minilm = { id: 'm-1', label: 'MiniLM' } as Embedder;

function sourceOf(opened: Service['opened'], models: readonly object[] = [], broken?: Fault) {
  const asked: string[] = [];
  const source = indexEmbeddings({
    clock: systemClock,
    service: { health: async () => ({ models }) as never, opened, first: (work) => work(), beside: (work) => work() },
    staticModel: async () => {
      if (broken !== undefined) {
        throw broken;
      }
      return staticModel;
    },
    models: async () => ({ embedder: async () => minilm }) as unknown as RealModels,
    tokenizer: async (id) => {
      asked.push(id);
      return { name: id } as Tokenizer;
    },
    kernels: async () => referenceNearest,
  });
  return { source, asked };
}
const none: Service['opened'] = async () => {
  throw new Fault('not-found', 'No index is open.');
};

test('without an index there is the static model, and none to look up in', async () => {
  const { source } = sourceOf(none);
  expect(await source.index()).toBeUndefined();
  expect(await source.models()).toEqual([
    { id: 'static', label: 'Small', detail: 'few', dimensions: 3, vectors: 0, state: 'ready' },
  ]);
});

test('a static model that is broken is told with its reason', async () => {
  const { source } = sourceOf(none, [], new Fault('bad-input', 'It is damaged.'));
  expect(await source.models()).toMatchObject([{ id: 'static', state: 'broken', message: 'It is damaged.' }]);
});

test("with one, its models and its roots' names", async () => {
  const { store } = knownIndex('s-1', []);
  const settings = { roots: [{ id: 'r', name: 'Root', place: '/r' }] };
  const { source, asked } = sourceOf(async () => ({ store, settings }) as never, [{ id: 'static' }, { id: 'minilm' }]);
  const index = await source.index();
  expect(index?.store).toBe(store);
  expect(index?.rootName('r')).toBe('Root');
  expect(index?.rootName('other')).toBe('other');
  expect((await source.models()).map(({ id }) => id)).toEqual(['static', 'minilm']);
  expect(await source.embedder('static')).toBe(staticModel);
  expect(await source.embedder('minilm')).toMatchObject({ id: 'm-1-spaced', label: 'MiniLM' });
  expect((await source.tokenizer('minilm'))?.name).toBe('bert-base-uncased');
  expect(await source.tokenizer('someone/else')).toBeUndefined();
  expect(asked).toEqual(['bert-base-uncased']);
});

test('an index that can not be opened is not the same as none', async () => {
  const { source } = sourceOf(async () => {
    throw new Fault('storage', 'The disk is full.');
  });
  await expect(source.index()).rejects.toMatchObject({ code: 'storage' });
});
