import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddedTokenFinder } from '../../../src/tokenizers/addedTokens.ts';
import type { AddedToken } from '../../../src/tokenizers/definition.ts';

const token = (id: number, text: string, more: Partial<AddedToken> = {}): AddedToken => ({
  id,
  text,
  special: false,
  stripLeft: false,
  stripRight: false,
  singleWord: false,
  normalized: false,
  ...more,
});

function found(tokens: readonly AddedToken[], text: string, specialTokens = false): string[] {
  const finder = new AddedTokenFinder(tokens, (added) => added.text);
  return finder
    .split(text, specialTokens)
    .map(({ start, end, id }) => (id === undefined ? '' : `${id}:`) + text.slice(start, end));
}

describe('added tokens', () => {
  it.each<[string, readonly AddedToken[], string, string[]]>([
    ['the leftmost first', [token(1, 'ab'), token(2, 'bc')], 'abc', ['1:ab', 'c']],
    ['the longest of those at one place', [token(1, '  '), token(2, '    ')], 'a     b', ['a', '2:    ', ' b']],
    [
      'only as words',
      [token(1, 'dog', { singleWord: true })],
      'dog dogs _dog édog dog',
      ['1:dog', ' dogs _dog édog ', '1:dog'],
    ],
    ['with the space before', [token(1, '<m>', { stripLeft: true })], 'a \n<m> b', ['a', '1: \n<m>', ' b']],
    ['with the space behind', [token(1, '<m>', { stripRight: true })], 'a <m>  <m>b', ['a ', '1:<m>  ', '1:<m>', 'b']],
    ['space is taken once', [token(1, '<m>', { stripLeft: true, stripRight: true })], '<m>  <m>', ['1:<m>  ', '1:<m>']],
    ['nothing', [token(1, 'x')], '', []],
  ])('%s', (_, tokens, text, expected) => {
    expect(found(tokens, text)).toEqual(expected);
  });

  it('special ones are text, unless asked for', () => {
    const tokens = [token(1, '<s>', { special: true }), token(2, 's>')];
    // As in the library, what a special token covers is not searched again.
    expect(found(tokens, 'a<s>b')).toEqual(['a<s>b']);
    expect(found(tokens, 'as>b')).toEqual(['a', '2:s>', 'b']);
    expect(found(tokens, 'a<s>b', true)).toEqual(['a', '1:<s>', 'b']);
  });

  it('and what is between make the text again', () => {
    const tokens = [
      token(0, 'a'),
      token(1, 'ab ', { stripLeft: true }),
      token(2, ' ', { stripRight: true }),
      token(3, 'b', { singleWord: true }),
      token(4, 'bb', { special: true }),
    ];
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\n', '👍'), maxLength: 40, size: 'max' });
    fc.assert(
      fc.property(texts, fc.boolean(), (text, special) => {
        const finder = new AddedTokenFinder(tokens, (added) => added.text);
        const stretches = finder.split(text, special);
        expect(stretches.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        expect(stretches.every(({ start, end }) => end > start)).toBe(true);
      }),
    );
  });
});
