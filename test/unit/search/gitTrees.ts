// Random trees with random ignore files, and git itself to say what is ignored in them.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';

const environment = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  XDG_CONFIG_HOME: '/dev/null',
};

export function git(folder: string, ...args: string[]): string {
  return execFileSync('git', args, {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

export const hasGit = (() => {
  try {
    git('.', '--version');
    return true;
  } catch {
    return false;
  }
})();

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
}

/** What git would add in a folder, were everything added; by paths from there. */
export function untracked(folder: string): string[] {
  return git(folder, 'ls-files', '-o', '--exclude-standard', '-z')
    .split('\0')
    .filter((file) => file !== '')
    .sort();
}

const name = fc.constantFrom('a', 'b', 'ab', 'a.js', 'b.log', 'c c', 'x[1]', '#h', '!n', 'd*');
export const folders = fc.array(fc.constantFrom('a', 'b', 'ab', 'd*', 'x[1]', 'c c'), { maxLength: 3 });
export const file = fc.tuple(folders, name).map(([parents, last]) => [...parents, last].join('/'));
const part = fc.constantFrom(
  'a',
  'b',
  'ab',
  '*',
  '*.js',
  'b.*',
  '?',
  'a?',
  '[ab]',
  '[!a]',
  '[a-c]*',
  '**',
  'c c',
  'c\\ c',
  'd\\*',
  'x\\[1]',
  '\\!n',
  '*b*',
  '[[:alpha:]]',
);
const pattern = fc
  .tuple(
    fc.constantFrom('', '', '!'),
    fc.constantFrom('', '', '/', '**/'),
    fc.array(part, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '', '/', '/**', ' ', '\r'),
  )
  .map(([not, start, parts, end]) => not + start + parts.join('/') + end);
export const line = fc.oneof(
  { weight: 9, arbitrary: pattern },
  { weight: 1, arbitrary: fc.constantFrom('', '# a', '#h', '\\#h', '!', '/', '!/', ' ') },
);
export const ignoreFile = fc.tuple(
  folders,
  fc.array(line, { minLength: 1, maxLength: 5 }),
  fc.constantFrom('', '\n'),
  fc.constantFrom('', '', '\ufeff'),
);

export interface Tree {
  readonly paths: readonly string[];
  readonly ignoreFiles: readonly (readonly [readonly string[], readonly string[], string, string])[];
  readonly exclude: readonly string[];
}
export const tree: fc.Arbitrary<Tree> = fc.record({
  paths: fc.uniqueArray(file, { minLength: 5, maxLength: 25 }),
  ignoreFiles: fc.array(ignoreFile, { minLength: 1, maxLength: 4 }),
  exclude: fc.array(line, { maxLength: 2 }),
});

/** Makes a repository with a tree in it. @returns its files, but for ignore files */
export function plant(folder: string, { paths, ignoreFiles, exclude }: Tree): string[] {
  mkdirSync(folder);
  git(folder, 'init', '-q');
  const apart = paths.filter((one) => !paths.some((other) => other.startsWith(`${one}/`)));
  write(folder, Object.fromEntries(apart.map((one) => [one, 'text'])));
  for (const [parents, lines, end, mark] of ignoreFiles) {
    const at = parents.findIndex((_, end_) => apart.includes(parents.slice(0, end_ + 1).join('/')));
    const place = (at < 0 ? parents : parents.slice(0, at)).join('/');
    write(folder, { [path.posix.join(place, '.gitignore')]: mark + lines.join('\n') + end });
  }
  write(folder, { '.git/info/exclude': exclude.join('\n') });
  return apart;
}
