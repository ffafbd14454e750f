// Remembers the tokens of pre-tokens met before, up to a fixed size: when it is full it begins again empty.
// A text's words repeat, so most of the work is done once.

import { hash } from './tokenTable.ts';

/** Longer pre-tokens are rare and don't repeat. */
export const LONGEST_CACHED = 64;
const MAX_ENTRIES = 1 << 16;
const PLACES = MAX_ENTRIES * 2;
const KEY_BYTES = MAX_ENTRIES * 16;
const IDS = MAX_ENTRIES * 6;

export class PieceCache {
  /** 1 + entry, 0 where free. */
  private readonly places = new Uint32Array(PLACES);
  private readonly keys = new Uint8Array(KEY_BYTES);
  private readonly keyEnds = new Uint32Array(MAX_ENTRIES + 1);
  private readonly idEnds = new Uint32Array(MAX_ENTRIES + 1);
  private entries = 0;
  /** The ids of entry i are `ids[firstId(i) .. lastId(i)]`. */
  readonly ids = new Uint32Array(IDS);

  /** The entry for `bytes[start .. end]`, or -1. */
  find(bytes: Uint8Array, start: number, end: number): number {
    for (let place = this.placeOf(bytes, start, end); ; place = (place + 1) % PLACES) {
      const entry = this.places[place]! - 1;
      if (entry === -1 || this.holds(entry, bytes, start, end)) {
        return entry;
      }
    }
  }

  firstId(entry: number): number {
    return this.idEnds[entry]!;
  }

  lastId(entry: number): number {
    return this.idEnds[entry + 1]!;
  }

  /** Adds `bytes[start .. end]`, which isn't in it yet, with `ids[from .. to]`. */
  add(bytes: Uint8Array, start: number, end: number, ids: Uint32Array, from: number, to: number): void {
    const keyStart = this.keyEnds[this.entries]!;
    const idStart = this.idEnds[this.entries]!;
    const full = this.entries === MAX_ENTRIES || keyStart + end - start > KEY_BYTES || idStart + to - from > IDS;
    if (full) {
      this.places.fill(0);
      this.entries = 0;
      this.add(bytes, start, end, ids, from, to);
      return;
    }
    this.keys.set(bytes.subarray(start, end), keyStart);
    this.ids.set(ids.subarray(from, to), idStart);
    this.entries++;
    this.keyEnds[this.entries] = keyStart + end - start;
    this.idEnds[this.entries] = idStart + to - from;
    let place = this.placeOf(bytes, start, end);
    while (this.places[place] !== 0) {
      place = (place + 1) % PLACES;
    }
    this.places[place] = this.entries;
  }

  private placeOf(bytes: Uint8Array, start: number, end: number): number {
    return hash(bytes, start, end) % PLACES;
  }

  private holds(entry: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.keyEnds[entry]!;
    if (this.keyEnds[entry + 1]! - from !== end - start) {
      return false;
    }
    for (let i = 0; i < end - start; i++) {
      if (this.keys[from + i] !== bytes[start + i]) {
        return false;
      }
    }
    return true;
  }
}
