// The walk over real folders, and over folders that misbehave: nothing stops it, and all that is left out is told.

import { chmod, mkdir, open, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FileStat, Folder, FolderEntry } from '../../../src/services/search/fileSource.ts';
import { NodeFolder } from '../../../src/services/search/nodeFolder.ts';
import { WalkedFiles } from '../../../src/services/search/walk.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { temporaryFolder } from '../services/temporaryFolder.ts';
import { filesOf, plainRules, walked, writeFiles } from './walkedFolder.ts';

/** Stands for a host's folder: a few answers, and whatever goes wrong. */
class OddFolder implements Folder {
  readonly entries: Readonly<Record<string, readonly FolderEntry[] | Error>>;
  readonly stats: (file: string) => FileStat;
  reads = 0;
  constructor(
    entries: OddFolder['entries'],
    stats: OddFolder['stats'] = () => ({ type: 'file', size: 4, modified: 1 }),
  ) {
    this.entries = entries;
    this.stats = stats;
  }
  async list(folder: string) {
    const entries = this.entries[folder] ?? [];
    if (entries instanceof Error) {
      throw entries;
    }
    return [...entries];
  }
  async stat(file: string) {
    return this.stats(file);
  }
  async read() {
    this.reads++;
    return new TextEncoder().encode('text');
  }
}
const file = (name: string): FolderEntry => ({ name, type: 'file' });
const code = (name: string) => Object.assign(new Error(`${name}: no`), { code: name });

