// Unicode's composed form before encoding: what changes, where tokens then stand, and how long it takes.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CancelSignal } from '../../../src/shared/environment.ts';
import { asFault, type Fault } from '../../../src/shared/errors.ts';
import { composed } from '../../../src/tokenizers/byteLevel/composed.ts';
import { BpeEncoder } from '../../../src/tokenizers/encoder.ts';
import { loadQwen } from './published.ts';
import { brokenTexts, texts, wellFormed } from './texts.ts';

const encoder = new BpeEncoder(loadQwen());
const accents = fc
  .array(
    fc.constantFrom('e', 'A', '\u0301', '\u030a', '\u0323', '\u212b', '\u1112', '\u1161', '\u11ab', ' ', '漢', '😀'),
    {
      maxLength: 30,
      size: 'max',
    },
  )
  .map((signs) => signs.join(''));
const anyTexts = fc.oneof(accents, texts, brokenTexts);

function faultOf(work: () => unknown): Fault {
  try {
    work();
  } catch (error) {
    return asFault(error);
  }
  throw new Error('There was no fault.');
}

describe('composing', () => {
  it("makes Unicode's NFC, and nothing of a text that has it", () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const clean = wellFormed(text);
        expect(composed(text)?.text ?? clean).toBe(clean.normalize('NFC'));
        if (clean.normalize('NFC') === clean) {
          expect(composed(clean)).toBeUndefined();
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves tokens in the order of the text, each with the bytes of what it covers', () => {
    fc.assert(
      fc.property(anyTexts, (text) => {
        const { ids, starts, ends, fragment, bytes, byteEnds, textBytes } = encoder.encode(text);
        expect(textBytes).toBe(Buffer.byteLength(text));
        expect(starts).toEqual(starts.toSorted());
        ids.forEach((_, i) => {
          expect(starts[i]).toBeLessThan(ends[i]!);
          expect(ends[i]).toBeLessThanOrEqual(text.length);
          if (fragment[i] === 0) {
            const piece = Buffer.from(bytes.subarray(byteEnds[i], byteEnds[i + 1])).toString();
            expect(piece).toBe(wellFormed(text.slice(starts[i], ends[i])));
          }
        });
      }),
      { numRuns: 2000 },
    );
  });

  it.each(['\u0301', 'e\u0301', '\u0301\u0323', '\u1112\u1161'])('comes to an end on 200,000 times %j', (part) => {
    const text = part.repeat(200_000);
    expect(encoder.count(text)).toBe(encoder.encode(text).ids.length);
    expect(encoder.encode(text).ends.at(-1)).toBeLessThanOrEqual(text.length);
  });

  it('stops when it is told to, and stays within its budget of memory', () => {
    let looks = 0;
    const signal: CancelSignal = {
      get cancelled() {
        return looks++ > 3;
      },
    };
    const text = 'e\u0301'.repeat(100_000);
    expect(faultOf(() => encoder.encode(text, { signal }))).toMatchObject({ code: 'cancelled' });
    expect(looks).toBe(5);
    const small = new BpeEncoder(encoder.vocabulary, 1_000_000);
    expect(faultOf(() => small.count(text))).toMatchObject({ code: 'too-large' });
    expect(small.count(text.slice(0, 1000))).toBeGreaterThan(0);
  });

  it('is too large where the engine has no room for it', { timeout: 30_000 }, () => {
    expect(faultOf(() => encoder.count('\u0301'.repeat(2 ** 24)))).toMatchObject({
      code: 'too-large',
      remedy: 'Take a part of the text at a time.',
    });
  });
});
