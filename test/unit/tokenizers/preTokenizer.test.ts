import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/tokenizers/bytes.ts';
import { gpt2PreTokenEnd } from '../../../src/tokenizers/gpt2Scanner.ts';
import { PRE_TOKENIZERS, preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

const scanned = (text: string): string[] => {
  const bytes = utf8(text);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = gpt2PreTokenEnd(bytes, start);
    pieces.push(Buffer.from(bytes.subarray(start, end)).toString('utf8'));
    start = end;
  }
  return pieces;
};

describe('pre-tokenizers', () => {
  it('cut the worked examples', () => {
    expect(preTokenize("I'll pay  10", 'gpt2')).toEqual(['I', "'ll", ' pay', ' ', ' 10']);
    expect(preTokenize("I'll pay  10", 'spaces')).toEqual(["I'll", ' pay', '  10']);
    expect(preTokenize("I'll pay  10", 'none')).toEqual(["I'll pay  10"]);
    expect(preTokenize('', 'none')).toEqual([]);
  });

  it('know the endings in small letters only, and leave the last space to the next word', () => {
    expect(preTokenize("IT'S it's", 'gpt2')).toEqual(['IT', "'", 'S', ' it', "'s"]);
    expect(preTokenize('a   b\n\nc \n', 'gpt2')).toEqual(['a', '  ', ' b', '\n', '\n', 'c', ' \n']);
    expect(preTokenize('x=1;;', 'gpt2')).toEqual(['x', '=', '1', ';;']);
  });

  it('take Unicode’s white space, not JavaScript’s: U+0085 is, U+FEFF is not', () => {
    expect(preTokenize('a \u0085b', 'gpt2')).toEqual(['a', ' ', '\u0085', 'b']);
    expect(preTokenize('a \ufeff b', 'gpt2')).toEqual(['a', ' \ufeff', ' b']);
  });

  it.each(PRE_TOKENIZERS)('%s: the pieces joined are the text', (preTokenizer) => {
    fc.assert(
      fc.property(fc.oneof(texts, brokenTexts), (text) => {
        const pieces = preTokenize(text, preTokenizer);
        expect(pieces.join('')).toBe(text);
        expect(pieces).not.toContain('');
      }),
    );
  });

  it('the scanner finds the borders that the published pattern has', () => {
    const anyOf = fc.array(fc.constantFrom(..." \t\n\u0085\u00a0\ufeff'sdtmrevlaé1²-_漢😀\u0301\u200d"), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(
        fc.oneof(
          texts,
          anyOf.map((signs) => signs.join('')),
        ),
        (text) => {
          const clean = wellFormed(text);
          expect(scanned(clean)).toEqual(preTokenize(clean, 'gpt2'));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('and does so for each character of the basic plane by itself and after a space', () => {
    for (let unit = 0; unit < 0xd800; unit++) {
      const text = `a ${String.fromCharCode(unit)}${String.fromCharCode(unit)}b`;
      if (scanned(text).join('|') !== preTokenize(text, 'gpt2').join('|')) {
        expect([unit, scanned(text)]).toEqual([unit, preTokenize(text, 'gpt2')]);
      }
    }
  });
});
