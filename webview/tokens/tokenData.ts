// The tokens of one text, read out of the arrays in which they travel. Pure, no DOM. Nothing here makes an object for
// every token: five megabytes are over a million of them.

import { Fault } from '../../src/shared/errors.ts';
import type { EncodedText } from '../../src/shared/messages.ts';

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

export class TokenData {
  readonly text: string;
  readonly encoding: string;
  readonly count: number;
  readonly loneSurrogates: number;
  readonly ids: Uint32Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly bytes: Uint8Array;
  private readonly fragments: Uint8Array;
  private readonly byteEnds: Uint32Array;
  private counted: number | undefined;

  /** @throws Fault `bad-input` when the arrays don't belong together. */
  constructor(text: string, encoded: EncodedText) {
    this.text = text;
    this.encoding = encoded.encoding;
    this.count = encoded.count;
    this.loneSurrogates = encoded.loneSurrogates;
    this.ids = new Uint32Array(encoded.ids);
    this.starts = new Uint32Array(encoded.starts);
    this.ends = new Uint32Array(encoded.ends);
    this.bytes = new Uint8Array(encoded.bytes);
    this.fragments = new Uint8Array(encoded.fragment);
    this.byteEnds = new Uint32Array(encoded.byteEnds);
    const lengths = [this.ids, this.starts, this.ends, this.fragments].map(({ length }) => length);
    const fits =
      lengths.every((length) => length === this.count) &&
      this.byteEnds.length === this.count + 1 &&
      this.byteEnds[this.count] === this.bytes.length &&
      (this.count === 0 ? text.length === 0 : this.ends[this.count - 1] === text.length);
    if (!fits) {
      throw new Fault('bad-input', 'The tokens and the text that came with them do not belong together.', {
        remedy: 'Load again.',
      });
    }
  }

  id(token: number): number {
    return this.ids[token] as number;
  }

  /** UTF-16 offset where the token, or the first character that it is a part of, starts. */
  start(token: number): number {
    return this.starts[token] as number;
  }

  /** UTF-16 offset where the token, or the last character that it is a part of, ends. */
  end(token: number): number {
    return this.ends[token] as number;
  }

  byteStart(token: number): number {
    return this.byteEnds[token] as number;
  }

  byteEnd(token: number): number {
    return this.byteEnds[token + 1] as number;
  }

  bytesOf(token: number): Uint8Array {
    return this.bytes.subarray(this.byteStart(token), this.byteEnd(token));
  }

  isFragment(token: number): boolean {
    return this.fragments[token] === 1;
  }

  /** The token's own text; null when its bytes are not whole characters. */
  textOf(token: number): string | null {
    return this.isFragment(token) ? null : this.text.slice(this.start(token), this.end(token));
  }

  /** The characters at the token's edges of which it holds a part: none, one, or one at each edge. */
  tornBy(token: number): Torn[] {
    if (!this.isFragment(token)) {
      return [];
    }
    const torn: Torn[] = [];
    const from = this.byteStart(token);
    const to = this.byteEnd(token);
    const head = this.characterAt(from);
    const tail = this.characterAt(to - 1);
    const characters = Array.from(this.text.slice(this.start(token), this.end(token)));
    if (head.start < from || head.end > to) {
      torn.push(part(characters[0] ?? '', head, from, to));
    }
    if (tail.end > to && tail.start !== head.start) {
      torn.push(part(characters.at(-1) ?? '', tail, from, to));
    }
    return torn;
  }

  /** The first token that reaches past a UTF-16 offset; the last token at the text's end; -1 when there are none. */
  tokenAt(offset: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.end(middle) > offset) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return Math.min(low, this.count - 1);
  }

  /** How many characters (Unicode code points; a lone surrogate is one). Counted when first asked for. */
  get characters(): number {
    this.counted ??= countCharacters(this.bytes);
    return this.counted;
  }

  /** The byte range of the character that byte `at` belongs to. */
  private characterAt(at: number): { start: number; end: number } {
    let start = at;
    while (start > 0 && isContinuation(this.bytes[start] as number)) {
      start--;
    }
    let end = at + 1;
    while (end < this.bytes.length && isContinuation(this.bytes[end] as number)) {
      end++;
    }
    return { start, end };
  }
}

function part(character: string, whole: { start: number; end: number }, from: number, to: number): Torn {
  return {
    character,
    first: Math.max(from, whole.start) - whole.start + 1,
    last: Math.min(to, whole.end) - whole.start,
    of: whole.end - whole.start,
  };
}

function countCharacters(bytes: Uint8Array): number {
  let count = 0;
  for (let at = 0; at < bytes.length; at++) {
    if (!isContinuation(bytes[at] as number)) {
      count++;
    }
  }
  return count;
}

/** In UTF-8 every byte of a character but its first is 10xxxxxx. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}
