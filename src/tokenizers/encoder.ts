// Encodes texts of any size with a given vocabulary, and says which stretch of the text each token covers.
// Special tokens are not looked for: text that looks like one is ordinary text. Not handled: training (bpeTrainer.ts).

import type { CancelSignal } from '../shared/environment.ts';
import { neverCancelled } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import { characterLength, countLoneSurrogates, isContinuation, utf8 } from './bytes.ts';
import { gpt2PreTokenEnd } from './gpt2Scanner.ts';
import { LONGEST_CACHED, PieceCache } from './pieceCache.ts';
import { PieceMerger } from './pieceMerger.ts';
import { compilePattern, GPT2_PATTERN } from './preTokenizer.ts';
import { TokenTable } from './tokenTable.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A text's tokens; entry i of each array is token i. The same as `EncodedText` of the messages, unpacked. */
export interface Encoded {
  readonly ids: Uint32Array<ArrayBuffer>;
  /** UTF-16 offsets into the text; a part of a character has its whole character's. */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  /** 1 where the token's bytes are not whole characters. */
  readonly fragment: Uint8Array<ArrayBuffer>;
  /** One more than tokens: token i's bytes are `bytes[byteEnds[i] .. byteEnds[i + 1]]`. */
  readonly byteEnds: Uint32Array<ArrayBuffer>;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly loneSurrogates: number;
}

/** Pre-tokens between two looks at the cancel signal. */
const LOOK_EVERY = 1024;
/** Bytes between two reports of progress. */
const REPORT_EVERY = 256 * 1024;

/** Most memory that one text's tokens may take, in bytes: a thread that runs out takes its whole process along. */
export const ENCODE_BUDGET_BYTES = 1024 * 1024 * 1024;
/** What a located token takes beside its id: starts, ends and byteEnds at four bytes, fragment at one. */
const PLACE_BYTES = 13;

/** Keeps what it learned about a vocabulary and about the words it met: make one and use it often. */
export class BpeEncoder {
  private readonly vocabulary: Vocabulary;
  private readonly table: TokenTable;
  private readonly cache = new PieceCache();
  private readonly merger: PieceMerger;
  private readonly budgetBytes: number;
  private ids = new Uint32Array(0);
  private length = 0;
  /** Size of the text in work. */
  private textBytes = 0;
  private readonly emit = (id: number): void => {
    if (this.length === this.ids.length) {
      this.checkBudget(this.ids.byteLength * 3); // the old array and the new one
      const grown = new Uint32Array(this.ids.length * 2);
      grown.set(this.ids);
      this.ids = grown;
    }
    this.ids[this.length++] = id;
  };

  /**
   * @param budgetBytes most memory that one call may take for its text and tokens; checked before it is taken
   * @throws Fault `bad-input` when a byte has no token: some texts could not be encoded.
   */
  constructor(vocabulary: Vocabulary, budgetBytes: number = ENCODE_BUDGET_BYTES) {
    this.vocabulary = vocabulary;
    this.budgetBytes = budgetBytes;
    this.table = new TokenTable(vocabulary);
    this.merger = new PieceMerger(this.table);
    for (let byte = 0; byte < 256; byte++) {
      if (this.table.find(Uint8Array.of(byte), 0, 1) === -1) {
        throw new Fault('bad-input', `The vocabulary "${vocabulary.name}" has no token for the byte ${byte}.`, {
          where: vocabulary.name,
          remedy: 'A byte-level vocabulary needs one for each of the 256 bytes.',
        });
      }
    }
  }

  /**
   * Encodes `text` from its first to its last character.
   *
   * Example: with GPT-2's vocabulary `Hello world` has the ids 15496 and 995, over 0 to 5 and 5 to 11.
   *
   * @param onProgress told now and then how many UTF-16 units are done.
   * @throws Fault `cancelled`; `too-large` for a single pre-token of more than 16 MB, and when text and tokens
   *   would take more memory than the budget.
   */
  encode(text: string, signal: CancelSignal = neverCancelled, onProgress?: (doneUtf16: number) => void): Encoded {
    const bytes = utf8(text) as Uint8Array<ArrayBuffer>;
    const found = this.run(text, bytes, signal, onProgress);
    this.checkBudget(found.buffer.byteLength + found.length * (4 + PLACE_BYTES));
    const ids = found.slice();
    return { ids, ...this.locate(ids, bytes), bytes, loneSurrogates: countLoneSurrogates(text) };
  }

  /** Only how many tokens there are. @throws as {@link encode}. */
  count(text: string, signal: CancelSignal = neverCancelled): number {
    return this.run(text, utf8(text), signal).length;
  }

  /** The ids of `text`, whose UTF-8 is `bytes`. */
  private run(
    text: string,
    bytes: Uint8Array,
    signal: CancelSignal,
    onProgress?: (doneUtf16: number) => void,
  ): Uint32Array<ArrayBuffer> {
    this.textBytes = bytes.length;
    this.length = 0;
    try {
      const first = Math.max(64, bytes.length >> 2);
      this.checkBudget(first * 4);
      this.ids = new Uint32Array(first);
      const borderAfter =
        this.vocabulary.pattern === GPT2_PATTERN
          ? (start: number) => gpt2PreTokenEnd(bytes, start)
          : patternBorders(text, this.vocabulary.pattern);
      this.encodePieces(bytes, borderAfter, signal, onProgress);
      return this.ids.subarray(0, this.length);
    } finally {
      this.ids = new Uint32Array(0);
    }
  }

