// Counts different byte strings: a hash table with open addressing over one growing pool of bytes. Hundreds of thousands
// of words as JavaScript strings in a Map take several times the memory and the time.

import { GrowingInts } from './growingInts.ts';
import { checkBudget } from './step.ts';

/** Different words: word i is `bytes[ends[i] .. ends[i + 1]]`, and occurs `counts[i]` times. In the order they came in. */
export interface CountedWords {
  readonly bytes: Uint8Array;
  readonly ends: Int32Array;
  readonly counts: Float64Array;
}

export class WordTable {
  private readonly budgetBytes: number;
  private bytes = new Uint8Array(1 << 16);
  private readonly ends: GrowingInts;
  private readonly counts: GrowingInts;
  private readonly hashes: GrowingInts;
  /** 1 + number of a word, 0 where there is none; the size is a power of two, at least twice the words. */
  private slots = new Int32Array(1 << 12);

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes;
    this.ends = new GrowingInts(1 << 11, budgetBytes);
    this.counts = new GrowingInts(1 << 11, budgetBytes);
    this.hashes = new GrowingInts(1 << 11, budgetBytes);
    this.ends.push(0);
  }

  get size(): number {
    return this.counts.length;
  }

  /** Counts `source[from .. to]` once more, or so many times. @throws Fault `too-large` */
  add(source: Uint8Array, from: number, to: number, times = 1): void {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) {
      hash = Math.imul(hash ^ source[at]!, 0x01000193); // FNV-1a
    }
    hash ^= hash >>> 15;
    const { slots } = this;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const word = slots[slot]! - 1;
      if (word === -1) {
        slots[slot] = this.addWord(source, from, to, hash, times) + 1;
        if (this.size * 2 > slots.length) {
          this.grow();
        }
        return;
      }
      if (this.hashes.data[word] === hash && this.isWord(word, source, from, to)) {
        this.counts.data[word]! += times;
        return;
      }
    }
  }

  /** All words so far; more may be added afterwards without changing what was given out. */
  words(): CountedWords {
    const ends = this.ends.data.slice(0, this.ends.length);
    return {
      bytes: this.bytes.slice(0, ends[this.size]),
      ends,
      counts: Float64Array.from(this.counts.data.subarray(0, this.size)),
    };
  }

  private isWord(word: number, source: Uint8Array, from: number, to: number): boolean {
    const begin = this.ends.data[word]!;
    if (this.ends.data[word + 1]! - begin !== to - from) {
      return false;
    }
    for (let i = 0; i < to - from; i++) {
      if (this.bytes[begin + i] !== source[from + i]) {
        return false;
      }
    }
    return true;
  }

  private addWord(source: Uint8Array, from: number, to: number, hash: number, times: number): number {
    const begin = this.ends.data[this.size]!;
    const end = begin + to - from;
    if (end > this.bytes.length) {
      const size = Math.max(this.bytes.length * 2, end);
      checkBudget(this.bytes.length + size, this.budgetBytes, 'The different words');
      const grown = new Uint8Array(size);
      grown.set(this.bytes.subarray(0, begin));
      this.bytes = grown;
    }
    this.bytes.set(source.subarray(from, to), begin);
    this.ends.push(end);
    this.hashes.push(hash);
    return this.counts.push(times);
  }

  private grow(): void {
    checkBudget(this.slots.byteLength * 3, this.budgetBytes, 'The table of words');
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    for (let word = 0; word < this.size; word++) {
      let slot = this.hashes.data[word]! & mask;
      while (slots[slot] !== 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = word + 1;
    }
    this.slots = slots;
  }
}
