// The course folder on a disk that fails, is written by somebody else meanwhile, or holds what others put there: nothing is
// ever written over. Which step is right for a file is test/unit/course/courseFolder.test.ts's business.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { MANIFEST } from '../../../src/course/courseFolder.ts';
import { type CourseDisk, manifestOn, updateCourse } from '../../../src/host/courseWrites.ts';

const hash = (text: string) => createHash('sha256').update(text).digest('hex');

class MemoryDisk implements CourseDisk {
  readonly files: Map<string, string>;
  /** Called before a file is written. */
  before: (path: string) => void = () => {};

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.files = new Map(Object.entries(files));
  }

  async read(path: string): Promise<string | undefined> {
    return this.files.get(path);
  }

  async create(path: string, text: string): Promise<boolean> {
    this.before(path);
    if (this.files.has(path)) {
      return false;
    }
    this.files.set(path, text);
    return true;
  }

  async replace(path: string, text: string): Promise<void> {
    this.before(path);
    this.files.set(path, text);
  }
}

const course = (edition: string) => [
  { path: '01/a.ts', text: `a ${edition}` },
  { path: '01/b.ts', text: `b ${edition}` },
  { path: 'README.md', text: 'read me' },
];
const update = (disk: MemoryDisk, edition: string, restore: readonly string[] = []) =>
  updateCourse({ disk, files: course(edition), version: edition, hash, restore: new Set(restore) });

test('a new folder gets all, and the second time nothing is written', async () => {
  const disk = new MemoryDisk();
  expect((await update(disk, '1')).written).toEqual(['01/a.ts', '01/b.ts', 'README.md']);
  disk.before = (path) => expect.fail(`wrote ${path}`);
  expect((await update(disk, '1')).written).toEqual([]);
});

test('a later edition renews what is untouched, keeps what isn’t and offers it once, leaves deleted what was', async () => {
  const disk = new MemoryDisk();
  await update(disk, '1');
  disk.files.set('01/b.ts', 'mine');
  disk.files.delete('README.md');
  const { written, offered, deleted } = await update(disk, '2');
  expect([written, [...offered], deleted]).toEqual([['01/a.ts'], [['01/b.ts', 'b 2']], ['README.md']]);
  expect(disk.files.get('01/b.ts')).toBe('mine');
  expect((await update(disk, '2')).offered.size).toBe(0);
  expect((await update(disk, '2', ['README.md'])).written).toEqual(['README.md']);
});

describe('nothing is written over', () => {
  test('that was there before the course', async () => {
    const disk = new MemoryDisk({ 'README.md': 'theirs', '01/a.ts': 'a 1' });
    expect(await update(disk, '1')).toMatchObject({ foreign: ['README.md'], written: ['01/b.ts'] });
    expect(disk.files.get('README.md')).toBe('theirs');
    await update(disk, '2');
    expect(disk.files.get('README.md')).toBe('theirs');
    // What was just as the course writes it is the course's.
    expect(disk.files.get('01/a.ts')).toBe('a 2');
  });

  test('that came between the look and the write', async () => {
    const disk = new MemoryDisk();
    disk.before = (path) => {
      if (path === '01/a.ts') {
        disk.files.set(path, 'just now');
      }
    };
    expect((await update(disk, '1')).foreign).toEqual(['01/a.ts']);
    disk.before = () => {};
    await update(disk, '2');
    expect(disk.files.get('01/a.ts')).toBe('just now');
  });

  test('that the learner saved between the look and the renewal', async () => {
    const disk = new MemoryDisk();
    await update(disk, '1');
    const read = disk.read.bind(disk);
    const looks = new Map<string, number>();
    disk.read = async (path) => {
      looks.set(path, (looks.get(path) ?? 0) + 1);
      if (path === '01/a.ts' && looks.get(path) === 2) {
        disk.files.set(path, 'saved just now');
      }
      return read(path);
    };
    await update(disk, '2');
    expect(disk.files.get('01/a.ts')).toBe('saved just now');
    // It is the learner's from now on: a third edition is offered.
    expect([...(await update(disk, '3')).offered.keys()]).toContain('01/a.ts');
  });

  test('when two windows start at once', async () => {
    const disk = new MemoryDisk();
    const outcomes = await Promise.all([update(disk, '1'), update(disk, '1')]);
    expect(outcomes.flatMap(({ foreign }) => foreign)).toEqual([]);
    expect(await manifestOn(disk)).toMatchObject({ version: '1' });
  });
});

test('a disk that can’t be written is named with what to do, and what was done is taken up the next time', async () => {
  const disk = new MemoryDisk();
  disk.before = (path) => {
    if (path === '01/b.ts') {
      throw new Error('EROFS: read-only file system');
    }
  };
  await expect(update(disk, '1')).rejects.toMatchObject({ code: 'storage', where: '01/b.ts' });
  expect(disk.files.has(MANIFEST)).toBe(false);
  disk.before = () => {};
  expect(await update(disk, '1')).toMatchObject({ foreign: [] });
  expect([...disk.files.keys()].sort()).toEqual([MANIFEST, '01/a.ts', '01/b.ts', 'README.md'].sort());
});

test('a folder of a newer version, and one whose notes are damaged, are left alone', async () => {
  for (const notes of ['{"schema":', JSON.stringify({ schema: 99, version: '9', files: {} })]) {
    const disk = new MemoryDisk({ [MANIFEST]: notes, '01/a.ts': 'mine' });
    disk.before = (path) => expect.fail(`wrote ${path}`);
    await expect(update(disk, '1')).rejects.toMatchObject({ code: 'bad-input' });
  }
});