describe('a walk', () => {
  test('finds files in the order of their names, and reads them', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'b/c.ts': 'let c', 'a.md': '# A', 'b/a/x': 'x', 'z/ü 😀\n.txt': 'odd', '-f': '' });
    const files = filesOf(folder.path);
    expect((await walked(files)).found).toEqual(['-f', 'a.md', 'b/c.ts', 'b/a/x', 'z/ü 😀\n.txt']);
    expect(await files.read({ root: 'r', path: 'z/ü 😀\n.txt' })).toMatchObject({
      text: 'odd',
      size: 3,
      // By sha256sum.
      hash: '990cb8ebd0afb7150da453a213036a92f2c05e091df0d803e62d257ea7796c27',
    });
  });

  test('leaves out what is not for an index, each with its reason', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      'ok.ts': 'ok',
      '.env': 'A=1',
      '.env.example': 'A=',
      'keys/server.pem': 'x',
      '.ssh/config': 'x',
      'package-lock.json': '{}',
      'lib.min.js': 'x',
      'picture.png': 'x',
      'big.txt': 'x'.repeat(100_001),
      'node_modules/a/index.js': 'x',
    });
    const { found, out } = await walked(filesOf(folder.path, { exclude: ['**/node_modules'] }));
    expect(found).toEqual(['.env.example', 'ok.ts']);
    expect(Object.fromEntries(Object.entries(out).map(([name, { reason }]) => [name, reason]))).toEqual({
      '.env': 'secret',
      '.ssh': 'secret',
      'keys/server.pem': 'secret',
      'package-lock.json': 'ignored',
      'lib.min.js': 'minified',
      'picture.png': 'binary',
      'big.txt': 'large',
      node_modules: 'ignored',
    });
    expect(out.node_modules?.detail).toBe('folder: exclude **/node_modules');
  });

  test('tells by its content what its name hides', async () => {
    await using folder = await temporaryFolder();
    const key = `-----BEGIN RSA PRIVATE KEY-----\n${'QUJD'.repeat(16)}\n-----END RSA PRIVATE KEY-----\n`;
    await writeFiles(folder.path, {
      'key.txt': `notes\n${key}`,
      'about.md': 'A key file starts with `-----BEGIN PRIVATE KEY-----`, and then comes the key.',
      'account.json': JSON.stringify({ private_key: key }),
      '.npmrc': '//registry.example.org/:_authToken=abc\n',
      'data.bin': new Uint8Array([1, 2, 0, 3]),
      'long.js': 'a();'.repeat(1000),
      'japanese.txt': new Uint8Array([0x93, 0xfa, 0x96, 0x7b, 0x8c, 0xea, 0x81, 0x40]),
    });
    const files = filesOf(folder.path);
    const reasons: Record<string, string> = {};
    for (const one of (await walked(files)).found) {
      const read = await files.read({ root: 'r', path: one });
      reasons[one] = 'reason' in read ? read.reason : 'ok';
    }
    expect(reasons).toEqual({
      'key.txt': 'secret',
      'about.md': 'ok',
      'account.json': 'secret',
      '.npmrc': 'secret',
      'data.bin': 'binary',
      'long.js': 'minified',
      'japanese.txt': 'encoding',
    });
  });

  test('includes before it ignores, and no secret all the same', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, {
      '.gitignore': 'dist\n*.lock\nlogs\n',
      'dist/a.md': '',
      'dist/deep/b.md': '',
      'dist/deep/c.js': '',
      'dist/.env': '',
      'dist/.env.md': '',
      'logs/a.md': '',
      'yarn.lock': '',
      'gen/x.ts': '',
    });
    const include = ['dist/**/*.md', 'yarn.lock', 'gen'];
    const { found, out } = await walked(filesOf(folder.path, { include, exclude: ['gen'] }));
    expect(found).toEqual(['.gitignore', 'yarn.lock', 'dist/a.md', 'dist/deep/b.md', 'gen/x.ts']);
    expect(Object.keys(out)).toEqual(['dist', 'logs']);
  });

  test('follows no link, wherever it leads', async () => {
    await using folder = await temporaryFolder();
    await using other = await temporaryFolder();
    await writeFiles(other.path, { 'private.txt': 'not yours' });
    await writeFiles(folder.path, { 'a/b.txt': 'b' });
    const link = (to: string, name: string) => symlink(to, path.join(folder.path, name));
    await link('.', 'round');
    await link('..', 'a/up');
    await link(other.path, 'out');
    await link(path.join(other.path, 'private.txt'), 'out.txt');
    await link('a/b.txt', 'inside.txt');
    await link('nowhere', 'broken');
    await link('self', 'self');
    const files = filesOf(folder.path);
    const { found, out } = await walked(files);
    expect(found).toEqual(['a/b.txt']);
    expect(out).toMatchObject({
      round: { reason: 'outside', detail: 'a link that leads round in a circle' },
      'a/up': { reason: 'outside', detail: 'a link that leads round in a circle' },
      out: { reason: 'outside', detail: 'a link that leads out of its folder' },
      'out.txt': { reason: 'outside' },
      'inside.txt': { reason: 'outside', detail: 'a link to a/b.txt, which is met there' },
      broken: { reason: 'unreadable' },
      self: { reason: 'unreadable' },
    });
    for (const outside of ['out/private.txt', 'out.txt', '../x', '/etc/passwd', 'a/../../x', 'a\0b']) {
      const read = await files.read({ root: 'r', path: outside });
      expect(read, outside).toMatchObject({ reason: 'unreadable' });
    }
    expect(await files.look({ root: 'r', path: 'out/private.txt' })).toMatchObject({ leftOut: { reason: 'outside' } });
    await expect(new NodeFolder(folder.path).read('out.txt', 10)).rejects.toMatchObject({ code: 'refused' });
  });

  test('never reads a huge file whole', async () => {
    await using folder = await temporaryFolder();
    const huge = await open(path.join(folder.path, 'server.log'), 'w');
    await huge.truncate(500 * 2 ** 20);
    await huge.close();
    const files = filesOf(folder.path);
    expect((await walked(files)).out['server.log']?.detail).toBe('524.3 MB, and the most is 100 kB');
    const before = process.memoryUsage().arrayBuffers;
    expect(await files.read({ root: 'r', path: 'server.log' })).toMatchObject({ reason: 'large' });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 2 ** 20);
  });

  test.skipIf(process.platform !== 'linux')('tells of names that are no text (skipped but on Linux)', async () => {
    await using folder = await temporaryFolder();
    await writeFile(Buffer.concat([Buffer.from(`${folder.path}/caf`), Buffer.from([0xe9])]), 'x');
    await writeFiles(folder.path, { 'a\\b.txt': 'x', '..c': 'x', ' d ': 'x' });
    const files = filesOf(folder.path);
    const { found, out } = await walked(files);
    expect(found).toEqual([' d ', '..c', 'a\\b.txt']);
    expect(out).toMatchObject({ 'caf\ufffd': { reason: 'unreadable' } });
    for (const one of found) {
      expect(await files.read({ root: 'r', path: one })).toMatchObject({ text: 'x' });
    }
  });

  test('goes as deep as folders go', async () => {
    await using folder = await temporaryFolder();
    const deep = new Array(300).fill('deep').join('/');
    await mkdir(path.join(folder.path, deep), { recursive: true });
    await writeFile(path.join(folder.path, deep, 'x'), 'x');
    expect((await walked(filesOf(folder.path))).found).toEqual([`${deep}/x`]);
  });

  test.skipIf(process.getuid?.() === 0)('tells what it may not read (skipped for root, who may read all)', async () => {
    await using folder = await temporaryFolder();
    await writeFiles(folder.path, { 'no/a': 'a', b: 'b', c: 'c' });
    await chmod(path.join(folder.path, 'no'), 0);
    await chmod(path.join(folder.path, 'b'), 0);
    const files = filesOf(folder.path);
    const { found, out } = await walked(files);
    expect([found, out.no?.reason]).toEqual([['b', 'c'], 'unreadable']);
    expect(await files.read({ root: 'r', path: 'b' })).toMatchObject({ reason: 'unreadable' });
    await chmod(path.join(folder.path, 'no'), 0o700);
  });
});

