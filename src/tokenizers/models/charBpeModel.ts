// Byte pair encoding in its general form, as `tokenizer.json` describes it: over characters, which may be bytes' visible
// ones, with a list of merges (Sennrich, Haddow and Birch 2016). What is unknown becomes its bytes' pieces, or one
// unknown token. A heap keeps the pairs, so a word takes linearithmic time. Plain byte-level BPE is faster in encoder.ts.

import type { CancelSignal } from '../../shared/environment.ts';
import { utf8 } from '../bytes.ts';
import type { BpeSpec } from '../definition.ts';
import { lookAt } from '../faults.ts';
import { NumberHeap } from '../numberHeap.ts';
import { byteIds, idOf } from './knownPieces.ts';
import { MergeRanks } from './mergeRanks.ts';
import { checkLength, LOOK_MASK, type PieceModel, type WordTokens } from './pieceModel.ts';

/** A multiple of this is the rank in a heap's key, the rest the place: places are below it. */
const KEY = 2 ** 27;
const NONE = -1;

/** The symbols of a word in work: a linked list in arrays. */
class Symbols {
  readonly ids: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** The byte that the symbol stands for, or -1. */
  readonly bytes: Int16Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  length = 0;

  constructor(room: number) {
    this.ids = new Int32Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
    this.bytes = new Int16Array(room);
    this.next = new Int32Array(room);
    this.previous = new Int32Array(room);
  }

  push(id: number, start: number, end: number, byte: number): void {
    const at = this.length++;
    this.ids[at] = id;
    this.starts[at] = start;
    this.ends[at] = end;
    this.bytes[at] = byte;
    this.previous[at] = at - 1;
    this.next[at] = at + 1;
  }
}

export class CharBpeModel implements PieceModel {
  private readonly spec: BpeSpec;
  private readonly ids = new Map<string, number>();
  private readonly merges: MergeRanks;
  private readonly unknownId: number;
  /** Undefined without byte fallback. */
  private readonly bytes: Int32Array | undefined;

  /**
   * @param hidden ids of pieces that no text makes
   * @throws Fault `bad-input` when a merge's parts or its result, or the unknown piece, are none of the pieces.
   */
  constructor(spec: BpeSpec, hidden: ReadonlySet<number>) {
    this.spec = spec;
    spec.pieces.forEach((piece, id) => {
      if (piece !== null) {
        this.ids.set(piece, id);
      }
    });
    this.merges = new MergeRanks(spec, this.ids, hidden);
    this.unknownId = spec.unknown === null ? NONE : idOf(spec.pieces, spec.unknown, 'model.unk_token');
    this.bytes = spec.byteFallback ? byteIds((piece) => this.ids.get(piece)) : undefined;
    spec.pieces.forEach((piece, id) => {
      if (piece !== null && hidden.has(id)) {
        this.ids.delete(piece);
      }
    });
  }

  tokenize(word: string, tokens: WordTokens, signal: CancelSignal): void {
    checkLength(word);
    const whole = this.spec.ignoreMerges ? this.ids.get(word) : undefined;
    if (whole !== undefined) {
      tokens.add(whole, 0, word.length, -1);
      return;
    }
    const symbols = this.symbolsOf(word);
    this.mergeAll(symbols, signal);
    const { ids, starts, ends, bytes, next, length } = symbols;
    for (let at = 0; at < length; at = next[at]!) {
      tokens.add(ids[at]!, starts[at]!, ends[at]!, bytes[at]!);
    }
  }

  /** One symbol for each character, or for each of its bytes; unknown ones side by side are one where that is asked. */
  private symbolsOf(word: string): Symbols {
    const { continuingPrefix, endOfWordSuffix, fuseUnknown } = this.spec;
    const added = utf8(continuingPrefix).length * word.length + utf8(endOfWordSuffix).length;
    const symbols = new Symbols(this.bytes ? utf8(word).length + added : word.length);
    let unknown: { start: number; end: number } | undefined;
    const flush = () => {
      if (unknown) {
        symbols.push(this.unknownId, unknown.start, unknown.end, -1);
        unknown = undefined;
      }
    };
    let start = 0;
    for (const character of word) {
      const end = start + character.length;
      const symbol = (start > 0 ? continuingPrefix : '') + character + (end === word.length ? endOfWordSuffix : '');
      const id = this.ids.get(symbol);
      if (id !== undefined) {
        flush();
        symbols.push(id, start, end, -1);
      } else if (!this.pushBytes(symbol, start, end, symbols) && this.unknownId !== NONE) {
        if (unknown && fuseUnknown) {
          unknown.end = end;
        } else {
          flush();
          unknown = { start, end };
        }
      }
      start = end;
    }
    flush();
    return symbols;
  }

  /** The bytes' pieces for a character that has none; false where one of them is missing. */
  private pushBytes(symbol: string, start: number, end: number, symbols: Symbols): boolean {
    const ids = this.bytes;
    if (!ids) {
      return false;
    }
    const bytes = utf8(symbol);
    if (!bytes.every((byte) => ids[byte] !== NONE)) {
      return false;
    }
    for (const byte of bytes) {
      symbols.push(ids[byte]!, start, end, byte);
    }
    return true;
  }

  /** Merges the pair of the lowest rank, of equal ones the leftmost, until no pair of neighbours is a merge. */
  private mergeAll({ ids, ends, bytes, next, previous, length }: Symbols, signal: CancelSignal): void {
    const keys = new Float64Array(length);
    let count = 0;
    for (let at = 0; at + 1 < length; at++) {
      const rank = this.merges.rank(ids[at]!, ids[at + 1]!);
      if (rank !== NONE) {
        keys[count++] = rank * KEY + at;
      }
    }
    const heap = new NumberHeap(keys, count);
    const offer = (at: number) => {
      const rank = at >= 0 && next[at]! < length ? this.merges.rank(ids[at]!, ids[next[at]!]!) : NONE;
      if (rank !== NONE) {
        heap.push(rank * KEY + at);
      }
    };
    for (let steps = 0; heap.size > 0; steps++) {
      if ((steps & LOOK_MASK) === 0) {
        lookAt(signal);
      }
      const key = heap.pop();
      const at = key % KEY;
      const merged = this.merges.result((key - at) / KEY);
      const gone = next[at]!;
      if (ids[at] === NONE || gone >= length) {
        continue;
      }
      const rank = this.merges.rank(ids[at]!, ids[gone]!);
      if (rank === NONE || this.merges.result(rank) !== merged) {
        continue; // one of its parts has been merged since
      }
      ids[at] = merged;
      ends[at] = ends[gone]!;
      bytes[at] = -1;
      ids[gone] = NONE;
      next[at] = next[gone]!;
      if (next[at]! < length) {
        previous[next[at]!] = at;
      }
      offer(previous[at]!);
      offer(at);
    }
  }
}
