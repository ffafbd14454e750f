// The index as the host's parts see it, over a thread's stand-in: what becomes of questions while its worker starts, dies
// and is started again, and when it is left alone.

import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMessageConnection, PortMessageReader, PortMessageWriter } from 'vscode-jsonrpc/node';
import { SEARCH_USED_KEY } from '../../../src/host/ids.ts';
import type { WorkerExit, WorkerHandle } from '../../../src/host/platform.ts';
import { CLOSED } from '../../../src/host/searchHealth.ts';
import { SearchIndex } from '../../../src/host/searchIndex.ts';
import type { HostServices } from '../../../src/host/services.ts';
import { listEmbedders } from '../../../src/shared/embeddingMessages.ts';
import {
  type IndexSettings,
  indexChanged,
  indexHealth,
  listLeftOut,
  openIndex,
  type SearchAnswer,
  searchIndex,
} from '../../../src/shared/searchMessages.ts';
import { faultOf, Log } from '../worker/modelWorkerParts.ts';

vi.mock('vscode', () => {
  const listen = () => ({ dispose() {} });
  const watcher = { onDidCreate: listen, onDidChange: listen, onDidDelete: listen, dispose() {} };
  return {
    l10n: { t: (text: string) => text },
    workspace: new Proxy(
      { createFileSystemWatcher: () => watcher, workspaceFolders: [], textDocuments: [] },
      { get: (known, name) => Reflect.get(known, name) ?? listen },
    ),
    RelativePattern: class {},
    Disposable: { from: () => ({ dispose() {} }) },
    Uri: { parse: (text: string) => text },
  };
});

const SETTINGS = { store: '/index.sqlite', roots: [{ id: 'r', name: 'r', place: '/r' }] } as unknown as IndexSettings;
const ANSWER: SearchAnswer = { query: '', hits: [], took: {}, models: [], pending: 0, scanned: false, notes: [] };

/** A thread that opens an index, and answers when the test lets it. */
class Thread implements WorkerHandle {
  readonly asked: string[] = [];
  readonly connection;
  readonly exited: Promise<WorkerExit>;
  readonly far;
  /** A question ends it. */
  deadly = false;
  opened = false;
  exit: (how: WorkerExit) => void = () => {};

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.connection = createMessageConnection(new PortMessageReader(port1), new PortMessageWriter(port1));
    this.far = createMessageConnection(new PortMessageReader(port2), new PortMessageWriter(port2));
    this.exited = new Promise((resolve) => {
      this.exit = (how) => {
        port1.close();
        resolve(how);
      };
    });
    this.far.onRequest((name: string) => this.answer(name));
    this.connection.listen();
    this.far.listen();
  }

  async terminate(): Promise<void> {
    this.exit({ code: 1 });
  }

  private answer(name: string): unknown {
    this.asked.push(name);
    switch (name) {
      case openIndex.name:
        this.opened = true;
        return null;
      case indexHealth.name:
        return { ...CLOSED, state: this.opened ? 'ready' : 'closed', chunks: this.opened ? 5 : 0 };
      case searchIndex.name:
        if (this.deadly) {
          this.exit({ code: 134 });
          return new Promise(() => {});
        }
        return ANSWER;
      default:
        return [];
    }
  }
}

let threads: Thread[];
let deadly: boolean;
let log: Log;
let now: number;
let index: SearchIndex;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  threads = [];
  deadly = false;
  log = new Log();
  now = 0;
  const kept = new Map<string, unknown>([[SEARCH_USED_KEY, true]]);
  const workspaceState = {
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  const services = { log, clock: { now: () => now, elapsed: () => now }, context: { workspaceState } };
  index = new SearchIndex({
    services: services as unknown as HostServices,
    spawn: () => {
      const thread = new Thread();
      thread.deadly = deadly;
      threads.push(thread);
      return thread;
    },
    idleMs: 600_000,
    settings: async () => SETTINGS,
  });
});
afterEach(() => {
  index.dispose();
  vi.useRealTimers();
});

const search = () => index.request(searchIndex, { query: 'otter', top: 5 });
const alive = () => expect.poll(() => index.health.state);

/** Ends the running thread, and waits until that was heard. */
async function crash(): Promise<void> {
  const thread = threads.at(-1)!;
  thread.exit({ code: 134 });
  await thread.exited;
  await new Promise(setImmediate);
}

/** Four ends in a row, each but the last mended by itself. */
async function crashLoop(): Promise<void> {
  await index.start();
  for (let times = 1; times <= 3; times++) {
    await crash();
    expect(index.health).toMatchObject({ state: 'opening', message: expect.stringContaining('ended unexpectedly') });
    await vi.advanceTimersByTimeAsync(1000);
    await alive().toBe('ready');
    expect(threads).toHaveLength(times + 1);
  }
  await crash();
}

it('opens the index before a question that comes first, in each life of the worker', async () => {
  await search();
  await crash();
  await search();
  expect(threads.map(({ asked }) => asked.filter((name) => name !== indexHealth.name))).toEqual([
    [openIndex.name, searchIndex.name],
    [openIndex.name, searchIndex.name],
  ]);
});

describe('a worker that ends again and again', () => {
  it('is not started again by itself after the fourth time, and says what starts it', async () => {
    await crashLoop();
    expect(index.health).toMatchObject({
      state: 'failed',
      message: expect.stringContaining('your next search starts it'),
    });
    await vi.advanceTimersByTimeAsync(60_000);
    await index.look();
    await index.refresh();
    for (const look of [
      index.request(listLeftOut, { from: 0, limit: 9 }),
      index.request(listEmbedders, {}),
      index.compute(listEmbedders, {}),
    ]) {
      expect((await faultOf(look)).full).toContain('Start again');
    }
    expect(threads).toHaveLength(4);
    expect(index.health.state).toBe('failed');
  });

  it('is started by the next search', async () => {
    await crashLoop();
    expect(await search()).toEqual(ANSWER);
    expect(threads).toHaveLength(5);
    await threads.at(-1)!.far.sendNotification(indexChanged.name, {});
    await alive().toBe('ready');
  });

  it('and by "Start again"', async () => {
    await crashLoop();
    await index.start();
    expect(threads).toHaveLength(5);
    expect(index.health.state).toBe('ready');
  });

  it('is held again at once when that search ends it', async () => {
    await crashLoop();
    deadly = true;
    expect((await faultOf(search())).code).toBe('worker-died');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(threads).toHaveLength(5);
    expect(index.health.state).toBe('failed');
  });

  it('is mended without a word again after five quiet minutes', async () => {
    await crashLoop();
    await index.start();
    now += 5 * 60_000;
    await crash();
    expect(index.health.state).toBe('opening');
    await vi.advanceTimersByTimeAsync(1000);
    await alive().toBe('ready');
  });

  it('stays down though the health was being asked, and was to be asked once more', async () => {
    await index.start();
    for (let times = 1; times <= 3; times++) {
      await crash();
      await vi.advanceTimersByTimeAsync(1000);
      await alive().toBe('ready');
    }
    const asking = index.refresh();
    void index.refresh();
    await crash();
    await asking;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(threads).toHaveLength(4);
  });
});
