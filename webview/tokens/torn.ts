// Of which character a fragment is which bytes. Pure, no DOM.

import type { TokenData } from './tokenData.ts';

/** A character of which a token holds only some bytes. */
export interface Torn {
  /** The character; a lone surrogate stays one. */
  readonly character: string;
  /** The token holds its bytes `first` to `last`, from 1. */
  readonly first: number;
  readonly last: number;
  /** Bytes that the whole character has. */
  readonly of: number;
}

/** The characters at the token's edges of which it holds a part: none, one, or one at each edge. */
export function tornBy(data: TokenData, token: number): Torn[] {
  if (!data.isFragment(token)) {
    return [];
  }
  const torn: Torn[] = [];
  const from = data.byteStart(token);
  const to = data.byteEnd(token);
  const { bytes } = data;
  const head = characterAt(bytes, from);
  const tail = characterAt(bytes, to - 1);
  const characters = Array.from(data.text.slice(data.start(token), data.end(token)));
  if (head.start < from || head.end > to) {
    torn.push(part(characters[0] ?? '', head, from, to));
  }
  if (tail.end > to && tail.start !== head.start) {
    torn.push(part(characters.at(-1) ?? '', tail, from, to));
  }
  return torn;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** The byte range of the character that byte `at` belongs to. */
function characterAt(bytes: Uint8Array, at: number): Stretch {
  let start = at;
  while (start > 0 && isContinuation(bytes[start] as number)) {
    start--;
  }
  let end = at + 1;
  while (end < bytes.length && isContinuation(bytes[end] as number)) {
    end++;
  }
  return { start, end };
}

function part(character: string, whole: Stretch, from: number, to: number): Torn {
  return {
    character,
    first: Math.max(from, whole.start) - whole.start + 1,
    last: Math.min(to, whole.end) - whole.start,
    of: whole.end - whole.start,
  };
}

/** In UTF-8 every byte of a character but its first is 10xxxxxx. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
