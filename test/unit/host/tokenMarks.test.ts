// How tokens are drawn in an editor: neighbours differ, and an edit changes no colour on another line.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../src/host/tokenMarks.ts';
import type { EncodedText } from '../../../src/shared/messages.ts';

/** Tokens that are these pieces, `null` text being dropped: a gap. */
function tokens(pieces: readonly (string | { readonly gap: string })[]): { text: string; encoded: EncodedText } {
  const starts: number[] = [];
  const ends: number[] = [];
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      starts.push(text.length);
      ends.push(text.length + piece.length);
      text += piece;
    } else {
      text += piece.gap;
    }
  }
  return { text, encoded: encodedOf(starts, ends) };
}

function encodedOf(starts: readonly number[], ends: readonly number[]): EncodedText {
  const none = new ArrayBuffer(0);
  return {
    encoding: 'e',
    count: starts.length,
    ids: none,
    starts: Uint32Array.from(starts).buffer,
    ends: Uint32Array.from(ends).buffer,
    fragment: none,
    byteEnds: none,
    bytes: none,
    textBytes: 0,
    loneSurrogates: 0,
  };
}

const drawn = (pieces: Parameters<typeof tokens>[0]) => {
  const { text, encoded } = tokens(pieces);
  return marksOf(text, encoded).map(({ start, end, odd }) => [text.slice(start, end), odd]);
};

describe('the marks of tokens', () => {
  it('alternate, and start anew with each line', () => {
    expect(drawn(['Hello', ' world', '\n', 'Hello', ' you'])).toEqual([
      ['Hello', false],
      [' world', true],
      ['\n', false],
      ['Hello', false],
      [' you', true],
    ]);
  });

  it('go on from a token that reaches into the line', () => {
    expect(drawn(['a', '\n\n  ', 'b', 'c'])).toEqual([
      ['a', false],
      ['\n\n  ', true],
      ['b', false],
      ['c', true],
    ]);
  });

  it('start anew behind a line break that is no token', () => {
    expect(drawn(['a', 'b', { gap: '\n' }, 'c', { gap: ' ' }, 'd'])).toEqual([
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', true],
    ]);
  });

  it('are one for several parts of a character, and none for what stands for no text', () => {
    // Two tokens of one emoji, and one of no width.
    const encoded = encodedOf([0, 1, 1, 3, 3], [1, 3, 3, 3, 4]);
    expect(marksOf('a👍b', encoded).map(({ start, end, odd }) => [start, end, odd])).toEqual([
      [0, 1, false],
      [1, 3, true],
      [3, 4, false],
    ]);
  });

  it('say what would not be seen: white space, and where lines break in it', () => {
    const { text, encoded } = tokens(['a', '  ', '\r\n\n', ';\n']);
    expect(marksOf(text, encoded).map(({ white, breaks }) => ({ white, breaks }))).toEqual([
      { white: false, breaks: [] },
      { white: true, breaks: [] },
      { white: true, breaks: [3, 5] },
      { white: false, breaks: [7] },
    ]);
  });

  it('differ from their neighbours on the same line, wherever lines break', () => {
    const piece = fc.constantFrom('a', ' b', '\n', '\n\n', ' \n ', '\r\n', 'x\ny');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { text, encoded } = tokens(pieces);
        const marks = marksOf(text, encoded);
        expect(marks).toHaveLength(pieces.length);
        for (const [i, mark] of marks.entries()) {
          const before = marks[i - 1];
          if (before !== undefined && text[mark.start - 1] !== '\n') {
            expect(mark.odd).not.toBe(before.odd);
          }
        }
      }),
    );
  });
});
