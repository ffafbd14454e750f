// A keystroke mends what the panel holds: the same as if all of it were made anew. Held for an encoder that keeps every
// byte (js-tiktoken) and one that drops white space, with edits as the host sends them.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAround } from '../../../src/shared/textCuts.ts';
import { differences } from '../../../webview/tokens/differences.ts';
import { replaced } from '../../../webview/tokens/ranges.ts';
import { patched, scanText, scanWhole, TEXT_FLAGS } from '../../../webview/tokens/textFlags.ts';
import { TokenData } from '../../../webview/tokens/tokenData.ts';
import { patchedTokens, scanTokens } from '../../../webview/tokens/tokenFlags.ts';
import { encodedText, wordsOf } from './referenceTokens.ts';

const encoders = [encodedText, wordsOf];

/** Texts with words and lines to cut at, and with all that is awkward. */
const texts = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('one', ' two', ' three', '\n', 'Four', ' five six', '\n  seven();\n') },
      fc.constantFrom(
        '👨‍👩‍👧',
        '東京',
        '\ud83d',
        '\udc00',
        '\u200b',
        ' \n',
        '\t',
        'pаypal',
        '<|endoftext|>',
        '[CLS]',
        '\u00a0',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

const edits = fc.tuple(
  texts,
  fc.nat(),
  fc.nat({ max: 12 }),
  fc.oneof(
    fc.constant(''),
    texts.map((text) => text.slice(0, 8)),
  ),
);

/** The stretch that is encoded again for an edit, in the old text and in the new one. */
function stretch(text: string, at: number, length: number, typed: string) {
  const start = text.length === 0 ? 0 : at % (text.length + 1);
  const end = Math.min(text.length, start + length);
  const after = text.slice(0, start) + typed + text.slice(end);
  const safe = cutAround(after, start, start + typed.length);
  const grown = after.length - text.length;
  return { after, change: { start: safe.start, oldEnd: safe.end - grown, newEnd: safe.end } };
}

/** Everything that can be asked of the data. */
function all(data: TokenData) {
  return {
    text: data.text,
    ids: Array.from(data.ids),
    bytes: Array.from(data.bytes),
    places: Array.from(data.ids, (_, token) => [
      data.start(token),
      data.end(token),
      data.byteStart(token),
      data.byteEnd(token),
      data.isFragment(token),
    ]),
    textBytes: data.textBytes,
    loneSurrogates: data.loneSurrogates,
    characters: data.characters,
  };
}

describe('tokens that were mended', () => {
  it('are those of the new text, edit after edit', () => {
    fc.assert(
      fc.property(texts, fc.array(edits, { minLength: 1, maxLength: 4 }), (text, steps) => {
        for (const encode of encoders) {
          const data = new TokenData(text, encode(text));
          expect(data.characters).toBe(Array.from(text).length);
          for (const [, at, length, typed] of steps) {
            const { after, change } = stretch(data.text, at, length, typed);
            const part = after.slice(change.start, change.newEnd);
            data.splice(change.start, change.oldEnd, part, encode(part));
            expect(all(data)).toEqual(all(new TokenData(after, encode(after))));
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('say which of them are others', () => {
    const data = new TokenData('one two\nthree', encodedText('one two\nthree'));
    expect(data.splice(8, 13, 'four five', encodedText('four five'))).toEqual({ first: 3, removed: 1, added: 2 });
    expect(data.text).toBe('one two\nfour five');
  });

  it('refuse what does not belong to them, and stay as they were', () => {
    const data = new TokenData('one two', encodedText('one two'));
    const before = all(data);
    expect(() => data.splice(0, 3, 'ones', encodedText('one'))).toThrow(/do not belong together/);
    expect(() => data.splice(0, 30, 'one', encodedText('one'))).toThrow(/do not belong together/);
    expect(() => data.splice(0, 3, 'one', wordsOf('one'))).toThrow(/do not belong together/);
    expect(all(data)).toEqual(before);
  });
});

describe('what was found out about a text that was mended', () => {
  it('is what a look at the new text finds', async () => {
    await fc.assert(
      fc.asyncProperty(edits, async ([text, at, length, typed]) => {
        const { after, change } = stretch(text, at, length, typed);
        const before = await scanWhole(text, async () => true);
        const mended = patched(before ?? new Map(), change, scanText(after, change.start, change.newEnd));
        const anew = await scanWhole(after, async () => true);
        for (const flag of TEXT_FLAGS) {
          expect([flag, mended.get(flag)]).toEqual([flag, anew?.get(flag)]);
        }
        for (const encode of encoders) {
          const data = new TokenData(text, encode(text));
          const found = scanTokens(data, 0, text.length);
          const part = after.slice(change.start, change.newEnd);
          data.splice(change.start, change.oldEnd, part, encode(part));
          expect(patchedTokens(found, change, scanTokens(data, change.start, change.newEnd))).toEqual(
            scanTokens(data, 0, after.length),
          );
        }
      }),
      { numRuns: 150 },
    );
  });

  it('is where the tokenizers differ, too', () => {
    fc.assert(
      fc.property(edits, ([text, at, length, typed]) => {
        const { after, change } = stretch(text, at, length, typed);
        const [one, other] = encoders.map((encode) => new TokenData(text, encode(text))) as [TokenData, TokenData];
        const before = differences(one, other, false);
        const part = after.slice(change.start, change.newEnd);
        one.splice(change.start, change.oldEnd, part, encodedText(part));
        other.splice(change.start, change.oldEnd, part, wordsOf(part));
        const fresh = differences(one, other, false, change.start, change.newEnd);
        expect(replaced(before, change, fresh)).toEqual(differences(one, other, false));
      }),
      { numRuns: 150 },
    );
  });
});