  /** @throws Fault `too-large` when `more` bytes beside the text would pass the budget. */
  private checkBudget(more: number): void {
    if (this.textBytes + more > this.budgetBytes) {
      const megabytes = Math.round(this.budgetBytes / 1024 / 1024).toLocaleString('en');
      throw new Fault('too-large', `The tokens of this text would take more than ${megabytes} MB of memory.`, {
        where: `after ${this.length.toLocaleString('en')} tokens`,
        remedy: 'Take a part of the text at a time.',
      });
    }
  }

  private encodePieces(
    bytes: Uint8Array,
    borderAfter: (start: number) => number,
    signal: CancelSignal,
    onProgress?: (doneUtf16: number) => void,
  ): void {
    let reported = 0;
    let reportedUtf16 = 0;
    let pieces = 0;
    for (let start = 0; start < bytes.length; ) {
      if (pieces++ % LOOK_EVERY === 0 && signal.cancelled) {
        throw new Fault('cancelled', 'Encoding was cancelled.');
      }
      const end = borderAfter(start);
      this.encodePiece(bytes, start, end, signal);
      start = end;
      if (onProgress && end - reported >= REPORT_EVERY) {
        reportedUtf16 += utf16Length(bytes, reported, end);
        reported = end;
        onProgress(reportedUtf16);
      }
    }
  }

  private encodePiece(bytes: Uint8Array, start: number, end: number, signal: CancelSignal): void {
    const whole = this.table.find(bytes, start, end);
    if (whole !== -1) {
      this.emit(whole);
      return;
    }
    if (end - start > LONGEST_CACHED) {
      this.merger.merge(bytes, start, end, signal, this.emit);
      return;
    }
    const entry = this.cache.find(bytes, start, end);
    if (entry === -1) {
      const from = this.length;
      this.merger.merge(bytes, start, end, signal, this.emit);
      this.cache.add(bytes, start, end, this.ids, from, this.length);
      return;
    }
    const last = this.cache.lastId(entry);
    for (let i = this.cache.firstId(entry); i < last; i++) {
      this.emit(this.cache.ids[i]!);
    }
  }

  /** One walk over the bytes: UTF-8 alone says where characters begin and how long they are in UTF-16. */
  private locate(ids: Uint32Array, bytes: Uint8Array): Pick<Encoded, 'starts' | 'ends' | 'fragment' | 'byteEnds'> {
    const starts = new Uint32Array(ids.length);
    const ends = new Uint32Array(ids.length);
    const fragment = new Uint8Array(ids.length);
    const byteEnds = new Uint32Array(ids.length + 1);
    let at = 0; // bytes
    let character = 0; // UTF-16, of the character that holds the byte before `at`
    let after = 0; // UTF-16, behind that character
    for (let i = 0; i < ids.length; i++) {
      const end = at + this.table.lengthOf(ids[i]!);
      const cut = isContinuation(bytes[at]!);
      starts[i] = cut ? character : after;
      for (; at < end; at++) {
        const byte = bytes[at]!;
        if (!isContinuation(byte)) {
          character = after;
          after += byte >= 0xf0 ? 2 : 1;
        }
      }
      ends[i] = after;
      fragment[i] = cut || (end < bytes.length && isContinuation(bytes[end]!)) ? 1 : 0;
      byteEnds[i + 1] = end;
    }
    return { starts, ends, fragment, byteEnds };
  }
}

/**
 * The bytes that `ids` spell, joined. An id that is none of the vocabulary's, special tokens included, is a fault.
 *
 * @throws Fault `bad-input` naming the id and its place.
 */
export function decode(vocabulary: Vocabulary, ids: ArrayLike<number>): Uint8Array {
  const special = new Map(Object.entries(vocabulary.specialTokens).map(([text, id]) => [id, utf8(text)]));
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let i = 0; i < ids.length; i++) {
    const piece = vocabulary.tokens[ids[i]!] ?? special.get(ids[i]!);
    if (piece === undefined) {
      throw new Fault('bad-input', `There is no token ${ids[i]} in ${vocabulary.name}.`, {
        where: `token ${i + 1} of ${ids.length}`,
        remedy: `Its ids go from 0 to ${vocabulary.tokens.length - 1}.`,
      });
    }
    pieces.push(piece);
    length += piece.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Borders by any other pattern. What the pattern leaves out between two matches is a piece of its own. */
function patternBorders(text: string, pattern: string): (start: number) => number {
  const expression = compilePattern(pattern);
  let from = 0; // UTF-16
  let match: RegExpExecArray | null | undefined;
  return (start) => {
    if (match === undefined || (match !== null && match.index < from)) {
      expression.lastIndex = from;
      match = expression.exec(text);
    }
    let to = text.length;
    if (match !== null) {
      to = match.index > from ? match.index : from + Math.max(match[0].length, 1);
    }
    const end = start + utf8(text.slice(from, to)).length;
    from = to;
    return end;
  };
}

function utf16Length(bytes: Uint8Array, start: number, end: number): number {
  let length = 0;
  for (let at = start; at < end; at += characterLength(bytes[at]!)) {
    length += bytes[at]! >= 0xf0 ? 2 : 1;
  }
  return length;
}
