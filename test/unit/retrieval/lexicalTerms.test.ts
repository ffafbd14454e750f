import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkTerms, MOST_QUERY_TERMS, queryTerms, termCount } from '../../../src/retrieval/lexical/chunkTerms.ts';
import { LONGEST_TERM, markTerms, termPlaces, termsOf } from '../../../src/retrieval/lexical/terms.ts';

describe('terms', () => {
  it.each([
    ['parseHTTPResponse2', 'parsehttpresponse2 parse http response 2'],
    ['snake_case __init__ MAX_SIZE _', 'snakecase snake case init maxsize max size'],
    ['state-of-the-art a-1 x--y -z', 'stateoftheart state of the art a 1 x y z'],
    ['obj.method(arg) a/b.ts', 'obj method arg a b ts'],
    ['naïveBayes Éclair Straße', 'naïvebayes naïve bayes éclair straße'],
    ['漢字を読む 中', '漢字 字を を読 読む 中'],
    ['東京Tower', '東京 tower'],
    ['ＰａｒｓｅＨｔｔｐ ﬁne ½', 'parsehttp parse http fine 12'],
    ['Привет МИР приветМир', 'привет мир приветмир привет мир'],
    ['don’t “quote”', 'don t quote'],
    ['สวัสดี', 'สวั วัส สดี'], // a vowel sign belongs to the letter that bears it
    ['👍 \ud800 \0 ', ''],
    ['e\u0301t\u00e9 \u00e9te\u0301', 'été été'],
  ])('of %j', (text, terms) => {
    expect(termsOf(text).join(' ')).toBe(terms);
  });

  it('cuts identifiers as the usual rewriting of them into snake_case does', () => {
    const identifier = fc.string({ unit: fc.constantFrom(...'abzABZ019_'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(identifier, (word) => {
        const pieces = word
          .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
          .replace(/([a-z])([A-Z])/g, '$1_$2')
          .replace(/([A-Za-z])([0-9])/g, '$1_$2')
          .replace(/([0-9])([A-Za-z])/g, '$1_$2')
          .toLowerCase()
          .split('_')
          .filter((piece) => piece !== '');
        expect(termsOf(word)).toEqual(pieces.length > 1 ? [pieces.join(''), ...pieces] : pieces);
      }),
    );
  });

  it('cuts words of ASCII as it cuts those of any script', () => {
    const small = 'abzABZ019_-';
    const greek = 'αβωΑΒΩ019_-';
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...small, ' '), maxLength: 40 }), (text) => {
        const same = [...text].map((one) => (small.includes(one) ? greek[small.indexOf(one)] : one)).join('');
        const back = (term: string) => [...term].map((one) => small[greek.indexOf(one)]).join('');
        expect(termPlaces(same).map(({ term, ...place }) => ({ term: back(term), ...place }))).toEqual(
          termPlaces(text),
        );
      }),
    );
  });

  it('makes terms that are terms, at places that are theirs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        let before = 0;
        for (const { term, start, end } of termPlaces(text)) {
          expect(term).toBe(term.normalize('NFKC'));
          expect(term).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
          expect(start).toBeGreaterThanOrEqual(before);
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(text.length);
          before = start;
        }
      }),
    );
  });

  it('takes a megabyte of anything, and keeps little of what nobody can mean', () => {
    const hostile: Record<string, number> = {
      a: 1,
      é: 1,
      aB: 400,
      éÉ: 400,
      a1: 400,
      _: 0,
      '-': 0,
      'a-': 400,
      '\u0301': 400,
      '\ud800': 0,
      ｱ: 1_000_000,
    };
    for (const [unit, most] of Object.entries(hostile)) {
      const terms = termsOf(unit.repeat(1_000_000 / unit.length));
      expect(terms.length, unit).toBeLessThanOrEqual(most);
      expect(terms.every((term) => term.length <= LONGEST_TERM)).toBe(true);
    }
  });

  it('marks words once, with all that belongs to them', () => {
    const text = 'Call parseHTTPResponse, then parse.';
    const marked = (...terms: string[]) =>
      markTerms(text, new Set(terms)).map(({ start, end }) => text.slice(start, end));
    expect(marked('http')).toEqual(['HTTP']);
    expect(marked('parse', 'http')).toEqual(['parseHTTP', 'parse']);
    expect(marked('parsehttpresponse', 'http', 'then')).toEqual(['parseHTTPResponse', 'then']);
    expect(marked('none')).toEqual([]);
  });
});

describe('terms of a chunk', () => {
  it('come of its text, its names and its path', () => {
    const terms = chunkTerms({ text: 'let x', names: ['MyClass', 'run'] }, 'src/app.ts');
    expect(terms).toEqual({ text: ['let', 'x'], names: ['myclass', 'my', 'class', 'run'], path: ['src', 'app', 'ts'] });
    expect(termCount(terms)).toBe(9);
  });

  it('of a long query the rarest are taken', () => {
    const distinct = Array.from({ length: 100 }, (_, i) => `t${i}`);
    expect(queryTerms(distinct.slice(0, 3), [0, 1, 2])).toEqual(['t0', 't1', 't2']);
    const taken = queryTerms(
      distinct,
      distinct.map((_, i) => i),
    );
    // t0 stands nowhere.
    expect(taken).toEqual(distinct.slice(1, MOST_QUERY_TERMS + 1));
  });
});
