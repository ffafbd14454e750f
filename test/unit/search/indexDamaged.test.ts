// An index that is damaged while it is open or between two runs: it is set aside, built anew, and said so, without
// anybody doing anything. And files that are no index: those are left alone.

import { once } from 'node:events';
import { mkdir, open, readdir, readFile, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { NodeFolder } from '../../../src/services/search/nodeFolder.ts';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { found, Workspace } from './serviceParts.ts';

const PAGE = 4096;
const files = Object.fromEntries(
  Array.from({ length: 30 }, (_, i) => [`f${i}.ts`, `export function parse${i}() { return 'word${i}'; }\n`]),
);

/** Overwrites some pages after the first two: there SQLite would see it when it opens the file. */
async function spoil(store: string, page: number, pages: number): Promise<void> {
  const handle = await open(store, 'r+');
  await handle.write(Buffer.alloc(pages * PAGE, 0xa5), 0, pages * PAGE, page * PAGE);
  await handle.close();
}

async function setAside({ store }: Workspace): Promise<string[]> {
  return (await readdir(path.dirname(store))).filter((name) => name.includes('corrupt'));
}

describe('a damaged index', () => {
  it('whichever page it is, is whole again when it is opened once', async () => {
    await using workspace = await Workspace.with(files);
    const first = await workspace.settled();
    await first.close();
    const whole = await readFile(workspace.store);
    let noticed = 0;
    for (let page = 0; page < whole.length / PAGE; page += 3) {
      await writeFile(workspace.store, whole);
      await spoil(workspace.store, page, 1);
      const service = await workspace.settled();
      expect(await found(service, 'word7', 1), `page ${page}`).toEqual(['f7.ts']);
      await service.settled();
      const { state, indexed, chunks, message } = await service.health();
      expect({ state, indexed, chunks }, `page ${page}`).toEqual({ state: 'ready', indexed: 30, chunks: 30 });
      noticed += message === undefined ? 0 : 1;
      expect(message ?? 'damaged', `page ${page}`).toMatch(/damaged/);
      await service.close();
    }
    // Some pages are of no use to anybody.
    expect(noticed).toBeGreaterThan(3);
    expect((await setAside(workspace)).length).toBeGreaterThan(0);
  });

  it('that has become an empty file is built anew, and the health says so', async () => {
    await using workspace = await Workspace.with(files);
    await (await workspace.settled()).close();
    await truncate(workspace.store, 0);
    await utimes(workspace.store, 1, 1);
    const service = await workspace.settled();
    expect(await service.health()).toMatchObject({
      ...{ state: 'ready', indexed: 30, pending: 0 },
      message: 'The index was empty. It is being built anew.',
    });
    expect(await found(service, 'word7', 1)).toEqual(['f7.ts']);
  });

  it('comes back by itself while it is open', async () => {
    await using workspace = await Workspace.with(files);
    const service = await workspace.settled();
    await service.close();
    const { size } = await stat(workspace.store);
    const again = await workspace.settled();
    await spoil(workspace.store, 2, Math.floor(size / PAGE) - 2);
    await workspace.write({ 'new.ts': 'export const penguin = 1;\n' });
    again.changed([workspace.key('new.ts')]);
    await again.settled();
    expect(await found(again, 'penguin', 1)).toEqual(['new.ts']);
    await again.settled();
    const health = await again.health();
    expect(health).toMatchObject({ state: 'ready', indexed: 31, pending: 0 });
    expect(health.message).toMatch(/damaged.*built anew/);
    expect(await setAside(workspace)).toHaveLength(1);
  });
});

describe('a store', () => {
  it('that is named by mistake is left as it is', async () => {
    await using base = await temporaryFolder();
    const diary = path.join(base.path, 'diary.txt');
    await writeFile(diary, 'Dear diary, '.repeat(1000));
    await expect(SqliteStore.open(diary, { clock: systemClock })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('is no index'),
    });
    expect(await readFile(diary, 'utf8')).toBe('Dear diary, '.repeat(1000));
    expect(await readdir(base.path)).toEqual(['diary.txt']);
  });

  it.skipIf(process.platform !== 'linux')('where no folder can be made is said, and not tried for ever', async () => {
    // In a thread: trying for ever would keep a thread of this process.
    const url = new URL('../../../src/services/search/store/sqlite.ts', import.meta.url).href;
    const worker = new Worker(
      `import(${JSON.stringify(url)}).then(({ SqliteStore }) => SqliteStore.open('/proc/none/at/all.sqlite', { clock: { now: () => 0, elapsed: () => 0 } }))
         .catch((fault) => require('node:worker_threads').parentPort.postMessage([fault.code, fault.message]));`,
      { eval: true },
    );
    const [said] = await once(worker, 'message');
    expect(said).toEqual(['storage', expect.stringContaining('cannot be made')]);
    await worker.terminate();
  });

  it('inside of the folder is no file of it, by whatever path', async () => {
    await using workspace = await Workspace.with({ ...files, 'deep/index.sqlite.md': '# Not the index' });
    const link = path.join(path.dirname(workspace.folder), 'link');
    await symlink(workspace.folder, link, 'junction');
    const service = await workspace.settled({}, { store: path.join(link, 'deep/index.sqlite') });
    service.changed([]);
    await service.settled();
    expect(await service.health()).toMatchObject({ state: 'ready', indexed: 31, leftOut: {} });
    expect(await readdir(path.join(workspace.folder, 'deep'))).toContain('index.sqlite-wal');
  });

  it('hides nothing beside it that is not its own', async () => {
    await using base = await temporaryFolder();
    const names = ['a.sqlite', 'a.sqlite-wal', 'a.sqlite.corrupt-2026', 'a.sqlite-notes', 'b.sqlite', 'a.sql'];
    await mkdir(path.join(base.path, 'x'));
    for (const name of names) {
      await writeFile(path.join(base.path, name), '');
      await writeFile(path.join(base.path, 'x', name), '');
    }
    const folder = new NodeFolder(base.path, path.join(base.path, 'a.sqlite'));
    const listed = async (at: string) => (await folder.list(at)).map(({ name }) => name).sort();
    expect(await listed('')).toEqual(['a.sql', 'a.sqlite-notes', 'b.sqlite', 'x']);
    expect(await listed('x')).toEqual([...names].sort());
  });
});
