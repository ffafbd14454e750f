// Searching texts that are in no index, beside cutting them into terms.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextScan } from '../../../src/retrieval/lexical/scan.ts';
import { termsOf } from '../../../src/retrieval/lexical/terms.ts';

function found(query: string, texts: Record<string, string>, limit = 10): string[] {
  return foundTerms(termsOf(query), texts, limit);
}

function foundTerms(terms: readonly string[], texts: Record<string, string>, limit = 10): string[] {
  const scan = new TextScan<string>(terms);
  for (const [name, text] of Object.entries(texts)) {
    scan.add(name, text);
  }
  return scan.best(limit).map(({ id }) => id);
}

describe('a scan', () => {
  it('finds a word exactly where cutting into terms does', () => {
    const text = fc
      .array(
        fc.constantFrom('a', 'B', 'ab', 'AB', 'aB', 'é', 'É', '1', '_', '-', ' ', '漢', '字', '\n', 'HTTPa', 'İ'),
        {
          maxLength: 40,
        },
      )
      .map((parts) => parts.join(''));
    // Wholes that have joints in the text (`a_b` for `ab`) are not looked for.
    const term = fc.constantFrom('a', 'b', 'é', '1', '漢字', '字漢', 'http', 'a1');
    fc.assert(
      fc.property(text, term, (one, wanted) => {
        const there = termsOf(one.replace(/[_-]/g, ' ')).includes(wanted);
        expect(foundTerms([wanted], { one }).length > 0).toBe(there);
      }),
      { numRuns: 500 },
    );
  });

  it('puts rare words before common ones, and many before few', () => {
    const texts = {
      common: 'the list of the names',
      rare: 'the parser of names',
      both: 'the parser parses: parser.parse()',
      none: 'nothing here',
      neither: 'nor here',
      nor: 'here neither',
    };
    expect(found('the parser', texts)).toEqual(['both', 'rare', 'common']);
    expect(found('parser', texts, 1)).toEqual(['both']);
    expect(found('', texts)).toEqual([]);
  });

  it('names passages of whole lines, with their numbers', () => {
    const lines = Array.from(
      { length: 400 },
      (_, i) => `line ${i + 1} ${'x'.repeat(20)}${i % 150 === 149 ? ' needle' : ''}`,
    );
    const text = lines.join('\n');
    const scan = new TextScan<number>(['needle']);
    scan.add(1, text);
    const passages = scan.best(10);
    expect(passages).toHaveLength(2);
    for (const { start, end, startLine, endLine } of passages) {
      expect(text.slice(start, end)).toBe(lines.slice(startLine - 1, endLine).join('\n'));
      expect(text.slice(start, end)).toContain('needle');
    }
    expect(passages.map(({ startLine, endLine }) => startLine <= 150 && endLine >= 150)).toEqual([true, false]);
  });

  it('counts the words of paths', () => {
    const scan = new TextScan<string>(termsOf('config loader'));
    scan.add('by path', 'nothing of it here', 'src/config/loader.ts');
    scan.add('by text', 'the config', 'src/a.ts');
    scan.add('not', 'the thing', 'src/b.ts');
    scan.add('neither', 'the other thing', 'src/c.ts');
    scan.add('nor', 'the last thing', 'src/d.ts');
    expect(scan.best(5).map(({ id }) => id)).toEqual(['by path', 'by text']);
  });

  it('takes a megabyte in one line', () => {
    const scan = new TextScan<string>(['a', 'aa', 'b', '漢漢']);
    for (const unit of ['a', 'aB', 'a_', '漢', 'é', 'a b ']) {
      scan.add(unit, unit.repeat(1_000_000 / unit.length));
    }
    const [first] = scan.best(1);
    expect(first.end - first.start).toBeLessThanOrEqual(2000);
    expect(first.startLine).toBe(1);
  });
});
