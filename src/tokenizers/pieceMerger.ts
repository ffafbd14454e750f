// Merges one pre-token's bytes into tokens, fast: what `encodeBpe` in bpe.ts does, with less to read and more to run.
// Short pieces look for the lowest rank by going through all pairs; long ones keep the pairs in a heap, so that a
// million equal letters take n log n steps and not n squared.

import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { NumberHeap } from './numberHeap.ts';
import type { TokenTable } from './tokenTable.ts';

/** Up to this many bytes going through all pairs is the faster way (measured). */
const SHORT = 96;
/** Most bytes in one pre-token: the arrays below take 20 bytes for each. */
export const LONGEST_PIECE = 16 * 1024 * 1024;
/** A multiple of this is the rank in a heap's key, the rest the position: positions are below it. */
const KEY = 2 ** 31;
const NO_PAIR = 0x7fffffff;

export class PieceMerger {
  private readonly table: TokenTable;
  private readonly borders = new Int32Array(SHORT + 1);
  private readonly ranks = new Int32Array(SHORT + 1);

  constructor(table: TokenTable) {
    this.table = table;
  }

  /**
   * Calls `emit` with the ids of the tokens of `bytes[start .. end]`, in order.
   *
   * @throws Fault `too-large` past {@link LONGEST_PIECE}, `cancelled`.
   */
  merge(bytes: Uint8Array, start: number, end: number, signal: CancelSignal, emit: (id: number) => void): void {
    if (end - start <= SHORT) {
      this.mergeShort(bytes, start, end, emit);
    } else {
      this.mergeLong(bytes, start, end, signal, emit);
    }
  }

  /** `borders[i]` is where part i begins; `ranks[i]` is the rank of parts i and i + 1 as one token. */
  private mergeShort(bytes: Uint8Array, start: number, end: number, emit: (id: number) => void): void {
    const { borders, ranks } = this;
    let parts = end - start;
    for (let i = 0; i <= parts; i++) {
      borders[i] = start + i;
    }
    for (let i = 0; i < parts; i++) {
      ranks[i] = i + 2 <= parts ? this.rank(bytes, start + i, start + i + 2) : NO_PAIR;
    }
    for (;;) {
      let lowest = NO_PAIR;
      let at = -1;
      for (let i = 0; i < parts - 1; i++) {
        if (ranks[i]! < lowest) {
          lowest = ranks[i]!;
          at = i;
        }
      }
      if (at === -1) {
        break;
      }
      borders.copyWithin(at + 1, at + 2, parts + 1);
      ranks.copyWithin(at + 1, at + 2, parts);
      parts--;
      ranks[at] = at + 2 <= parts ? this.rank(bytes, borders[at]!, borders[at + 2]!) : NO_PAIR;
      if (at > 0) {
        ranks[at - 1] = this.rank(bytes, borders[at - 1]!, borders[at + 1]!);
      }
    }
    for (let i = 0; i < parts; i++) {
      emit(this.table.find(bytes, borders[i]!, borders[i + 1]!));
    }
  }

  /** Parts are a doubly linked list over the positions where they begin; a heap holds the pairs by rank, then place. */
  private mergeLong(
    bytes: Uint8Array,
    start: number,
    end: number,
    signal: CancelSignal,
    emit: (id: number) => void,
  ): void {
    const size = end - start;
    if (size > LONGEST_PIECE) {
      throw new Fault(
        'too-large',
        `A run of ${size.toLocaleString('en')} bytes without a border between words, from byte ${start.toLocaleString('en')} on, is too long to encode.`,
        { where: `byte ${start}`, remedy: `At most ${LONGEST_PIECE.toLocaleString('en')} are taken: select less.` },
      );
    }
    const next = new Int32Array(size + 1);
    const previous = new Int32Array(size + 1);
    const ranks = new Int32Array(size + 1).fill(NO_PAIR);
    const keys = new Float64Array(size);
    let count = 0;
    for (let at = 0; at < size; at++) {
      next[at] = at + 1;
      previous[at] = at - 1;
      ranks[at] = at + 2 <= size ? this.rank(bytes, start + at, start + at + 2) : NO_PAIR;
      if (ranks[at] !== NO_PAIR) {
        keys[count++] = ranks[at]! * KEY + at;
      }
    }
    const heap = new NumberHeap(keys, count);
    for (let steps = 0; heap.size > 0; steps++) {
      if ((steps & 0xfff) === 0 && signal.cancelled) {
        throw new Fault('cancelled', 'Encoding was cancelled.');
      }
      const key = heap.pop();
      const at = key % KEY;
      if (ranks[at] !== (key - at) / KEY) {
        continue; // one of its parts has been merged since
      }
      const gone = next[at]!;
      const after = next[gone]!;
      next[at] = after;
      previous[after] = at;
      ranks[gone] = NO_PAIR;
      ranks[at] = after < size ? this.rank(bytes, start + at, start + next[after]!) : NO_PAIR;
      if (ranks[at] !== NO_PAIR) {
        heap.push(ranks[at]! * KEY + at);
      }
      const before = previous[at]!;
      if (before !== -1) {
        ranks[before] = this.rank(bytes, start + before, start + after);
        if (ranks[before] !== NO_PAIR) {
          heap.push(ranks[before]! * KEY + before);
        }
      }
    }
    for (let at = 0; at < size; at = next[at]!) {
      emit(this.table.find(bytes, start + at, start + next[at]!));
    }
  }

  private rank(bytes: Uint8Array, start: number, end: number): number {
    const id = this.table.find(bytes, start, end);
    return id === -1 ? NO_PAIR : id;
  }
}
