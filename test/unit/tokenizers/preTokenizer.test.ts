import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PATTERNS, type PatternName } from '../../../src/tokenizers/patterns.ts';
import { PRE_TOKENIZERS, preTokenize } from '../../../src/tokenizers/preTokenizer.ts';
import { brokenTexts, texts } from './texts.ts';

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

  it('cut by the patterns of later models as their files say', () => {
    expect(preTokenize("IT'S x\n\n 1234 .length", 'cl100k')).toEqual([
      'IT',
      "'S",
      ' x',
      '\n\n',
      ' ',
      '123',
      '4',
      ' .',
      'length',
    ]);
    expect(preTokenize('a 12', 'qwen2')).toEqual(['a', ' ', '1', '2']);
    expect(preTokenize("camelCase it's HTTPServer ;\n/", 'o200k')).toEqual([
      'camel',
      'Case',
      " it's",
      ' HTTPServer',
      ' ;\n/',
    ]);
  });

  it.each([...PRE_TOKENIZERS, ...(Object.keys(PATTERNS) as PatternName[])])(
    '%s: the pieces joined are the text',
    (preTokenizer) => {
      fc.assert(
        fc.property(fc.oneof(texts, brokenTexts), (text) => {
          const pieces = preTokenize(text, preTokenizer);
          expect(pieces.join('')).toBe(text);
          expect(pieces).not.toContain('');
        }),
      );
    },
  );
});
