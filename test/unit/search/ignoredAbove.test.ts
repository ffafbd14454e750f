// Ignore rules that stand above the folder that is opened, beside git itself: in a part of a repository, in linked
// worktrees and in submodules. Nothing there is read but rules.

import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { git, hasGit, plant, tree, untracked, write } from './gitTrees.ts';
import { filesOf, walked } from './walkedFolder.ts';

let top: string;
beforeEach(() => {
  top = mkdtempSync(path.join(tmpdir(), 'above-'));
});
afterEach(() => {
  rmSync(top, { recursive: true, force: true });
});

const found = async (folder: string) => (await walked(filesOf(folder))).found.sort();

/** By git's own word, of a folder inside of a repository. */
function isIgnored(repository: string, folder: string): boolean {
  try {
    git(repository, 'check-ignore', '-q', '--', `./${folder}`);
    return true;
  } catch {
    return false;
  }
}

const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'protocol.file.allow=always'];

describe.skipIf(!hasGit)('ignore rules above the folder (skipped where git is not installed)', () => {
  test('are those that git follows there, in random trees', { timeout: 120_000 }, async () => {
    let runs = 0;
    let decided = 0;
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(
        tree,
        fc.constantFrom('*.js', '[ab].*', 'a.js', 'b.log', 'c*'),
        fc.nat(),
        async (some, rule, which) => {
          // One that seldom takes the folder itself, at the top.
          const planted = { ...some, ignoreFiles: [...some.ignoreFiles, [[], [rule], '', ''] as const] };
          const repository = path.join(top, String(runs++));
          const files = plant(repository, planted);
          const folders = [...new Set(files.filter((file) => file.includes('/')).map((file) => path.dirname(file)))];
          const part = folders[which % folders.length];
          if (part === undefined || isIgnored(repository, part)) {
            return;
          }
          const folder = path.join(repository, part);
          const expected = untracked(folder);
          expect(await found(folder), JSON.stringify([part, planted])).toEqual(expected);
          opened++;
          // By the rules of the part alone it would be otherwise.
          rmSync(path.join(repository, '.git'), { recursive: true });
          decided += JSON.stringify(await found(folder)) === JSON.stringify(expected) ? 0 : 1;
        },
      ),
      { numRuns: 80 },
    );
    expect(opened).toBeGreaterThan(30);
    expect(decided).not.toBe(0);
  });

  test('are named by where they stand, for one file as for all', async () => {
    git(top, 'init', '-q');
    write(top, {
      '.gitignore': '*.log\n/packages/app/out/\n',
      'packages/.gitignore': '!keep.log\n*.tmp\n',
      '.git/info/exclude': 'mine\n',
      'outside.txt': '',
      'packages/app/a.log': '',
      'packages/app/keep.log': '',
      'packages/app/out/x.js': '',
      'packages/app/b.tmp': '',
      'packages/app/mine': '',
      'packages/app/src/.gitignore': '!b.tmp\n',
      'packages/app/src/b.tmp': '',
    });
    const files = filesOf(path.join(top, 'packages/app'));
    const { found: all, out } = await walked(files);
    expect(all.sort()).toEqual(['keep.log', 'src/.gitignore', 'src/b.tmp']);
    expect(Object.fromEntries(Object.entries(out).map(([file, { detail }]) => [file, detail]))).toEqual({
      'a.log': '*.log in ../../.gitignore',
      'b.tmp': '/packages/**/*.tmp in ../.gitignore',
      mine: 'mine in ../../.git/info/exclude',
      out: 'folder: /packages/app/out/ in ../../.gitignore',
    });
    expect(await files.look({ root: 'r', path: 'a.log' })).toMatchObject({ leftOut: { reason: 'ignored' } });
    expect((await walked(filesOf(path.join(top, 'packages/app'), { useIgnoreFiles: false }))).found).toContain('a.log');
  });

  test('do not count where they ignore the very folder that was opened', async () => {
    git(top, 'init', '-q');
    write(top, { '.gitignore': 'build/\n*.log\n', 'build/a.log': '', 'build/.gitignore': 'b\n', 'build/b': '' });
    expect(await found(path.join(top, 'build'))).toEqual(['.gitignore', 'a.log']);
  });

  test('end at the repository, and where there is none', async () => {
    write(top, {
      '.gitignore': '*.log\n',
      'inner/part/a.log': '',
      'inner/.gitignore': '*.tmp\n',
      'inner/part/a.tmp': '',
    });
    expect(await found(path.join(top, 'inner/part'))).toEqual(['a.log', 'a.tmp']);
    // A folder of that name with nothing of git's in it is none.
    mkdirSync(path.join(top, '.git'));
    expect(await found(path.join(top, 'inner/part'))).toEqual(['a.log', 'a.tmp']);
    git(path.join(top, 'inner'), 'init', '-q');
    expect(await found(path.join(top, 'inner/part'))).toEqual(['a.log']);
  });

  test('hold in a linked worktree and in parts of it', async () => {
    const main = path.join(top, 'main');
    plant(main, { paths: [], ignoreFiles: [[[], ['*.log'], '', '']], exclude: ['mine'] });
    git(main, 'add', '.gitignore');
    git(main, ...identity, 'commit', '-q', '-m', 'a');
    const linked = path.join(top, 'linked');
    git(main, 'worktree', 'add', '-q', linked);
    write(linked, { 'a.log': '', mine: '', 'src/mine': '', 'src/b.log': '', 'src/b.ts': '' });
    expect(untracked(linked)).toEqual(['src/b.ts']);
    expect(await found(linked)).toEqual(['.gitignore', 'src/b.ts']);
    expect(await found(path.join(linked, 'src'))).toEqual(['b.ts']);
  });

  test('hold in a submodule, opened as such, as a part, and from above', async () => {
    const other = path.join(top, 'other');
    plant(other, { paths: [], ignoreFiles: [[[], ['*.tmp'], '', '']], exclude: [] });
    git(other, 'add', '.gitignore');
    git(other, ...identity, 'commit', '-q', '-m', 'a');
    const main = path.join(top, 'main');
    plant(main, { paths: [], ignoreFiles: [[[], ['*.log'], '', '']], exclude: [] });
    git(main, ...identity, 'submodule', '--quiet', 'add', other, 'libs/sub');
    const sub = path.join(main, 'libs/sub');
    write(main, { '.git/modules/libs/sub/info/exclude': 'mine\n' });
    write(sub, { mine: '', 'a.log': '', 'src/mine': '', 'src/b.log': '', 'src/b.tmp': '' });
    expect(untracked(sub)).toEqual(['a.log', 'src/b.log']);
    expect(await found(sub)).toEqual(['.gitignore', 'a.log', 'src/b.log']);
    expect(await found(path.join(sub, 'src'))).toEqual(['b.log']);
    expect(await found(path.join(main, 'libs'))).toEqual(['sub/.gitignore', 'sub/a.log', 'sub/src/b.log']);
  });

  test('are not read through links, as git reads none', async () => {
    git(top, 'init', '-q');
    write(top, { private: 'a.txt\n', 'part/a.txt': '' });
    symlinkSync('private', path.join(top, '.gitignore'));
    expect(untracked(path.join(top, 'part'))).toEqual(['a.txt']);
    expect(await found(path.join(top, 'part'))).toEqual(['a.txt']);
  });
});
