// Globs beside Node's own, and what VS Code's documentation says of its patterns.

import path from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseGlob } from '../../../src/services/search/globs.ts';
import { fileFilter } from '../../../src/services/search/store/filters.ts';

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

test('refuses what nobody means, shortly, and takes the rest in its stride', () => {
  const evil = {
    characters: ['{'.repeat(20_000), '['.repeat(20_000), '**/'.repeat(10_000), `{${','.repeat(20_000)}}`],
    'braces within each other': [`${'{'.repeat(1000)}a${'}'.repeat(1000)}`, '{a,'.repeat(900) + '}'.repeat(900)],
    alternatives: [`{${'a,'.repeat(300)}}`, '{a,b}'.repeat(700), '{a,{b,{c,d}}}'.repeat(20)],
  };
  for (const [what, patterns] of Object.entries(evil)) {
    for (const pattern of patterns) {
      const parse = () => parseGlob(pattern);
      expect(parse).toThrow(expect.objectContaining({ code: 'bad-params', message: expect.stringContaining(what) }));
      expect(parse).toThrow(expect.objectContaining({ message: expect.stringMatching(/^.{0,200}$/s) }));
    }
  }
  // Open braces without an end stand for themselves, however many there are.
  const open = '{'.repeat(4000);
  expect(parseGlob(open).matches(open)).toBe(true);
  expect(parseGlob('{a,{b').matches('{a,{b')).toBe(true);
  expect(parseGlob('}{a,b}{').matches('}b{')).toBe(true);
  expect(parseGlob('{a,{b,c}d}/*').alternatives).toBe(3);
});

test('a filter of very many globs is refused: every file would be compared with each', () => {
  const many = Array.from({ length: 300 }, (_, i) => `f${i}`);
  expect(() => fileFilter({ exclude: many })).toThrow(expect.objectContaining({ code: 'bad-params' }));
  expect(() => fileFilter({ include: ['{a,b,c,d}{a,b,c,d}{a,b,c,d}', ...many.slice(0, 200)] })).toThrow(/256/);
  const some = fileFilter({ include: many.slice(0, 200) });
  expect(some?.({ root: 'r', path: 'deep/f7/x.ts', language: 'typescript' })).toBe(true);
  expect(some?.({ root: 'r', path: 'deep/f207/x.ts', language: 'typescript' })).toBe(false);
});
