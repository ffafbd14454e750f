// What git ignores, beside git itself: random trees with random ignore files, walked by us and listed by `git ls-files`.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeFolder } from '../../../src/services/search/nodeFolder.ts';
import { WalkedFiles } from '../../../src/services/search/walk.ts';
import { neverCancelled } from '../../../src/shared/environment.ts';
import { git, hasGit, plant, tree, untracked, write as writeTo } from './gitTrees.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ignored-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  writeTo(folder, files);
}

/** Every file that a walk finds, and every folder or file that it leaves out. */
async function walk() {
  const files = new WalkedFiles([
    {
      id: 'r',
      name: 'r',
      place: folder,
      folder: new NodeFolder(folder),
      rules: { exclude: [], include: [], useIgnoreFiles: true, maxBytes: 1000 },
    },
  ]);
  const found: string[] = [];
  const out: string[] = [];
  for await (const one of files.list(neverCancelled)) {
    if ('found' in one) {
      found.push(one.found.path);
    } else {
      out.push(one.leftOut.path);
    }
  }
  return { files, found: found.sort(), out: out.filter((one) => !one.endsWith('.git')).sort() };
}

describe.skipIf(!hasGit)('ignore files, beside git (skipped where git is not installed)', () => {
  test('finds the files that git would add, in random trees', { timeout: 120_000 }, async () => {
    const top = folder;
    let runs = 0;
    let ignored = 0;
    await fc.assert(
      fc.asyncProperty(tree, async (planted) => {
        folder = path.join(top, String(runs++));
        const all = plant(folder, planted);
        const { found } = await walk();
        const expected = untracked(folder);
        ignored += all.length - expected.length;
        expect(found, JSON.stringify(planted.ignoreFiles)).toEqual(expected);
      }),
      { numRuns: 120 },
    );
    folder = top;
    expect(ignored).not.toBe(0);
  });

  test('takes a repository inside of another by its own rules', async () => {
    git(folder, 'init', '-q');
    write({ '.gitignore': '*.log\nvendor/b/\n', 'a.log': '', 'a.txt': '' });
    for (const inner of ['vendor/a', 'vendor/b']) {
      mkdirSync(path.join(folder, inner), { recursive: true });
      git(path.join(folder, inner), 'init', '-q');
      write({ [`${inner}/.gitignore`]: '*.tmp\n', [`${inner}/x.log`]: '', [`${inner}/x.tmp`]: '' });
      write({ [`${inner}/.git/info/exclude`]: 'secretly\n', [`${inner}/secretly`]: '' });
    }
    const inside = git(path.join(folder, 'vendor/a'), 'ls-files', '-o', '--exclude-standard').trim().split('\n');
    const { found } = await walk();
    expect(inside).toEqual(['.gitignore', 'x.log']);
    expect(found).toEqual(['.gitignore', 'a.txt', ...inside.map((file) => `vendor/a/${file}`)]);
  });

  test("follows a submodule's .git file to its exclude file", async () => {
    git(folder, 'init', '-q');
    write({
      '.gitignore': 'x.log\n',
      'sub/.git': 'gitdir: ../.git/modules/sub\n',
      '.git/modules/sub/info/exclude': 'no.txt\n',
      'sub/no.txt': '',
      'sub/x.log': '',
      'out/.git': 'gitdir: /nowhere/else\n',
      'out/x.log': '',
    });
    expect((await walk()).found).toEqual(['.gitignore', 'out/x.log', 'sub/x.log']);
  });

  test('forgets about case where git does, and only there', async () => {
    git(folder, 'init', '-q');
    write({ '.gitignore': '*.LOG\n', 'a.log': '', 'b.LOG': '' });
    git(folder, 'config', 'core.ignorecase', 'false');
    const strict = [(await walk()).found, untracked(folder)];
    git(folder, 'config', 'core.ignorecase', 'true');
    const loose = [(await walk()).found, untracked(folder)];
    expect(strict).toEqual([
      ['.gitignore', 'a.log'],
      ['.gitignore', 'a.log'],
    ]);
    expect(loose).toEqual([['.gitignore'], ['.gitignore']]);
  });

  test('says of one path what the walk says', async () => {
    git(folder, 'init', '-q');
    write({ '.gitignore': 'out/\n!keep\n', 'out/a/b.txt': '', 'src/keep': '', 'src/.gitignore': 'a\n', 'src/a': '' });
    const { files } = await walk();
    const look = (file: string) => files.look({ root: 'r', path: file });
    expect(await look('src/keep')).toMatchObject({ found: { path: 'src/keep' } });
    expect(await look('out/a/b.txt')).toMatchObject({ leftOut: { path: 'out', detail: 'folder: out/ in .gitignore' } });
    expect(await look('src/a')).toMatchObject({ leftOut: { path: 'src/a', detail: '/src/**/a in src/.gitignore' } });
    expect([await look('src/none'), await look('src'), await look('src/keep/none'), await look('none/x')]).toEqual(
      new Array(4).fill(undefined),
    );
  });
});
