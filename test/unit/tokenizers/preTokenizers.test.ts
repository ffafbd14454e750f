import { describe, expect, it } from 'vitest';
import { AlignedText } from '../../../src/tokenizers/alignedText.ts';
import type { PreTokenizerSpec, SplitBehavior } from '../../../src/tokenizers/definition.ts';
import { preTokenizerOf } from '../../../src/tokenizers/preTokenizers/preTokenize.ts';

/** The words of `text`, each with the stretch of the text that it covers. */
function cut(text: string, ...specs: PreTokenizerSpec[]): [string, number, number][] {
  const { aligned, words } = preTokenizerOf(specs)(AlignedText.of(text, 0));
  return words.map(({ start, end }) => [
    aligned.text.slice(start, end),
    aligned.starts[start]!,
    aligned.ends[end - 1]!,
  ]);
}

const words = (text: string, ...specs: PreTokenizerSpec[]) => cut(text, ...specs).map(([word]) => word);

describe('what becomes of the matches', () => {
  // The example in the documentation of Hugging Face's SplitDelimiterBehavior.
  it.each<[SplitBehavior, string[]]>([
    ['removed', ['the', 'final', 'countdown']],
    ['isolated', ['the', '-', 'final', '-', '-', 'countdown']],
    ['merged-with-previous', ['the-', 'final-', '-', 'countdown']],
    ['merged-with-next', ['the', '-final', '-', '-countdown']],
    ['contiguous', ['the', '-', 'final', '--', 'countdown']],
  ])('%s', (behavior, expected) => {
    const text = 'the-final--countdown';
    expect(words(text, { type: 'split', pattern: { text: '-' }, behavior, invert: false })).toEqual(expected);
    expect(words(text, { type: 'split', pattern: { regex: '-' }, behavior, invert: false })).toEqual(expected);
    expect(words(text, { type: 'split', pattern: { regex: '[^-]+' }, behavior: 'removed', invert: true })).toEqual([
      ...['the', 'final', 'countdown'],
    ]);
    expect(words(text, { type: 'punctuation', behavior })).toEqual(expected);
    expect(words('', { type: 'punctuation', behavior })).toEqual([]);
    expect(words('-', { type: 'punctuation', behavior })).toEqual(behavior === 'removed' ? [] : ['-']);
  });
});

// Words and ranges as in the tests of Hugging Face's library.
describe('published examples', () => {
  it('BERT', () => {
    expect(cut('Hey friend!     How are you?!?', { type: 'bert' })).toEqual([
      ...[
        ['Hey', 0, 3],
        ['friend', 4, 10],
        ['!', 10, 11],
        ['How', 16, 19],
        ['are', 20, 23],
        ['you', 24, 27],
      ],
      ...[
        ['?', 27, 28],
        ['!', 28, 29],
        ['?', 29, 30],
      ],
    ]);
  });

  it('metaspace', () => {
    const spec = { type: 'metaspace', replacement: '▁', prepend: 'always', split: true } as const;
    expect(cut('Hey   friend!', spec)).toEqual([
      ['▁Hey', 0, 3],
      ['▁', 3, 4],
      ['▁', 4, 5],
      ['▁friend!', 5, 13],
    ]);
    expect(cut('Hey   friend!', { ...spec, split: false })).toEqual([['▁Hey▁▁▁friend!', 0, 13]]);
    expect(words('Hey friend', { ...spec, prepend: 'never' })).toEqual(['Hey', '▁friend']);
    expect(words(' Hey', spec)).toEqual(['▁Hey']);
    const [spaces, first] = [{ type: 'whitespace-split' } as const, { ...spec, prepend: 'first' } as const];
    expect(words('Hey friend', spaces, first)).toEqual(['▁Hey', 'friend']);
    expect(words('Hey friend', spaces, spec)).toEqual(['▁Hey', '▁friend']);
  });

  it('GPT-2', () => {
    const spec = { type: 'byte-level', prefixSpace: true, pattern: true } as const;
    expect(cut('Hello my friend, how is your day going?', { ...spec, prefixSpace: false })).toEqual([
      ...[
        ['Hello', 0, 5],
        ['Ġmy', 5, 8],
        ['Ġfriend', 8, 15],
        [',', 15, 16],
        ['Ġhow', 16, 20],
        ['Ġis', 20, 23],
      ],
      ...[
        ['Ġyour', 23, 28],
        ['Ġday', 28, 32],
        ['Ġgoing', 32, 38],
        ['?', 38, 39],
      ],
    ]);
    expect(cut('Hello', spec)).toEqual([['ĠHello', 0, 5]]);
    expect(words('i⭢j', { ...spec, prefixSpace: false })).toEqual(['i', 'âŃ¢', 'j']);
  });

  it('white space, digits, a delimiter', () => {
    expect(words('Hey man! a_b  é१\n', { type: 'whitespace' })).toEqual(['Hey', 'man', '!', 'a_b', 'é१']);
    expect(words('Hey man, Good?', { type: 'whitespace-split' })).toEqual(['Hey', 'man,', 'Good?']);
    expect(cut('Hey 123 friend!', { type: 'digits', individual: false })).toEqual([
      ['Hey ', 0, 4],
      ['123', 4, 7],
      [' friend!', 7, 15],
    ]);
    expect(words('Hey 123', { type: 'digits', individual: true })).toEqual(['Hey ', '1', '2', '3']);
    expect(words('the-final--countdown', { type: 'delimiter', character: '-' })).toEqual(['the', 'final', 'countdown']);
  });
});

describe('a sign for spaces that is no single UTF-16 unit', () => {
  it('keeps the ranges', () => {
    const spec = { type: 'metaspace', replacement: '𝄞', prepend: 'always', split: true } as const;
    expect(cut('a  b', spec)).toEqual([
      ['𝄞a', 0, 1],
      ['𝄞', 1, 2],
      ['𝄞b', 2, 4],
    ]);
    expect(cut('a b c', { type: 'split', pattern: { text: 'b' }, behavior: 'isolated', invert: false }, spec)).toEqual([
      ['𝄞a', 0, 1],
      ['𝄞', 1, 2],
      ['𝄞b', 2, 3],
      ['𝄞c', 3, 5],
    ]);
  });

  // To look for a space from each word to the text's end would take millions of millions of steps.
  it('takes time that grows with a text of many words without spaces, not with its square', () => {
    const spec = { type: 'metaspace', replacement: '𝄞', prepend: 'never', split: true } as const;
    const text = '1a'.repeat(1_000_000);
    expect(cut(text, { type: 'digits', individual: true }, spec)).toHaveLength(2_000_000);
  });
});
