// An index in SQLite whose writers are killed at random moments, or are several at once: real processes.

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { seededRandom, systemClock } from '../../../src/shared/environment.ts';
import { startsProcesses } from '../support/processes.ts';
import { BATCHES_KEPT, FILES_A_BATCH } from './storeBatches.ts';

startsProcesses();

const folder = await mkdtemp(path.join(tmpdir(), 'store-killed-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const KILLS = 50;
/** Milliseconds after its beginning at which a writer is killed, at the most. */
const LATEST = 100;
const script = fileURLToPath(new URL('storeWriter.ts', import.meta.url));

function write(file: string, root: string, batches: number): { child: ChildProcess; lines: AsyncIterable<string> } {
  const args = ['--disable-warning=ExperimentalWarning', script, file, root, `${batches}`];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, lines: createInterface({ input: child.stdout }) };
}

/** @returns the last batch that is there, or -1; throws when one of the last is not whole */
async function check(file: string, roots: readonly string[]): Promise<number[]> {
  const raw = new DatabaseSync(file);
  raw.exec("insert into words (words) values ('integrity-check')");
  expect(raw.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  raw.close();
  const store = await SqliteStore.open(file, { clock: systemClock });
  try {
    expect(store.recovered).toBeUndefined();
    const files = await store.files();
    const chunks = await store.chunkPage(0, 100_000);
    expect(chunks.length).toBe(files.length * 6);
    return roots.map((root) => {
      const batches = new Map<number, number>();
      for (const { root: of, path: at } of files) {
        if (of === root) {
          batches.set(Number.parseInt(at, 10), (batches.get(Number.parseInt(at, 10)) ?? 0) + 1);
        }
      }
      const last = Math.max(-1, ...batches.keys());
      const expected = Array.from({ length: Math.min(last + 1, BATCHES_KEPT) }, (_, i) => [last - i, FILES_A_BATCH]);
      expect([...batches].sort(([a], [b]) => b - a)).toEqual(expected);
      return last;
    });
  } finally {
    await store.close();
  }
}

it('is whole after every kill -9, and goes on', async () => {
  const random = seededRandom(5);
  const file = path.join(folder, 'killed.sqlite');
  let last = -1;
  let torn = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, lines } = write(file, 'r', 1_000_000);
    const ended = once(child, 'exit');
    let said = last;
    for await (const line of lines) {
      if (line === 'ready') {
        setTimeout(() => child.kill('SIGKILL'), random() * LATEST);
      } else {
        said = Number(line);
      }
    }
    expect((await ended)[1]).toBe('SIGKILL');
    const [there] = await check(file, ['r']);
    // All that was said is there; one more may be, of which it could not tell any more.
    expect([said, said + 1]).toContain(there);
    torn += there > last ? 1 : 0;
    last = there;
  }
  // Else it was killed before it had written anything.
  expect(torn).toBeGreaterThan(KILLS / 4);
});

it('takes the writes of two processes at once', async () => {
  const file = path.join(folder, 'two.sqlite');
  const writers = ['a', 'b'].map((root) => write(file, root, 20));
  const codes = await Promise.all(
    writers.map(async ({ child, lines }) => {
      const ended = once(child, 'exit');
      for await (const _ of lines) {
        // Read to the end, so that it can end.
      }
      return (await ended)[0];
    }),
  );
  expect(codes).toEqual([0, 0]);
  expect(await check(file, ['a', 'b'])).toEqual([19, 19]);
});
