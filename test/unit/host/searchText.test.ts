// Filters that are typed with a query, and the line of a hit that is shown.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFilter } from '../../../src/services/search/store/filters.ts';
import { z } from '../../../src/shared/schema.ts';
import { bestLine, hitLines, openPlace } from '../../../src/shared/searchHits.ts';
import { type SearchHit, searchFilter } from '../../../src/shared/searchMessages.ts';
import { joinFilters, readQueryText } from '../../../src/shared/searchText.ts';
import { openHit } from '../../../src/shared/searchViewMessages.ts';

describe('a query text', () => {
  it('gives its filters, and what is left is looked for', () => {
    expect(readQueryText('  parse lang:py header path:"my notes" -path:*.test.ts kind:code ')).toEqual({
      query: 'parse header',
      filter: {
        include: ['**/my notes', '**/my notes/**'],
        exclude: ['**/*.test.ts'],
        languages: ['python'],
        kinds: ['code'],
      },
      unknown: [],
    });
  });

  it('keeps the alternatives of a glob together', () => {
    const { filter } = readQueryText('a path:src/*.{ts,js},docs');
    expect(filter.include).toEqual(['src/*.{ts,js}', '**/docs', '**/docs/**']);
    const lets = fileFilter(filter);
    const paths = ['src/a.ts', 'src/b.js', 'src/c.py', 'docs/d.md', 'x/docs/e.md', 'js'];
    const through = paths.filter((path) => lets?.({ root: 'r', path, language: 'x' }));
    expect(through).toEqual(['src/a.ts', 'src/b.js', 'docs/d.md', 'x/docs/e.md']);
  });

  it('takes no word of a query for a filter', () => {
    for (const query of ['std::lang http://host/a', 'the path', 'xpath:a', 'a "quoted" word']) {
      expect(readQueryText(query)).toEqual({ query, filter: {}, unknown: [] });
    }
  });

  it('names what it does not know', () => {
    expect(readQueryText('a kind:banana -lang:go').unknown).toEqual(['kind:banana', '-lang:go']);
  });

  it('always makes a filter that the worker takes, and never an empty list, which would find nothing', () => {
    const word = fc.constantFrom('path:', '-path:', 'lang:', 'kind:', 'a', '"', ' ', ',', '*', 'ts', 'code', '/');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 20 }), (words) => {
        const { filter } = readQueryText(words.join(''));
        expect(z.safeParse(searchFilter, filter).success).toBe(true);
        expect(Object.values(filter).every((list) => list.length > 0)).toBe(true);
      }),
    );
  });

  it('joins the filters of the text and of the row: both have to let a file through', () => {
    expect(joinFilters({ languages: ['go'], include: ['a'] }, { include: ['b'], exclude: ['c'] })).toEqual({
      languages: ['go'],
      include: ['a'],
      within: [['b']],
      exclude: ['c'],
    });
    expect(joinFilters({ languages: ['go', 'c'] }, { languages: ['python', 'c'] })).toEqual({ languages: ['c'] });
    expect(joinFilters({ kinds: ['code'] }, { kinds: ['section'] })).toEqual({ kinds: [] });
  });

  it('lets through what both let through, and no more', () => {
    const some = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined });
    const filters = fc
      .record({
        include: some(['src', '*.ts', 'docs/**']),
        exclude: some(['src/b.py', '*.md']),
        languages: some(['typescript', 'python']),
      })
      .map(({ include, exclude, languages }) => ({
        ...(include && { include }),
        ...(exclude && { exclude }),
        ...(languages && { languages }),
      }));
    const files = [
      { root: 'r', path: 'src/a.ts', language: 'typescript' },
      { root: 'r', path: 'src/b.py', language: 'python' },
      { root: 'r', path: 'docs/c.ts', language: 'typescript' },
      { root: 'r', path: 'docs/d.md', language: 'markdown' },
    ];
    fc.assert(
      fc.property(filters, filters, filters, (a, b, c) => {
        const joined = fileFilter(joinFilters(joinFilters(a, b), c));
        for (const file of files) {
          const each = [a, b, c].every((filter) => fileFilter(filter)?.(file) ?? true);
          expect(joined?.(file) ?? true).toBe(each);
        }
      }),
    );
  });
});

describe('the line of a hit', () => {
  const hit = (text: string, words: RegExp): SearchHit => ({
    ...{ chunk: 1, root: 'r', path: 'a.ts', language: 'typescript', kind: 'code', names: [], startLine: 10 },
    ...{ endLine: 10 + text.split('\n').length - 1, start: 0, end: text.length, text, score: 1 },
    ...{ lexical: null, vector: null, rerank: null },
    marks: [...text.matchAll(words)].map(({ 0: word, index }) => ({ start: index, end: index + word.length })),
  });

  it('is the one with the most different words', () => {
    const found = bestLine(hit('retry retry\nretry after a timeout\nend', /retry|timeout/g));
    expect(found.line).toBe(11);
    expect(found.marks.map(({ start, end }) => found.text.slice(start, end))).toEqual(['retry', 'timeout']);
  });

  it('is the first that says something where no word stands in it', () => {
    expect(bestLine(hit('{\n\n  call();', /zzz/g))).toMatchObject({ line: 12, text: '  call();' });
  });

  it('is opened at its longest word, not at the first little one', () => {
    expect(openPlace(hit('mean of a moving average', /of|moving|average/g)).match).toEqual({
      line: 10,
      from: 17,
      to: 24,
    });
  });

  it('is opened at its match', () => {
    const place = openPlace(hit('  first();\r\n  second retry', /retry/g));
    expect(place).toMatchObject({ startLine: 10, firstLine: 'first();', match: { line: 11, from: 9, to: 14 } });
    expect(z.safeParse(openHit.params, place).success).toBe(true);
  });

  it('keeps every mark on its line, for any text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab \n\r]{0,60}$/), (text) => {
        for (const { text: line, marks } of hitLines(hit(text, /a+/g))) {
          for (const { start, end } of marks) {
            expect(line.slice(start, end)).toMatch(/^a+$/);
          }
        }
      }),
    );
  });
});
