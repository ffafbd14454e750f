// Bytes to text, strictly: what is not UTF-8 is told with its place and never replaced.

import { isUtf8 } from 'node:buffer';
import { Fault } from '../shared/errors.ts';

/**
 * The text that `bytes` spell. A byte order mark is a character of the text like any other.
 *
 * @param where what to call the bytes in a fault: a file's name
 * @throws Fault `bad-input` naming the offset, from 0, of the first byte that can't be read.
 */
export function decodeUtf8(bytes: Uint8Array, where: string): string {
  if (!isUtf8(bytes)) {
    const offset = firstInvalid(bytes);
    const byte = bytes[offset]!.toString(16).padStart(2, '0');
    throw new Fault('bad-input', `${where} is not UTF-8: at byte offset ${offset} stands 0x${byte}.`, {
      where: `${where}, byte offset ${offset}`,
      remedy: 'Convert it to UTF-8 first.',
    });
  }
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/**
 * Where the first character that is not well-formed begins (Unicode 16, table 3-7), or the length if all are. A
 * character that is cut off begins where its first byte stands.
 */
export function firstInvalid(bytes: Uint8Array): number {
  let at = 0;
  while (at < bytes.length) {
    const length = wellFormedLength(bytes, at);
    if (length === 0) {
      return at;
    }
    at += length;
  }
  return at;
}

function wellFormedLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at]!;
  if (first < 0x80) {
    return 1;
  }
  const length = first >= 0xc2 && first <= 0xdf ? 2 : first >> 4 === 0xe ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  // The second byte's range keeps out overlong forms, surrogates and what lies beyond U+10FFFF.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i] ?? 0;
    if (i === 1 ? byte < low || byte > high : byte >> 6 !== 0b10) {
      return 0;
    }
  }
  return length;
}
