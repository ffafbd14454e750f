// What becomes of an index in SQLite when its file, its disk or its neighbours are not what they should be.

import { copyFile, mkdir, mkdtemp, open, readdir, readFile, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, expect, it, vi } from 'vitest';
import { SqliteStore, type StoreOptions } from '../../../src/services/search/store/sqlite.ts';
import type { Clock } from '../../../src/shared/environment.ts';
import { randomWrites, sampleChunks, sampleFile } from './storeSamples.ts';

const base = await mkdtemp(path.join(tmpdir(), 'store-faults-'));
let folder = '';
let file = '';
let now = Date.UTC(2026, 0, 2, 3, 4, 5);
const clock: Clock = { now: () => now, elapsed: () => performance.now() };
const opened: SqliteStore[] = [];

beforeEach(async () => {
  folder = await mkdtemp(path.join(base, 'one-'));
  file = path.join(folder, 'index.sqlite');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await Promise.all(opened.splice(0).map((store) => store.close()));
});
afterAll(() => rm(base, { recursive: true, force: true }));

async function openStore(at = file, more: Partial<StoreOptions> = {}): Promise<SqliteStore> {
  const store = await SqliteStore.open(at, { clock, ...more });
  opened.push(store);
  return store;
}

async function filled(): Promise<void> {
  const store = await openStore();
  await store.apply({ write: randomWrites(60, 1) });
  await store.close();
}

async function overwrite(at: number, bytes: number, target = file): Promise<void> {
  const handle = await open(target, 'r+');
  await handle.write(new Uint8Array(bytes).fill(0xa5), 0, bytes, at);
  await handle.close();
}

async function expectWorks(store: SqliteStore): Promise<void> {
  await store.apply({ write: [{ file: sampleFile('a.ts'), chunks: sampleChunks('hello') }] });
  expect(await store.lexical(['hello'], 5)).toHaveLength(1);
}

it.each([
  ['garbage', () => writeFile(file, 'no database at all '.repeat(1000))],
  ['a header with garbage after it', () => overwrite(100, 3000)],
  ['half a file', async () => truncate(file, (await readFile(file)).length >> 1)],
])('sets a file aside that is %s, and says so', async (_, damage) => {
  await filled();
  await damage();
  const damaged = await readFile(file);
  const store = await openStore();
  expect(store.recovered).toContain('index.sqlite.corrupt-2026-01-02T03-04-05');
  expect(await readFile(path.join(folder, 'index.sqlite.corrupt-2026-01-02T03-04-05'))).toEqual(damaged);
  expect((await store.counts()).files).toBe(0);
  await expectWorks(store);
  await store.close();
  const again = await openStore();
  expect(again.recovered).toBeUndefined();
  expect((await again.counts()).files).toBe(1);
});

it('says that a file was empty, unless it is just being made', async () => {
  await filled();
  await truncate(file, 0);
  const times = [now / 1000, now / 1000 - 60] as const;
  await utimes(file, times[0], times[0]);
  const young = await openStore();
  expect(young.recovered).toBeUndefined();
  await young.close();
  await truncate(file, 0);
  await utimes(file, times[1], times[1]);
  const store = await openStore();
  expect(store.recovered).toBe('The index was empty. It is being built anew.');
  expect((await store.counts()).files).toBe(0);
  await expectWorks(store);
  await store.close();
  expect((await openStore()).recovered).toBeUndefined();
  expect(await readdir(folder)).toEqual(expect.not.arrayContaining([expect.stringContaining('corrupt')]));
});

it('looks at every page of a file whose last writer ended without closing it', async () => {
  const store = await openStore();
  await store.apply({ write: randomWrites(300, 1) });
  await store.close();
  const again = await openStore();
  await again.apply({ write: randomWrites(1, 2) });
  const copy = path.join(folder, 'copy', 'index.sqlite');
  await mkdir(path.dirname(copy));
  for (const ending of ['', '-wal']) {
    await copyFile(file + ending, copy + ending);
  }
  const whole = await openStore(copy);
  expect(whole.recovered).toBeUndefined();
  expect(await whole.files()).toEqual(await again.files());
  await whole.close();
  for (const ending of ['', '-wal']) {
    await copyFile(file + ending, copy + ending);
  }
  const pages = (await readFile(copy)).length >> 12;
  for (let page = 10; page < pages; page += 3) {
    await overwrite(page * 4096, 2048, copy);
  }
  const broken = await openStore(copy);
  expect(broken.recovered).toContain('damaged');
  await expectWorks(broken);
});

it('finds damage while it is at work, and sets the file aside the next time', async () => {
  await filled();
  const size = (await readFile(file)).length;
  await overwrite(3 * 4096, size - 3 * 4096);
  const store = await openStore();
  const uses = [() => store.files(), () => store.chunkPage(0, 1000), () => store.lexical(['word0'], 10)];
  const results = await Promise.allSettled(uses.map((use) => use()));
  const failed = results.filter((result) => result.status === 'rejected');
  expect(failed.length).toBeGreaterThan(0);
  expect(failed[0].reason).toMatchObject({ code: 'storage', message: expect.stringContaining('is damaged') });
  await store.close();
  const again = await openStore();
  expect(again.recovered).toContain('corrupt-');
  await expectWorks(again);
});

