// The contract of stores over SQLite.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import type { Clock } from '../../../src/shared/environment.ts';
import { storeContract } from './storeContract.ts';
import { randomWrites } from './storeSamples.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'store-'));
const opened: SqliteStore[] = [];
let count = 0;

async function open(file: string, clock: Clock): Promise<SqliteStore> {
  const store = await SqliteStore.open(file, { clock });
  opened.push(store);
  return store;
}

storeContract('the store in SQLite', {
  open: (clock) => open(path.join(folder, `${count++}`, 'index.sqlite'), clock),
  openAgain: (store, clock) => open(store.place, clock),
  clear: async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
  },
});

it('gives way during a long change, of which nothing is seen before its end', async () => {
  let elapsed = 0;
  const store = await open(path.join(folder, 'slices', 'index.sqlite'), {
    now: () => 0,
    elapsed: () => (elapsed += 100),
  });
  let done = false;
  const applied = store.apply({ write: randomWrites(100, 1) }).then(() => {
    done = true;
  });
  let turns = 0;
  while (!done) {
    const { length } = await store.files();
    expect([0, 100]).toContain(length);
    turns += length === 0 ? 1 : 0;
    await new Promise((resolve) => setImmediate(resolve));
  }
  await applied;
  expect(turns).toBeGreaterThan(50);
  expect(await store.files()).toHaveLength(100);
  await store.close();
});

afterAll(() => rm(folder, { recursive: true, force: true }));
