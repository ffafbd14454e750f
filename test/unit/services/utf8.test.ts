// Strict UTF-8: agrees with Node's own decoder on what is well-formed, and finds the first place that is not.

import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeUtf8, firstInvalid } from '../../../src/services/utf8.ts';

/** Bytes that look like UTF-8 with faults: lead bytes, continuations and ASCII mixed, and whole characters. */
const nearly = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }).map((text) => [...Buffer.from(text)]),
      fc.constantFrom(
        [0xc3],
        [0xe0, 0x80],
        [0xed, 0xa0, 0x80],
        [0xf0, 0x9f],
        [0xf4, 0x90],
        [0x80],
        [0xff],
        [0xc0, 0xaf],
      ),
      fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 4 }),
    ),
  )
  .map((parts) => Uint8Array.from(parts.flat()));

it('finds the first byte after which no more text can be read', () => {
  fc.assert(
    fc.property(nearly, (bytes) => {
      const at = firstInvalid(bytes);
      expect(at === bytes.length).toBe(isUtf8(bytes));
      expect(isUtf8(bytes.subarray(0, at))).toBe(true);
      // No longer prefix that ends within one character's length is text.
      for (let end = at + 1; end <= Math.min(at + 4, bytes.length); end++) {
        expect(isUtf8(bytes.subarray(at, end))).toBe(false);
      }
    }),
    { numRuns: 2000 },
  );
});

it.each([
  ['a cut-off emoji', [0x61, 0xf0, 0x9f, 0xa4], 1],
  ['a surrogate', [0xed, 0xa0, 0x80], 0],
  ['an overlong slash', [0x61, 0x62, 0xc0, 0xaf], 2],
  ['a byte that never occurs', [0xff], 0],
])('names the offset of %s', (_, bytes, offset) => {
  expect(() => decodeUtf8(Uint8Array.from(bytes), 'a.txt')).toThrow(`byte offset ${offset} `);
});

it('gives back every text, with its byte order mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const marked = `\uFEFF${text}`;
      expect(decodeUtf8(Buffer.from(marked), 'x')).toBe(Buffer.from(marked).toString('utf8'));
    }),
  );
});
