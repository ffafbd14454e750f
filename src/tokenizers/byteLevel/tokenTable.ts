// Finds a token by its bytes without making strings: one flat hash table over all tokens' bytes.

import type { Vocabulary } from '../vocabulary.ts';

/** Open addressing with linear probing; twice as many places as tokens or more, so that few are tried. */
export class TokenTable {
  /** Of the longest token, in bytes. */
  readonly longest: number;
  /** Token i's bytes are `bytes[ends[i - 1] .. ends[i]]`. */
  private readonly bytes: Uint8Array;
  private readonly ends: Uint32Array;
  /** 1 + id, 0 where free. */
  private readonly places: Uint32Array;
  private readonly mask: number;

  constructor(vocabulary: Pick<Vocabulary, 'tokens'>) {
    const { tokens } = vocabulary;
    this.ends = new Uint32Array(tokens.length + 1);
    let total = 0;
    let longest = 0;
    tokens.forEach((token, id) => {
      total += token.length;
      longest = Math.max(longest, token.length);
      this.ends[id + 1] = total;
    });
    this.longest = longest;
    this.bytes = new Uint8Array(total);
    const size = 2 ** Math.ceil(Math.log2(Math.max(2, tokens.length * 2)));
    this.mask = size - 1;
    this.places = new Uint32Array(size);
    tokens.forEach((token, id) => {
      this.bytes.set(token, this.ends[id]!);
      let place = hash(token, 0, token.length) & this.mask;
      while (this.places[place] !== 0) {
        place = (place + 1) & this.mask;
      }
      this.places[place] = id + 1;
    });
  }

  /**
   * The id of the token that spells `bytes[start .. end]`, or -1.
   *
   * @param hashed the {@link hash} of these bytes, where it is known
   */
  find(bytes: Uint8Array, start: number, end: number, hashed: number = hash(bytes, start, end)): number {
    const length = end - start;
    if (length > this.longest) {
      return -1;
    }
    for (let place = hashed & this.mask; ; place = (place + 1) & this.mask) {
      const id = this.places[place]! - 1;
      if (id === -1) {
        return -1;
      }
      const from = this.ends[id]!;
      if (this.ends[id + 1]! - from === length && this.same(from, bytes, start, length)) {
        return id;
      }
    }
  }

  private same(from: number, bytes: Uint8Array, start: number, length: number): boolean {
    for (let i = 0; i < length; i++) {
      if (this.bytes[from + i] !== bytes[start + i]) {
        return false;
      }
    }
    return true;
  }
}

/** FNV-1a (Fowler, Noll, Vo), its halves mixed so that the low bits alone will do. */
export function hash(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) {
    h = Math.imul(h ^ bytes[i]!, 0x01000193);
  }
  return (h ^ (h >>> 15)) >>> 0;
}
