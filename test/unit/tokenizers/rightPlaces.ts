// What each token of a byte-level tokenizer must cover, worked out from the text alone.

import { expect } from 'vitest';
import type { Encoded } from '../../../src/tokenizers/tokenizer.ts';
import { wellFormed } from './texts.ts';

/**
 * Byte by byte, each has its character's range in UTF-16; a token has the ranges of its bytes.
 *
 * @param bytesOf what the vocabulary says that an id spells
 */
export function expectRightPlaces(text: string, encoded: Encoded, bytesOf: (id: number) => Uint8Array): void {
  const clean = wellFormed(text);
  const starts: number[] = [];
  const ends: number[] = [];
  const first: boolean[] = [];
  let utf16 = 0;
  for (const character of clean) {
    const size = Buffer.byteLength(character);
    for (let i = 0; i < size; i++) {
      starts.push(utf16);
      ends.push(utf16 + character.length);
      first.push(i === 0);
    }
    utf16 += character.length;
  }
  first.push(true);
  const expected = { starts: [] as number[], ends: [] as number[], fragment: [] as number[], byteEnds: [0] };
  const spelled: Uint8Array[] = [];
  let at = 0;
  for (const id of encoded.ids) {
    const piece = bytesOf(id);
    spelled.push(piece);
    const to = at + piece.length;
    expected.starts.push(starts[at]!);
    expected.ends.push(ends[to - 1]!);
    expected.fragment.push(first[at] && first[to] ? 0 : 1);
    expected.byteEnds.push(to);
    at = to;
  }
  const bytes = Buffer.from(clean, 'utf8');
  expect(Buffer.concat(spelled).equals(bytes)).toBe(true);
  expect(Buffer.from(encoded.bytes).equals(bytes)).toBe(true);
  expect(encoded.textBytes).toBe(bytes.length);
  const { starts: from, ends: to, fragment, byteEnds } = encoded;
  const got = { starts: [...from], ends: [...to], fragment: [...fragment], byteEnds: [...byteEnds] };
  expect(got).toEqual(expected);
}
