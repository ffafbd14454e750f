// Globs beside Node's own, and what VS Code's documentation says of its patterns.

import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGlob } from '../../../src/services/search/globs.ts';

test('matches as the documentation of VS Code says', () => {
  // https://code.visualstudio.com/docs/editor/glob-patterns
  for (const [glob, yes, no] of [
    ['**/*.js', ['a.js', 'x/y/a.js'], ['a.ts', 'a.js/b']],
    ['**/node_modules', ['node_modules', 'a/node_modules'], ['node_modules/a', 'my_node_modules']],
    ['src/**', ['src/a', 'src/a/b.ts', 'src'], ['src2/a', 'a/src/b']],
    ['**/*.{ts,js}', ['a.ts', 'b/a.js'], ['a.css']],
    ['{**/*.html,**/*.txt}', ['a.html', 'b/a.txt'], ['a.md']],
    ['example.[0-9]', ['example.0'], ['example.a', 'example.10']],
    ['example.[!0-9]', ['example.a'], ['example.0']],
    ['foo?', ['foo1'], ['foo', 'foo12', 'a/foo1']],
    ['a{b,c{d,e}}f', ['abf', 'acdf', 'acef'], ['acf']],
    ['./docs/', ['docs'], ['a/docs']],
    ['**/.git', ['.git', 'a/.git'], ['.gitignore']],
  ] as const) {
    const { matches } = parseGlob(glob);
    expect([glob, yes.filter((one) => !matches(one)), no.filter((one) => matches(one))]).toEqual([glob, [], []]);
  }
});

test("matches as Node's own globs do", () => {
  const part = fc.constantFrom(
    'a',
    'b',
    'ab',
    '*',
    'a*',
    '*b',
    '*a*b',
    '?',
    '?b',
    '[ab]',
    '[!a]',
    '{a,b}',
    '{a,ab}b',
    '**',
  );
  const glob = fc
    .array(part, { minLength: 1, maxLength: 4 })
    .filter((parts) => parts.at(-1) !== '**') // where they differ: `a/**` is `a` as well, for VS Code
    .map((parts) => parts.join('/'));
  const file = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'abb', 'ba'), { minLength: 1, maxLength: 4 })
    .map((parts) => parts.join('/'));
  let matched = 0;
  fc.assert(
    fc.property(glob, file, (pattern, name) => {
      const expected = path.matchesGlob(name, pattern);
      matched += expected ? 1 : 0;
      expect(parseGlob(pattern).matches(name)).toBe(expected);
    }),
    { numRuns: 5000 },
  );
  expect(matched).toBeGreaterThan(100);
});

test('reaches into every folder above what it matches', () => {
  const part = fc.constantFrom('a', 'b', '*', 'a*', '{a,b}', '**');
  const glob = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const names = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(glob, names, (pattern, parts) => {
      const { matches, reaches } = parseGlob(pattern);
      if (matches(parts.join('/'))) {
        for (let depth = 0; depth < parts.length; depth++) {
          expect(reaches(parts.slice(0, depth).join('/'))).toBe(true);
        }
      }
    }),
  );
  const { reaches } = parseGlob('dist/docs/*.md');
  expect(['', 'dist', 'dist/docs', 'src', 'dist/other', 'dist/docs/more'].map(reaches)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});

test('takes no longer for a pattern that is made to', () => {
  const { matches } = parseGlob(`**/${'*a'.repeat(100)}*b`);
  expect(matches('a'.repeat(4000))).toBe(false);
  const folders = parseGlob(`${'**/a/'.repeat(100)}b`);
  expect(folders.matches('a/'.repeat(2000))).toBe(false);
  expect(() => parseGlob('{a,b}'.repeat(20))).toThrow(/alternatives/);
});
