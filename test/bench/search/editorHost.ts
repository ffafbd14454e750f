// The part of an editor's extension host, for measuring: a process that starts the search worker as the host does, tells
// it what to index, hears its news, and asks. What is measured goes to the parent as messages.

import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lessIsBetter, type Measurement, median } from '../../../src/build/measurement.ts';
import { IndexHealthKeeper } from '../../../src/host/indexHealthKeeper.ts';
import { ModelWorker } from '../../../src/host/modelWorker.ts';
import { spawnWorker, type WorkerHandle } from '../../../src/host/platform.ts';
import { isWorking } from '../../../src/host/searchHealth.ts';
import { termsOf } from '../../../src/retrieval/lexical/terms.ts';
import { seededRandom, systemClock } from '../../../src/shared/environment.ts';
import {
  filesChanged,
  type IndexHealth,
  type IndexSettings,
  indexChanged,
  indexHealth,
  listFolder,
  openIndex,
  readFile as readFileMethod,
  searchIndex,
  statFile,
} from '../../../src/shared/searchMessages.ts';
import { Memory, type Standstill, watchLoop } from './watches.ts';

/** What the parent wants of this process. */
export interface HostTask {
  readonly what: 'build' | 'reopen' | 'relay' | 'model';
  /** The search worker's bundle. */
  readonly worker: string;
  readonly settings: IndexSettings;
}

export type HostNews = { readonly measured: Measurement } | { readonly log: string };

const QUERIES = 60;
const SAVES = 5;
const GOAL = 'goal';
/** The process that parses is gone after so long, in milliseconds. */
const REST_MS = 11_000;
const IDLE_MS = 12_000;
/** V8 keeps what a thread had for another one, for so long at most, in milliseconds. */
const POOLED_MS = 10_000;
/** How long MiniLM is looked at while it makes vectors, in milliseconds. */
const MODEL_MS = 12_000;

const tell = (news: HostNews) => void (process.connected && process.send?.(news));
const report = (measured: Measurement) => tell({ measured });
const log = (line: string) => tell({ log: line });
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const quiet = { info: () => {}, warn: log, error: log };

process.once('message', async ({ what, worker, settings }: HostTask) => {
  const folder = settings.roots[0]!.place;
  const host = new Host(worker, folder);
  await { build, reopen, relay, model }[what](host, settings, folder);
  host.end();
  process.disconnect();
});

class Host {
  readonly worker: ModelWorker;
  readonly memory = new Memory();
  health: IndexHealth | undefined;

  constructor(file: string, folder: string) {
    const keeper = new IndexHealthKeeper(
      systemClock,
      () => this.worker.request(indexHealth, {}),
      (error) => log(String(error)),
    );
    keeper.onDidChange(() => {
      this.health = keeper.health;
    });
    this.worker = new ModelWorker({
      spawn: () => spawnWorker(file, quiet, undefined, true),
      log: quiet,
      idleMs: IDLE_MS,
      working: () => isWorking(keeper.health.state),
      onStart: (connection) => {
        answerFolder(connection, folder);
        connection.onNotification(indexChanged.name, () => void keeper.ask());
      },
    });
  }

  /** Until its health is so. @throws Error when the index fails */
  async until(is: (health: IndexHealth) => boolean): Promise<IndexHealth> {
    for (;;) {
      const health = await this.worker.request(indexHealth, {});
      if (is(health)) {
        return health;
      }
      if (health.state === 'failed' || health.state === 'empty') {
        throw new Error(`The index is ${health.state}: ${health.message}`);
      }
      await sleep(50);
    }
  }

  end(): void {
    this.memory.end();
    this.worker.dispose();
  }
}

/** As folderRelay.ts does, but that Node reads in the place of the editor. */
function answerFolder(connection: WorkerHandle['connection'], folder: string): void {
  const at = (relative: string) => path.join(folder, relative);
  connection.onRequest(listFolder.name, async (asked: { path: string }) =>
    (await readdir(at(asked.path), { withFileTypes: true })).map((entry) => ({
      name: entry.name,
      type: entry.isDirectory() ? 'folder' : 'file',
    })),
  );
  connection.onRequest(statFile.name, async (asked: { path: string }) => {
    const found = await stat(at(asked.path));
    const type = found.isDirectory() ? 'folder' : 'file';
    return { type, size: found.size, modified: Math.floor(found.mtimeMs), target: asked.path };
  });
  connection.onRequest(readFileMethod.name, async (asked: { path: string; most: number }) => ({
    bytes: new Uint8Array(await readFile(at(asked.path))).slice(0, asked.most).buffer,
  }));
}

