// The rule by itself; that tokenizers keep to it is tested with each tokenizer.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAround, isCut } from '../../../src/shared/textCuts.ts';

const cutsOf = (text: string) => Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) => isCut(text, at));

describe('a text can be cut', () => {
  it.each([
    ['one two', [3]],
    ['one  two', []],
    ['One Two', []],
    ['a;\nb', [3]],
    ['a\n\nb', []],
    ['a \nb', []],
    ['a\r\nb', []],
    ['\nb', []],
    ['a\n b', []],
    ['a\n// b', []],
    ['a\né', []],
    ['a\n#\n-', [2, 4]],
    ['', []],
  ])('%j at %j', (text, expected) => {
    expect(cutsOf(text)).toEqual(expected);
  });
});

describe('the stretch around an edit', () => {
  const line = fc.constantFrom('a', 'b c', ' ', '\n', '\n\n', '/', ';', 'x\ny', '\r', 'é');
  const someText = fc.array(line, { maxLength: 30, size: 'max' }).map((parts) => parts.join(''));

  it('holds it, and ends at cuts that are cuts before the edit and after it', () => {
    fc.assert(
      fc.property(someText, someText, someText, someText, (left, removed, added, right) => {
        const before = left + removed + right;
        const after = left + added + right;
        const { start, end } = cutAround(after, left.length, left.length + added.length);
        expect(start).toBeLessThanOrEqual(left.length);
        expect(end).toBeGreaterThanOrEqual(left.length + added.length);
        const endBefore = end - added.length + removed.length;
        expect(start === 0 || (isCut(after, start) && isCut(before, start))).toBe(true);
        expect(end === after.length || (isCut(after, end) && isCut(before, endBefore))).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('is small in a text with many cuts', () => {
    const text = 'one two three four five six seven';
    const { start, end } = cutAround(text, 15, 16);
    expect(text.slice(start, end)).toBe(' four');
  });
});