describe('a folder that misbehaves', () => {
  test('is left out with its error, and the rest goes on', async () => {
    const folder = new OddFolder(
      {
        '': [{ name: 'no', type: 'folder' }, file('a'), file('gone'), { name: 'pipe', type: 'other' }],
        no: code('EACCES'),
      },
      (name) => {
        if (name === 'gone') {
          throw code('ENOENT');
        }
        return { type: 'file', size: 1, modified: 1 };
      },
    );
    const { found, out } = await walked(filesOf(folder));
    expect(found).toEqual(['a']);
    expect(out).toMatchObject({
      no: { reason: 'unreadable' },
      gone: { reason: 'unreadable' },
      pipe: { reason: 'unreadable' },
    });
  });

  test('fails where a whole root can not be read, after the others: its files are not gone', async () => {
    const root = (id: string, folder: Folder) => ({ id, name: id, place: `at ${id}`, folder, rules: plainRules });
    const files = new WalkedFiles([
      root('gone', new OddFolder({ '': code('EIO') })),
      root('there', new OddFolder({ '': [file('a'), { name: 'b', type: 'folder' }], b: [file('c')] })),
    ]);
    const found: string[] = [];
    const listing = async () => {
      for await (const one of files.list(neverCancelled)) {
        found.push('found' in one ? one.found.path : one.leftOut.path);
      }
    };
    await expect(listing()).rejects.toMatchObject({ code: 'not-found', where: 'at gone' });
    expect(found).toEqual(['a', 'b/c']);
    expect(await files.look({ root: 'gone', path: 'a' })).toMatchObject({ leftOut: { reason: 'unreadable' } });
  });

  test('is asked again while a file changes, and not for ever', async () => {
    let size = 0;
    const growing = new OddFolder({}, () => ({ type: 'file', size: ++size, modified: size }));
    expect(await filesOf(growing).read({ root: 'r', path: 'log' })).toMatchObject({ text: 'text', modified: 3 });
    expect(growing.reads).toBe(3);
    let asked = 0;
    const once = new OddFolder({}, () => ({ type: 'file', size: 4, modified: ++asked === 1 ? 1 : 2 }));
    expect(await filesOf(once).read({ root: 'r', path: 'saved' })).toMatchObject({ modified: 2 });
    expect(once.reads).toBe(2);
  });

  test('of 100,000 files lets others have their turn, and stops when told to', async () => {
    const folder = new OddFolder({ '': Array.from({ length: 100_000 }, (_, i) => file(`f${i}.png`)) });
    let turns = 0;
    let walking = true;
    const count = () => {
      turns++;
      walking && setImmediate(count);
    };
    count();
    const { out } = await walked(filesOf(folder));
    walking = false;
    expect(Object.keys(out)).toHaveLength(100_000);
    expect(turns).toBeGreaterThan(50);

    const signal = { cancelled: false };
    const listing = filesOf(folder).list(signal);
    signal.cancelled = true;
    await expect(listing.next()).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('of a root that nobody knows is a fault', async () => {
    const files = filesOf(new OddFolder({}));
    expect(() => files.read({ root: 'x', path: 'a' })).toThrow(/id x/);
    expect((await files.list(neverCancelled).next()).done).toBe(true);
  });
});

test('the same walk in this repository finds its own source', async () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const files = filesOf(path.join(root, 'src/services/search'));
  const { found } = await walked(files);
  expect(found).toContain('walk.ts');
  const read = await files.read({ root: 'r', path: 'walk.ts' });
  expect('text' in read && read.text).toBe(await readFile(path.join(root, 'src/services/search/walk.ts'), 'utf8'));
});
