// What is told of a model before anyone agrees to fetch it, and that nothing is asked of the network before that.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { HUB, hubAddress } from '../../../src/services/models/hub.ts';
import type { RealModels, RealModelsOptions } from '../../../src/services/models/realModels.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { COMMIT, config, graph, HubServer } from './hubServer.ts';
import { makeModelsBundle } from './support.ts';

const TINY = 'tests/tiny';
const options = { signal: neverCancelled, onProgress: () => {} };
let root: string;
let hub: HubServer;
let models: RealModels;

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'inside-llms-'));
  await makeModelsBundle(path.join(root, 'dist'));
  hub = await HubServer.start();
  const { createRealModels } = (await import(pathToFileURL(path.join(root, 'dist/models.mjs')).href)) as {
    createRealModels(options: RealModelsOptions): RealModels;
  };
  const places = {
    packed: path.join(root, 'packed'),
    ort: path.join(root, 'dist/ort'),
    cache: path.join(root, 'cache'),
  };
  models = createRealModels({ ...places, hub: hub.address });
}, 120_000);

beforeEach(() => {
  hub.asked.length = 0;
});

afterAll(async () => {
  await models?.dispose();
  await hub?.[Symbol.asyncDispose]();
  await rm(root, { recursive: true, force: true });
});

it('lists models, and describes one whose files are known, without the network', async () => {
  const listed = await models.models();
  expect(listed.find(({ id }) => id === 'minilm')).toMatchObject({ state: 'missing', licence: 'Apache-2.0' });
  const { bytes, files, folder } = await models.describe('minilm', options);
  // The published weights are 90.9 MB, and the tokenizer is the larger part of the rest.
  expect(bytes / 1e6).toBeCloseTo(91.3, 1);
  expect(files).toBe(5);
  expect(folder.startsWith(path.join(root, 'cache'))).toBe(true);
  expect(hub.asked).toEqual([]);
});

it('describes, fetches and removes a model of the hub', async () => {
  const described = await models.describe(TINY, options);
  expect(described).toEqual({
    id: TINY,
    label: 'tiny',
    task: 'feature-extraction',
    source: `${TINY}@${COMMIT}`,
    licence: 'apache-2.0',
    revision: COMMIT,
    state: 'missing',
    bytes: config.length + graph.length,
    files: 2,
    folder: path.join(root, 'cache', 'tests--tiny'),
    // Whoever agrees has to know that it isn't the usual hub.
    mirror: new URL(hub.address).origin,
  });
  expect(hub.asked.some((address) => address.includes('/resolve/'))).toBe(false);
  hub.asked.length = 0;
  await models.fetch(TINY, { ...options, revision: described.revision });
  expect(hub.asked[0]).toContain(`/revision/${COMMIT}`);
  expect(await models.describe(TINY, options)).toMatchObject({ state: 'fetched', licence: 'apache-2.0' });
  await models.remove(TINY);
  expect(await models.describe(TINY, options)).toMatchObject({ state: 'missing' });
});

it('says that a fetch was begun', async () => {
  hub.silentAfter = 1000;
  const signal = { cancelled: false };
  const onProgress = ({ done }: { done: number }) => {
    signal.cancelled = done > config.length;
  };
  await expect(models.fetch(TINY, { signal, onProgress })).rejects.toMatchObject({ code: 'cancelled' });
  hub.silentAfter = undefined;
  expect(await models.describe(TINY, options)).toMatchObject({ state: 'partial' });
  await models.remove(TINY);
});

it('can be cancelled while the hub is asked', async () => {
  await expect(models.describe(TINY, { signal: { cancelled: true } })).rejects.toMatchObject({ code: 'cancelled' });
});

it('knows no model by a name that can be none', async () => {
  await expect(models.describe('../x', options)).rejects.toMatchObject({ code: 'not-found' });
  await expect(models.describe('tests/absent', options)).rejects.toMatchObject({ code: 'not-found' });
});

it('asks the mirror that the environment names, and no other than a safe one', () => {
  expect(hubAddress({})).toBe(HUB);
  expect(hubAddress({ HF_ENDPOINT: ' ' })).toBe(HUB);
  expect(hubAddress({ HF_ENDPOINT: 'https://mirror.example.com' })).toBe('https://mirror.example.com/');
  expect(hubAddress({ HF_ENDPOINT: 'https://example.com/models//?x#y' })).toBe('https://example.com/models/');
  expect(hubAddress({ HF_ENDPOINT: 'http://127.0.0.1:8080' })).toBe('http://127.0.0.1:8080/');
  for (const named of ['http://mirror.example.com', 'mirror.example.com', 'https://user:x@example.com', 'file:///x']) {
    expect(() => hubAddress({ HF_ENDPOINT: named }), named).toThrow('names no address');
  }
});
