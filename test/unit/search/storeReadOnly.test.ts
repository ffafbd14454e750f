// Who may read and write an index's file: nobody else where it is made, and a search answers all the same where it, or
// its folder, is for reading only. The command line is started as another user where the tests run as one who may all.

import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../../src/services/search/store/sqlite.ts';
import { systemClock } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { writeFiles } from './walkedFolder.ts';

const cli = path.resolve(import.meta.dirname, '../../../src/cli/main.ts');
const NOBODY = 65534;
const modeOf = async (place: string) => ((await stat(place)).mode & 0o777).toString(8);

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** @param asNobody as someone whom rights hold back */
function run(args: readonly string[], asNobody: boolean): Promise<Outcome> {
  return node([cli, ...args], asNobody);
}

function node(args: readonly string[], asNobody: boolean): Promise<Outcome> {
  const other = asNobody && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  return new Promise((resolve) => {
    execFile(process.execPath, [...args], other, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** Where the project lies in a folder of the first user's own, another can't start its command line. */
const canStart = (await node(['-e', `require('fs').accessSync(${JSON.stringify(cli)})`], true)).code === 0;

describe.skipIf(process.platform === 'win32')('rights (skipped on Windows, which has others)', () => {
  test('a new index is for its owner alone: file, log and folder', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'a/b/index.sqlite');
    const before = process.umask(0o022);
    try {
      const store = await SqliteStore.open(file, { clock: systemClock });
      await store.setMeta('a', 'b');
      for (const one of [file, `${file}-wal`, `${file}-shm`]) {
        expect(await modeOf(one), one).toBe('600');
      }
      expect([await modeOf(path.dirname(file)), await modeOf(path.join(folder.path, 'a'))]).toEqual(['700', '700']);
      await store.close();
      // What someone has opened to others stays so.
      await chmod(file, 0o640);
      await (await SqliteStore.open(file, { clock: systemClock })).close();
      expect(await modeOf(file)).toBe('640');
    } finally {
      process.umask(before);
    }
  });

  test('one that was damaged is made anew for its owner alone', async () => {
    await using folder = await temporaryFolder();
    const file = path.join(folder.path, 'index.sqlite');
    await writeFile(file, 'no database '.repeat(1000), { mode: 0o644 });
    const store = await SqliteStore.open(file, { clock: systemClock });
    expect(store.recovered).toMatch(/damaged/);
    expect(await modeOf(file)).toBe('600');
    await store.close();
  });

  test.skipIf(!canStart)(
    'an index that can only be read is searched, with a warning, and stays as it is',
    {
      timeout: 120_000,
    },
    async () => {
      await using folder = await temporaryFolder();
      await chmod(folder.path, 0o755);
      const work = path.join(folder.path, 'work');
      const kept = path.join(folder.path, 'kept');
      const file = path.join(kept, 'index.sqlite');
      await mkdir(kept);
      await writeFiles(work, { 'notes.md': '# Animals\n\nThe penguin swims.\n', 'other.md': 'A stone lies there.\n' });
      expect(await run(['index', work, '--store', file], false)).toMatchObject({ code: 0 });
      await writeFiles(work, { 'new.md': 'A penguin flies.\n' });
      const bytes = await readFile(file);
      for (const [fileMode, folderMode] of [
        [0o444, 0o555],
        [0o444, 0o777],
        [0o666, 0o555],
      ] as const) {
        await chmod(file, fileMode);
        await chmod(kept, folderMode);
        const found = await run(['search', work, 'penguin', '--json', '--store', file], true);
        expect(found.stderr).toContain("can't be written, and so not be brought up to date");
        expect(found.code, found.stderr).toBe(0);
        const { hits } = JSON.parse(found.stdout) as { hits: { path: string; vector: number | null }[] };
        expect(hits[0]).toMatchObject({ path: 'notes.md', vector: expect.any(Number) });
        expect(hits.map((hit) => hit.path)).not.toContain('new.md');
        expect(await readdir(kept)).toEqual(['index.sqlite']);
        expect((await readFile(file)).equals(bytes)).toBe(true);
      }
      // Neither read nor written: that is another thing.
      await chmod(file, 0o000);
      const refused = await run(['search', work, 'penguin', '--store', file], true);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('may not be read by you') });
      await chmod(file, 0o444);
      // What was asked for could not be done.
      expect(await run(['index', work, '--store', file], true)).toMatchObject({ code: 1 });
      await chmod(kept, 0o755);
    },
  );
});
