// Search as it is installed: dist/'s bundles, and a process that starts them as the editor's host does, a fresh one for
// each thing that is measured, so that none is warmed or burdened by another.

import { fork } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Measure } from '../../../src/build/measurement.ts';
import { inRoot } from '../../../src/build/paths.ts';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { rootId } from '../../../src/shared/rootId.ts';
import type { IndexSettings } from '../../../src/shared/searchMessages.ts';
import type { HostNews, HostTask } from './editorHost.ts';
import { makeRepository } from './repository.ts';
import { watchLoop } from './watches.ts';

const FILES = 5000;
const BYTES = 40e6;
const MB = 1024 * 1024;

type Report = Parameters<Measure>[0];
type Log = Parameters<Measure>[1];

/** The goals are those of a repository of this size. dist/ must have been built. */
export async function measureInstalled(report: Report, log: Log): Promise<void> {
  const base = await mkdtemp(path.join(tmpdir(), 'inside-llms-search-'));
  try {
    const folder = path.join(base, 'repository');
    await mkdir(folder);
    const made = await makeRepository(folder, FILES, BYTES);
    log(`${made.files} files, ${(made.bytes / 1e6).toFixed(1)} MB.`);
    const worker = inRoot('dist/search.mjs');
    const settings = settingsOf(path.join(base, 'index.sqlite'), folder);
    const run = (what: HostTask['what'], own = settings) => inHost({ what, worker, settings: own }, report, log);
    const idle = watchLoop();
    await run('build');
    log(`A process that did nothing meanwhile stood still for up to ${idle().longest.toFixed(0)} ms.`);
    const before = await written(settings);
    await run('reopen');
    const writes = (await written(settings)) - before;
    report({ name: '  vectors and chunks written for it', value: writes, unit: '', peer: 'goal', peerValue: 0 });
    await run('relay', settingsOf(path.join(base, 'relayed.sqlite'), folder));
    await run('model');
  } finally {
    await rm(base, { recursive: true, force: true });
  }
}

function settingsOf(store: string, folder: string): IndexSettings {
  return {
    store,
    roots: [{ id: rootId(folder), name: 'repository', place: folder }],
    read: 'node',
    rules: { exclude: ['**/.git'], include: [], useIgnoreFiles: true, maxBytes: MB },
    embedder: 'static',
    rerank: false,
  };
}

/** How many changes were made to an index. */
async function written({ store }: IndexSettings): Promise<number> {
  const opened = await SqliteStore.open(store, { clock: systemClock });
  const version = await opened.version();
  await opened.close();
  return version;
}

function inHost(task: HostTask, report: Report, log: Log): Promise<void> {
  const host = fork(path.join(import.meta.dirname, 'editorHost.ts'), { serialization: 'advanced' });
  return new Promise((resolve, reject) => {
    host.on('message', (news: HostNews) => ('measured' in news ? report(news.measured) : log(news.log)));
    host.once('error', reject);
    host.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`The host for "${task.what}" ended: ${code}`)),
    );
    host.send(task);
  });
}
