// Merges one pre-token's bytes into tokens, fast: what `encodeBpe` in bpe.ts does, with less to read and more to run.
// Short pieces look for the lowest rank by going through all pairs; long ones keep the pairs in a heap, so that a
// million equal letters take n log n steps and not n squared.

import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { lookAt } from '../faults.ts';
import { NumberHeap } from '../numberHeap.ts';
import { NO_TOKEN, PairCache } from './pairCache.ts';
import type { TokenBuffer } from './tokenBuffer.ts';
import type { TokenTable } from './tokenTable.ts';

/** Up to this many bytes going through all pairs is the faster way (measured). */
const SHORT = 96;
/** Most bytes in one pre-token: the arrays below take 24 bytes for each. */
export const LONGEST_PIECE = 16 * 1024 * 1024;
/** Merges between two looks at the cancel signal, less one. */
const LOOK_MASK = 0xfff;
/** A multiple of this is the rank in a heap's key, the rest the position: positions are below it. */
const KEY = 2 ** 31;

export class PieceMerger {
  private readonly pairs: PairCache;
  private readonly idOfByte: Int32Array;
  private readonly borders = new Int32Array(SHORT + 1);
  private readonly ids = new Int32Array(SHORT + 1);
  private readonly ranks = new Int32Array(SHORT + 1);

  /** @param table has a token for each byte */
  constructor(table: TokenTable) {
    this.pairs = new PairCache(table);
    this.idOfByte = Int32Array.from({ length: 256 }, (_, byte) => table.find(Uint8Array.of(byte), 0, 1));
  }

  /**
   * Appends the ids of the tokens of `bytes[start .. end]` to `out`, in order.
   *
   * @throws Fault `too-large` past {@link LONGEST_PIECE}, `cancelled`.
   */
  merge(bytes: Uint8Array, start: number, end: number, signal: CancelSignal, out: TokenBuffer): void {
    if (end - start <= SHORT) {
      this.mergeShort(bytes, start, end, out);
    } else {
      this.mergeLong(bytes, start, end, signal, out);
    }
  }

  /** `ids[i]` is part i, which begins at `borders[i]`; `ranks[i]` is the token that parts i and i + 1 make. */
  private mergeShort(bytes: Uint8Array, start: number, end: number, out: TokenBuffer): void {
    const { borders, ids, ranks, pairs, idOfByte } = this;
    let parts = end - start;
    let lowest = NO_TOKEN;
    let at = -1;
    for (let i = 0; i < parts; i++) {
      borders[i] = start + i;
      ids[i] = idOfByte[bytes[start + i]!]!;
      if (i > 0) {
        const rank = pairs.find(ids[i - 1]!, ids[i]!, bytes, start + i - 1, start + i + 1);
        ranks[i - 1] = rank;
        if (rank < lowest) {
          lowest = rank;
          at = i - 1;
        }
      }
    }
    borders[parts] = end;
    while (lowest !== NO_TOKEN) {
      ids[at] = lowest;
      parts--;
      for (let i = at + 1; i < parts; i++) {
        borders[i] = borders[i + 1]!;
        ids[i] = ids[i + 1]!;
        ranks[i - 1] = ranks[i]!;
      }
      borders[parts] = end;
      if (at + 1 < parts) {
        ranks[at] = pairs.find(ids[at]!, ids[at + 1]!, bytes, borders[at]!, borders[at + 2]!);
      }
      if (at > 0) {
        ranks[at - 1] = pairs.find(ids[at - 1]!, ids[at]!, bytes, borders[at - 1]!, borders[at + 1]!);
      }
      lowest = NO_TOKEN;
      for (let i = 0; i + 1 < parts; i++) {
        if (ranks[i]! < lowest) {
          lowest = ranks[i]!;
          at = i;
        }
      }
    }
    for (let i = 0; i < parts; i++) {
      out.push(ids[i]!);
    }
  }

  /** Parts are a doubly linked list over the positions where they begin; a heap holds the pairs by rank, then place. */
  private mergeLong(bytes: Uint8Array, start: number, end: number, signal: CancelSignal, out: TokenBuffer): void {
    const size = end - start;
    if (size > LONGEST_PIECE) {
      throw new Fault(
        'too-large',
        `A run of ${size.toLocaleString('en')} bytes without a border between words, from byte ${start.toLocaleString('en')} on, is too long to encode.`,
        { where: `byte ${start}`, remedy: `At most ${LONGEST_PIECE.toLocaleString('en')} are taken: select less.` },
      );
    }
    const { pairs } = this;
    const next = new Int32Array(size + 1);
    const previous = new Int32Array(size + 1);
    const ids = new Int32Array(size + 1);
    const ranks = new Int32Array(size + 1).fill(NO_TOKEN);
    const rankAt = (at: number): number => {
      const right = next[at]!;
      return right < size ? pairs.find(ids[at]!, ids[right]!, bytes, start + at, start + next[right]!) : NO_TOKEN;
    };
    for (let at = 0; at < size; at++) {
      next[at] = at + 1;
      previous[at] = at - 1;
      ids[at] = this.idOfByte[bytes[start + at]!]!;
    }
    const keys = new Float64Array(size);
    let count = 0;
    for (let at = 0; at < size; at++) {
      ranks[at] = rankAt(at);
      if (ranks[at] !== NO_TOKEN) {
        keys[count++] = ranks[at]! * KEY + at;
      }
    }
    const heap = new NumberHeap(keys, count);
    const renew = (at: number): void => {
      ranks[at] = rankAt(at);
      if (ranks[at] !== NO_TOKEN) {
        heap.push(ranks[at]! * KEY + at);
      }
    };
    for (let steps = 0; heap.size > 0; steps++) {
      if ((steps & LOOK_MASK) === 0) {
        lookAt(signal);
      }
      const key = heap.pop();
      const at = key % KEY;
      const rank = (key - at) / KEY;
      if (ranks[at] !== rank) {
        continue; // one of its parts has been merged since
      }
      const gone = next[at]!;
      const after = next[gone]!;
      next[at] = after;
      previous[after] = at;
      ids[at] = rank;
      ranks[gone] = NO_TOKEN;
      renew(at);
      if (previous[at] !== -1) {
        renew(previous[at]!);
      }
    }
    for (let at = 0; at < size; at = next[at]!) {
      out.push(ids[at]!);
    }
  }
}