it('keeps two damaged files and no more', async () => {
  for (let i = 0; i < 4; i++) {
    await writeFile(file, `garbage ${i} `.repeat(100));
    await (await openStore()).close();
    now += 1000;
  }
  const kept = (await readdir(folder)).filter((name) => name.includes('corrupt'));
  expect(await Promise.all(kept.map((name) => readFile(path.join(folder, name), 'utf8')))).toEqual([
    expect.stringContaining('garbage 2'),
    expect.stringContaining('garbage 3'),
  ]);
});

it('leaves a file alone that a newer version or another program has made', async () => {
  await filled();
  const newer = new DatabaseSync(file);
  newer.exec('pragma user_version = 900');
  newer.close();
  const before = await readFile(file);
  await expect(openStore()).rejects.toMatchObject({ code: 'bad-input', message: expect.stringMatching(/newer.*900/) });
  expect(await readFile(file)).toEqual(before);
  const foreign = path.join(folder, 'foreign.sqlite');
  const db = new DatabaseSync(foreign);
  db.exec('create table t (a); insert into t values (1)');
  db.close();
  const theirs = await readFile(foreign);
  await expect(openStore(foreign)).rejects.toMatchObject({ code: 'bad-input' });
  expect(await readFile(foreign)).toEqual(theirs);
});

it('stops writing when another window has been updated', async () => {
  const store = await openStore();
  const other = new DatabaseSync(file);
  other.exec("update meta set value = '999' where key = 'terms version'");
  await expect(store.apply({})).rejects.toMatchObject({ code: 'bad-input', remedy: expect.stringContaining('Reload') });
  other.exec(`update meta set value = '1' where key = 'terms version'; pragma user_version = 900`);
  await expect(store.setMeta('a', 'b')).rejects.toMatchObject({ code: 'bad-input' });
  other.exec('pragma user_version = 3');
  other.close();
});

it('brings a file of version 1 up to date, with its words made anew', async () => {
  const old = new DatabaseSync(file);
  old.exec(await readFile(new URL('storeVersion1.sql', import.meta.url), 'utf8'));
  old.close();
  const store = await openStore();
  expect(store.recovered).toBeUndefined();
  expect((await store.files()).map(({ path: at, hash }) => [at, hash])).toEqual([
    ['a.ts', 'h1'],
    ['b.md', 'h2'],
  ]);
  expect(await store.lexical(['bar'], 5)).toEqual([{ chunk: 1, score: expect.any(Number) }]);
  expect(await store.meta('model')).toBe('minilm');
  // foobar foo bar baz, outer, a ts; second thing, b md
  expect((await store.counts()).averageLength).toBe((7 + 4) / 2);
  expect(await store.leftOut()).toHaveLength(1);
  await store.putVectors('m', 2, new Map([[1, new Float32Array([1, 0])]]));
  expect(await store.nearest('m', new Float32Array([1, 0]), 5)).toEqual([{ chunk: 1, score: 1 }]);
  expect(await store.takeLease('a')).toBe(true);
  await store.apply({ remove: [sampleFile('a.ts')] });
  expect(await store.lexical(['bar'], 5)).toEqual([]);
  const db = new DatabaseSync(file);
  db.exec("insert into words (words) values ('integrity-check')");
  db.close();
});

it('says when the disk is full, and keeps what it had', async () => {
  await filled();
  const size = (await readFile(file)).length;
  const store = await openStore(file, { mostBytes: size + 40_000 });
  const before = [await store.files(), await store.chunkPage(0, 1000), await store.version()];
  await expect(store.apply({ write: randomWrites(500, 2) })).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringContaining('disk is full'),
  });
  expect([await store.files(), await store.chunkPage(0, 1000), await store.version()]).toEqual(before);
  await expectWorks(store);
});

it('says when it cannot write there', async () => {
  await writeFile(path.join(folder, 'a file'), '');
  const cannot = { code: 'storage', message: expect.stringContaining('cannot be written') };
  await expect(openStore(path.join(folder, 'a file', 'deep', 'index.sqlite'))).rejects.toMatchObject(cannot);
  await expect(openStore(folder)).rejects.toMatchObject(cannot);
});

it('waits for another program’s lock, and says when it lasts', async () => {
  const store = await openStore(file, { patience: 200 });
  const other = new DatabaseSync(file);
  other.exec('begin immediate');
  setTimeout(() => other.exec('rollback'), 60);
  await store.setMeta('a', 'b');
  other.exec('begin immediate');
  await expect(store.setMeta('a', 'c')).rejects.toMatchObject({
    code: 'storage',
    message: expect.stringContaining('locked'),
  });
  expect(await store.meta('a')).toBe('b');
  other.exec('rollback');
  other.close();
  await store.setMeta('a', 'd');
  expect(await store.meta('a')).toBe('d');
});

it('says what is missing where Node has no SQLite', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never);
  await expect(openStore()).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('node:sqlite'),
  });
});
