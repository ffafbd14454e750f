// Where a byte-level tokenizer's tokens stand in the text: from how many bytes each has, in one walk over the bytes.

import { isContinuation } from '../bytes.ts';
import type { Encoded } from '../tokenizer.ts';

/** What a located token takes beside its id: starts, ends and byteEnds at four bytes, fragment at one. */
export const PLACE_BYTES = 13;

export type Places = Pick<Encoded, 'starts' | 'ends' | 'fragment' | 'byteEnds'>;

/**
 * The places of tokens that together spell `bytes`, the UTF-8 of a text of `textLength` UTF-16 units.
 *
 * Example: of two tokens that share the two bytes of `é`, both stand at 0 to 1 and are fragments.
 *
 * @param lengths of each id's bytes
 */
export function locate(ids: Uint32Array, lengths: Uint32Array, bytes: Uint8Array, textLength: number): Places {
  const starts = new Uint32Array(ids.length);
  const ends = new Uint32Array(ids.length);
  const fragment = new Uint8Array(ids.length);
  const byteEnds = new Uint32Array(ids.length + 1);
  const places = { starts, ends, fragment, byteEnds };
  if (bytes.length === textLength) {
    locateAscii(ids, lengths, places);
    return places;
  }
  let at = 0; // bytes
  let character = 0; // UTF-16, of the character that holds the byte before `at`
  let after = 0; // UTF-16, behind that character
  for (let i = 0; i < ids.length; i++) {
    const end = at + lengths[ids[i]!]!;
    const cut = isContinuation(bytes[at]!);
    starts[i] = cut ? character : after;
    for (; at < end; at++) {
      const byte = bytes[at]!;
      if (!isContinuation(byte)) {
        character = after;
        after += byte >= 0xf0 ? 2 : 1;
      }
    }
    ends[i] = after;
    fragment[i] = cut || (end < bytes.length && isContinuation(bytes[end]!)) ? 1 : 0;
    byteEnds[i + 1] = end;
  }
  return places;
}

/** A byte is a character is a UTF-16 unit. */
function locateAscii(ids: Uint32Array, lengths: Uint32Array, { starts, ends, byteEnds }: Places): void {
  let at = 0;
  for (let i = 0; i < ids.length; i++) {
    starts[i] = at;
    at += lengths[ids[i]!]!;
    ends[i] = at;
    byteEnds[i + 1] = at;
  }
}
