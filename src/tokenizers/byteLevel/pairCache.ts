// Which token two neighbouring tokens make: looked up by their bytes once, and remembered by their ids. Pairs that make
// none are remembered too. A place holds one pair; a newer one with the same place takes it over.

import type { TokenTable } from './tokenTable.ts';

/** Places; a power of two. */
const PLACES = 1 << 16;
/** No pair of two tokens makes a token. Higher than any rank. */
export const NO_TOKEN = 0x7fffffff;

export class PairCache {
  private readonly table: TokenTable;
  /** Four numbers a place: left, right, what they make, and one unused. */
  private readonly places = new Int32Array(PLACES * 4).fill(-1);

  constructor(table: TokenTable) {
    this.table = table;
  }

  /** The token that `left` and `right` make, which together spell `bytes[start .. end]`, or {@link NO_TOKEN}. */
  find(left: number, right: number, bytes: Uint8Array, start: number, end: number): number {
    const { places } = this;
    const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    const place = ((mixed ^ (mixed >>> 15)) & (PLACES - 1)) << 2;
    if (places[place] === left && places[place + 1] === right) {
      return places[place + 2]!;
    }
    const found = this.table.find(bytes, start, end);
    const id = found === -1 ? NO_TOKEN : found;
    places[place] = left;
    places[place + 1] = right;
    places[place + 2] = id;
    return id;
  }
}