/** From opening to the first answer, and until all is in; then queries, saves, and the worker's end. */
async function build(host: Host, settings: IndexSettings, folder: string): Promise<void> {
  const { worker, memory } = host;
  const stood = watchLoop();
  const began = performance.now();
  const since = () => (performance.now() - began) / 1000;
  await worker.request(openIndex, settings);
  const query = 'parse the options of the command line';
  const first = await worker.request(searchIndex, { query, top: 10, parts: ['lexical'] });
  report(lessIsBetter('opened to first lexical answer', since(), 's', GOAL, 2));
  if (first.hits.length === 0 || (first.pending > 0 && !first.scanned)) {
    log(`That answer was not whole: ${first.hits.length} hits. ${first.notes.join(' ')}`);
  }
  const all = ({ pending, chunks, models: [model] }: IndexHealth) =>
    pending === 0 && chunks > 0 && model?.vectors === chunks;
  await host.until(all);
  report(lessIsBetter('opened to static vectors of all', since(), 's', GOAL, 20));
  const { indexed, chunks, leftOut, errorCount, errors } = await host.until(({ state }) => state === 'ready');
  report({ name: '  and all cut along the syntax', value: since(), unit: 's' });
  tellStood('the host stood still meanwhile, at most', stood());
  report(
    lessIsBetter(
      `memory for ${chunks.toLocaleString('en')} chunks, most while indexing`,
      memory.most(),
      'MB',
      GOAL,
      400,
    ),
  );
  log(`${indexed} files; left out ${JSON.stringify(leftOut)}; ${errorCount} with errors, as: ${errors[0]?.why}`);
  await querying(worker, folder, chunks);
  await sleep(REST_MS);
  report(lessIsBetter('memory, after queries, at rest', memory.now(), 'MB', GOAL, 400));
  await saving(worker, settings.roots[0]!.id, folder);
  const rested = performance.now();
  while (worker.state !== 'stopped') {
    await sleep(20);
  }
  const ended = (performance.now() - rested) / 1000;
  report({ name: `worker ended when idle for ${IDLE_MS / 1000} s, after`, value: ended, unit: 's' });
  await sleep(POOLED_MS);
  report({ name: '  memory then', value: memory.now(), unit: 'MB' });
}

function tellStood(name: string, { longest, most, own }: Standstill): void {
  report(lessIsBetter(name, longest, 'ms', GOAL, 50));
  report(lessIsBetter('  computing itself', own, 'ms', GOAL, 50));
  report({ name: '  99 of 100 times shorter than', value: most, unit: 'ms' });
}

/** Words of the files themselves, a few at a time, as people ask. */
async function querying(worker: ModelWorker, folder: string, chunks: number): Promise<void> {
  const random = seededRandom(5);
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const some = await Promise.all(
    Array.from({ length: QUERIES }, () => {
      const { parentPath, name } = files[Math.floor(random() * files.length)]!;
      return readFile(path.join(parentPath, name), 'utf8');
    }),
  );
  const queries = some.map((text) => {
    const words = termsOf(text);
    return Array.from({ length: 2 + Math.floor(random() * 4) }, () => words[Math.floor(random() * words.length)]).join(
      ' ',
    );
  });
  const times: number[] = [];
  for (const query of [...queries.slice(0, 5), ...queries]) {
    const began = performance.now();
    await worker.request(searchIndex, { query, top: 20 });
    times.push(performance.now() - began);
  }
  const warm = times.slice(5);
  report(lessIsBetter(`query over ${chunks.toLocaleString('en')} chunks, median`, median(warm), 'ms', GOAL, 50));
  report({ name: '  slowest', value: Math.max(...warm), unit: 'ms' });
}

async function saving(worker: ModelWorker, root: string, folder: string): Promise<void> {
  const times: number[] = [];
  for (let i = 0; i < SAVES; i++) {
    const word = `zyzzyva${'abcde'[i]}`;
    await writeFile(path.join(folder, 'saved.ts'), `export const ${word} = ${i};\n`);
    const began = performance.now();
    await worker.request(filesChanged, { files: [{ root, path: 'saved.ts' }] });
    for (;;) {
      const { hits } = await worker.request(searchIndex, { query: word, top: 1, parts: ['lexical'] });
      if (hits[0]?.path === 'saved.ts' && hits[0].chunk > 0) {
        break;
      }
      await sleep(5);
    }
    times.push((performance.now() - began) / 1000);
  }
  report(lessIsBetter('saved to in the index, slowest', Math.max(...times), 's', GOAL, 2));
}

/** With a thread that is started for it, as after a window was opened. */
async function reopen({ worker, until }: Host, settings: IndexSettings): Promise<void> {
  const began = performance.now();
  await worker.request(openIndex, settings);
  await until.call({ worker }, ({ state }) => state === 'ready');
  report(lessIsBetter('opened again unchanged', (performance.now() - began) / 1000, 's', GOAL, 1));
}

/** Files that the host has to read for the worker: where they are not on this machine's disk. */
async function relay(host: Host, settings: IndexSettings): Promise<void> {
  const stood = watchLoop();
  await host.worker.request(openIndex, { ...settings, read: 'host' });
  await host.until(({ pending, chunks }) => pending === 0 && chunks > 0);
  tellStood('the host, where it reads all files', stood());
}

/** What MiniLM takes beside the index, from its loading on. */
async function model(host: Host, settings: IndexSettings): Promise<void> {
  await host.worker.request(openIndex, { ...settings, embedder: 'minilm' });
  await host.worker.request(searchIndex, { query: 'parse the options', top: 20 });
  await host.until(({ models }) =>
    models.some(({ id, state }) => id !== 'static' && state !== 'loading' && state !== 'off'),
  );
  await sleep(MODEL_MS);
  const { models } = await host.worker.request(indexHealth, {});
  if (models[1]?.state !== 'ready') {
    log(`MiniLM is not there: ${models[1]?.message}`);
    return;
  }
  report(lessIsBetter('memory with MiniLM at work, most', host.memory.most(), 'MB', GOAL, 400));
  report(lessIsBetter('memory with MiniLM at work, then', host.memory.now(), 'MB', GOAL, 400));
}
