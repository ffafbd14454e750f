// Remembers the tokens of pre-tokens met before, up to a fixed size: when it is full it begins again empty.
// A text's words repeat, so most of the work is done once.

/** Longer pre-tokens are rare and don't repeat. */
export const LONGEST_CACHED = 64;
const MAX_ENTRIES = 1 << 16;
const PLACES = MAX_ENTRIES * 2;
/** Places that a pre-token may be in. A text made to have all its words in one place can't make the search long. */
const TRIES = 8;
const KEY_BYTES = MAX_ENTRIES * 16;
const IDS = MAX_ENTRIES * 6;

export class PieceCache {
  /** 1 + entry, 0 where free. */
  private readonly places = new Uint32Array(PLACES + TRIES);
  private readonly keys = new Uint8Array(KEY_BYTES);
  private readonly keyEnds = new Uint32Array(MAX_ENTRIES + 1);
  private readonly idEnds = new Uint32Array(MAX_ENTRIES + 1);
  private entries = 0;
  /** The ids of entry i are `ids[firstId(i) .. lastId(i)]`. */
  readonly ids = new Uint32Array(IDS);

  /** The entry for `bytes[start .. end]`, or -1. @param hashed the hash of these bytes */
  find(bytes: Uint8Array, start: number, end: number, hashed: number): number {
    const first = hashed % PLACES;
    for (let place = first; place < first + TRIES; place++) {
      const entry = this.places[place]! - 1;
      if (entry === -1 || this.holds(entry, bytes, start, end)) {
        return entry;
      }
    }
    return -1;
  }

  firstId(entry: number): number {
    return this.idEnds[entry]!;
  }

  lastId(entry: number): number {
    return this.idEnds[entry + 1]!;
  }

  /** Adds `bytes[start .. end]`, which isn't in it yet, with its `ids`. */
  add(bytes: Uint8Array, start: number, end: number, hashed: number, ids: Uint32Array): void {
    const full =
      this.entries === MAX_ENTRIES ||
      this.keyEnds[this.entries]! + end - start > KEY_BYTES ||
      this.idEnds[this.entries]! + ids.length > IDS;
    if (full) {
      this.places.fill(0);
      this.entries = 0;
    }
    const keyStart = this.keyEnds[this.entries]!;
    const idStart = this.idEnds[this.entries]!;
    this.keys.set(bytes.subarray(start, end), keyStart);
    this.ids.set(ids, idStart);
    this.entries++;
    this.keyEnds[this.entries] = keyStart + end - start;
    this.idEnds[this.entries] = idStart + ids.length;
    const first = hashed % PLACES;
    let place = first;
    while (place < first + TRIES && this.places[place] !== 0) {
      place++;
    }
    this.places[place < first + TRIES ? place : first] = this.entries;
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
