// The real search worker's bundle on a real thread, asked as the host asks it.

import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ResponseError } from 'vscode-jsonrpc';
import { ModelWorker } from '../../../src/host/modelWorker.ts';
import { spawnWorker, type WorkerHandle } from '../../../src/host/platform.ts';
import { CancelSource } from '../../../src/shared/cancelSource.ts';
import { compareItems, findNeighbours, listEmbedders } from '../../../src/shared/embeddingMessages.ts';
import {
  closeIndex,
  explainHit,
  filesChanged,
  indexChanged,
  indexHealth,
  listFolder,
  listLeftOut,
  openIndex,
  pauseIndex,
  readFile as readFileMethod,
  rebuildIndex,
  searchIndex,
  searchSimilar,
  statFile,
} from '../../../src/shared/searchMessages.ts';
import { PATIENCE_MS, startsProcesses } from '../support/processes.ts';
import { type Bundles, MAKING_MS, makeBundles } from '../worker/bundles.ts';
import { faultOf, Log } from '../worker/modelWorkerParts.ts';
import { Workspace } from './serviceParts.ts';

startsProcesses();

const files = {
  'src/one.ts': 'export function penguin() {\n  return 1;\n}\n',
  'notes.md': '# Zoo\n\nAn elephant lives here.\n',
  '.env': 'KEY=1',
};

let bundles: Bundles;
let handles: WorkerHandle[];
let worker: ModelWorker;
let changes: number;

beforeAll(async () => {
  bundles = await makeBundles('dist/search.mjs');
}, MAKING_MS);
afterAll(() => bundles.remove());
beforeEach(() => {
  handles = [];
  changes = 0;
  const log = new Log();
  worker = new ModelWorker({
    log,
    spawn: () => {
      const handle = spawnWorker(path.join(bundles.root, 'dist/search.mjs'), log);
      handle.connection.onNotification(indexChanged.name, () => {
        changes += 1;
      });
      handles.push(handle);
      return handle;
    },
  });
});
afterEach(async () => {
  worker.dispose();
  await Promise.all(handles.map((handle) => handle.exited));
});

const health = () => worker.request(indexHealth, {});
const ready = () =>
  vi.waitFor(async () => expect((await health()).state).toBe('ready'), { timeout: PATIENCE_MS, interval: 50 });
const find = (query: string) => worker.request(searchIndex, { query, top: 5, parts: ['lexical'] });

describe('an index in a thread', () => {
  it('is opened at once, built, searched, explained and closed', async () => {
    await using workspace = await Workspace.with(files);
    expect((await health()).state).toBe('closed');
    await worker.request(openIndex, workspace.settings());
    await ready();
    expect(changes).toBeGreaterThan(0);
    expect(await health()).toMatchObject({
      indexed: 2,
      errors: [],
      leftOut: { secret: 1 },
      models: [{ id: 'static' }],
    });
    const { hits } = await worker.request(searchIndex, { query: 'penguin', top: 5 });
    expect(hits[0]).toMatchObject({ path: 'src/one.ts', kind: 'code', lexical: { rank: 1 } });
    const why = await worker.request(explainHit, { query: 'penguin', chunk: hits[0]!.chunk });
    expect(why.words).toMatchObject([{ term: 'penguin', inChunks: 1 }]);
    const like = await worker.request(searchSimilar, { text: 'elephant', top: 1 });
    expect(like.hits[0]?.path).toBe('notes.md');
    expect(await worker.request(listLeftOut, { reason: 'secret', from: 0, limit: 9 })).toMatchObject({
      total: 1,
      items: [{ path: '.env' }],
    });
    await worker.request(closeIndex, {});
    expect((await health()).state).toBe('closed');
    expect((await faultOf(find('penguin'))).code).toBe('not-found');
  });

  it('is told of changes, paused and rebuilt', async () => {
    await using workspace = await Workspace.with(files);
    await worker.request(openIndex, workspace.settings());
    await worker.request(pauseIndex, { paused: true });
    await vi.waitFor(async () => expect((await health()).state).toBe('paused'), { timeout: PATIENCE_MS });
    await worker.request(pauseIndex, { paused: false });
    await ready();
    await workspace.write({ 'new.md': '# Otter\n' });
    await worker.request(filesChanged, { files: [workspace.key('new.md')] });
    await vi.waitFor(async () => expect((await find('otter')).hits).toHaveLength(1), { timeout: PATIENCE_MS });
    await worker.request(rebuildIndex, {});
    await vi.waitFor(async () => expect((await health()).lastRun?.read).toBe(3), { timeout: PATIENCE_MS });
    await ready();
  });

  it('reads through the host where the files are not on a disk', async () => {
    await using workspace = await Workspace.with(files);
    await health();
    const { connection } = handles[0]!;
    const asked: string[] = [];
    const place = ({ root, path: name }: { root: string; path: string }) => {
      asked.push(name);
      if (root !== workspace.root) {
        throw new ResponseError(-32050, 'no such root', { code: 'not-found' });
      }
      return path.join(workspace.folder, name);
    };
    connection.onRequest(listFolder.name, async (at) =>
      (await readdir(place(at), { withFileTypes: true })).map((entry) => ({
        name: entry.name,
        type: entry.isDirectory() ? 'folder' : 'file',
      })),
    );
    connection.onRequest(statFile.name, async (at) => {
      const found = await stat(place(at));
      return { type: found.isDirectory() ? 'folder' : 'file', size: found.size, modified: Math.floor(found.mtimeMs) };
    });
    connection.onRequest(readFileMethod.name, async (at) => {
      const bytes = await readFile(place(at));
      return { bytes: new Uint8Array(bytes).buffer };
    });
    const settings = workspace.settings({ read: 'host' });
    const roots = [{ id: workspace.root, name: 'far', place: 'vscode-vfs://far/away' }];
    await worker.request(openIndex, { ...settings, roots });
    await ready();
    expect((await find('penguin')).hits).toMatchObject([{ path: 'src/one.ts' }]);
    expect(asked).toContain('src/one.ts');
    expect(asked).not.toContain('.env');
  });
});

