import { describe, expect, it } from 'vitest';
import { encodedPieces } from '../../../webview/elements/encodedPieces.ts';
import { encodedText, wordsOf } from './referenceTokens.ts';

describe('the pieces of an encoded text', () => {
  it('are its tokens, with their bytes; a fragment has no text', () => {
    expect(encodedPieces('Hi 😀', encodedText('Hi 😀'), 0, 10)).toEqual([
      { text: 'Hi', bytes: [72, 105], id: 17250 },
      { text: null, bytes: [32, 0xf0, 0x9f, 0x98], id: 30325 },
      { text: null, bytes: [0x80], id: 222 },
    ]);
  });

  it('are written as in the vocabulary, and begin a new word where text is left out', () => {
    const pieces = encodedPieces('Ice-cream now ☂', wordsOf('Ice-cream now ☂'), 0, 10);
    expect(pieces.map(({ text, word }) => [text, word])).toEqual([
      ['ice', 0],
      ['[UNK]', 0],
      ['cream', 0],
      ['now', 1],
      ['[UNK]', 2],
    ]);
  });

  it('are only as many as asked for', () => {
    expect(encodedPieces('one two three', encodedText('one two three'), 1, 2)).toMatchObject([{ text: ' two' }]);
  });
});