it('shows vectors, with and without an index', async () => {
  const [first] = await worker.request(listEmbedders, {});
  expect(first).toMatchObject({ id: 'static', state: 'ready', vectors: 0 });
  const items = [{ text: 'a small dog' }, { text: 'a little puppy' }];
  const compared = await worker.request(compareItems, { model: 'static', items });
  expect(new Float32Array(compared.similarities)[0]).toBeCloseTo(1, 5);
  await using workspace = await Workspace.with(files);
  await worker.request(openIndex, workspace.settings());
  await ready();
  const item = { text: 'elephant' };
  const near = await worker.request(findNeighbours, { model: 'static', item, limit: 1 });
  expect(near.index).toMatchObject([{ place: { path: 'notes.md' } }]);
  expect((await worker.request(listEmbedders, {}))[0]).toMatchObject({ vectors: (await health()).chunks });
});

describe('what it is asked wrongly', () => {
  it.each([
    ['a path that is a number', filesChanged.name, { files: [{ root: 'r', path: 5 }] }],
    ['too many hits', searchIndex.name, { query: 'x', top: 100_000 }],
    ['settings that lack the store', openIndex.name, { roots: [] }],
    ['an unknown method', 'index.delete', {}],
  ])('refuses %s', async (_, name, params) => {
    await health();
    expect((await faultOf(handles[0]!.connection.sendRequest(name, params))).code).toBe('refused');
    expect((await health()).state).toBe('closed');
  });

  it('a store that can not be opened is told by the health and by every question', async () => {
    await using workspace = await Workspace.with({
      'a.md': '# A\n',
      'file.sqlite': 'no database, but not empty either',
    });
    const store = path.join(workspace.folder, 'a.md', 'index.sqlite');
    await worker.request(openIndex, workspace.settings({ store }));
    await vi.waitFor(async () => expect((await health()).state).toBe('failed'), { timeout: PATIENCE_MS });
    expect((await health()).message).toContain('a.md');
    expect((await faultOf(find('x'))).code).toBe('storage');
  });
});

it('hears a cancel, and goes on', async () => {
  await using workspace = await Workspace.with(files);
  await worker.request(openIndex, workspace.settings());
  await ready();
  const cancel = new CancelSource();
  const call = worker.request(searchIndex, { query: 'elephant', top: 200 }, { token: cancel });
  cancel.cancel();
  expect((await faultOf(call)).code).toBe('cancelled');
  expect((await find('elephant')).hits).toHaveLength(1);
});

it('answers what is asked while it starts, and takes back what is overtaken then', async () => {
  await using workspace = await Workspace.with(files);
  const opened = worker.request(openIndex, workspace.settings());
  const overtaken = ['e', 'el', 'ele'].map((query) => {
    const token = new CancelSource();
    return { token, call: faultOf(worker.request(searchIndex, { query, top: 5 }, { token })) };
  });
  const wanted = find('elephant');
  for (const { token } of overtaken) {
    token.cancel();
  }
  await opened;
  for (const { call } of overtaken) {
    expect((await call).code).toBe('cancelled');
  }
  expect((await wanted).hits).toMatchObject([{ path: 'notes.md' }]);
  expect(handles).toHaveLength(1);
});
