// Encodes texts of any size with a byte-level BPE vocabulary, and says which stretch of the text each token covers.
// Special tokens are not looked for unless asked: text that looks like one is ordinary text. Not handled: training.

import type { CancelSignal } from '../shared/environment.ts';
import { neverCancelled } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { AlignedText } from './alignedText.ts';
import { composedStretches, placedInGiven } from './byteLevel/composed.ts';
import { locate, PLACE_BYTES } from './byteLevel/locate.ts';
import { LONGEST_CACHED, PieceCache } from './byteLevel/pieceCache.ts';
import { PieceMerger } from './byteLevel/pieceMerger.ts';
import { type Stretch, stretchesOf } from './byteLevel/specialTokens.ts';
import { TokenBuffer } from './byteLevel/tokenBuffer.ts';
import { hash, TokenTable } from './byteLevel/tokenTable.ts';
import { characterLength, countLoneSurrogates, textOf, utf8 } from './bytes.ts';
import { lookAt, noSuchToken, withinLimits } from './faults.ts';
import { holdLength } from './growth.ts';
import { scannerOf } from './scanners/scanners.ts';
import type { Scanner } from './scanners/scanning.ts';
import type { Encoded, EncodeOptions, Tokenizer, VocabularyEntry } from './tokenizer.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Pre-tokens between two looks at the cancel signal. */
const LOOK_EVERY = 1024;
/** Bytes between two reports of progress. */
const REPORT_EVERY = 256 * 1024;

/** Most memory that one text's tokens may take, in bytes: a thread that runs out takes its whole process along. */
export const ENCODE_BUDGET_BYTES = 1024 * 1024 * 1024;

/** A text made ready: the stretches joined are the text. */
interface Prepared {
  readonly text: string;
  readonly stretches: Iterable<Stretch>;
  /** Where it came from, when it is not as it was given. */
  readonly aligned?: AlignedText;
}

/** Keeps what it learned about a vocabulary and about the words it met: make one and use it often. */
export class BpeEncoder implements Tokenizer {
  readonly kind = 'bpe';
  readonly name: string;
  readonly byteLevel: boolean;
  readonly size: number;
  readonly cuts: boolean;
  readonly vocabulary: Vocabulary;
  private readonly table: TokenTable;
  private readonly cache = new PieceCache();
  private readonly merger: PieceMerger;
  private readonly out: TokenBuffer;
  private readonly budgetBytes: number;
  private readonly scanner: Scanner;
  /** Of each id's bytes. */
  private readonly lengths: Uint32Array;
  private readonly specials: ReadonlyMap<number, string>;

  /**
   * @param budgetBytes most memory that one call may take for its text and tokens; checked before it is taken
   * @throws Fault `bad-input` when a byte has no token (some texts could not be encoded), or for a pattern that there
   *   is no scanner for.
   */
  constructor(vocabulary: Vocabulary, budgetBytes: number = ENCODE_BUDGET_BYTES) {
    const { name, pattern, tokens, specialTokens, normalization } = vocabulary;
    this.vocabulary = vocabulary;
    this.name = name;
    this.byteLevel = normalization === undefined;
    this.specials = new Map(Object.entries(specialTokens).map(([text, id]) => [id, text]));
    this.size = Math.max(tokens.length, ...[...this.specials.keys()].map((id) => id + 1));
    this.scanner = knownScanner(name, pattern);
    this.cuts = true;
    this.table = new TokenTable(vocabulary);
    for (let byte = 0; byte < 256; byte++) {
      if (this.table.find(Uint8Array.of(byte), 0, 1) === -1) {
        throw new Fault('bad-input', `The vocabulary "${name}" has no token for the byte ${byte}.`, {
          where: name,
          remedy: 'A byte-level vocabulary needs one for each of the 256 bytes.',
        });
      }
    }
    this.merger = new PieceMerger(this.table);
    this.out = new TokenBuffer(budgetBytes);
    this.budgetBytes = budgetBytes;
    this.lengths = new Uint32Array(this.size);
    tokens.forEach((token, id) => {
      this.lengths[id] = token.length;
    });
    for (const [id, text] of this.specials) {
      this.lengths[id] = utf8(text).length;
    }
  }

  /**
   * Encodes `text` from its first to its last character.
   *
   * Example: with GPT-2's vocabulary `Hello world` has the ids 15496 and 995, over 0 to 5 and 5 to 11.
   *
   * @throws Fault `cancelled`; `too-large` for a single pre-token of more than 16 MB, and when text and tokens
   *   would take more memory than the budget.
   */
  encode(text: string, options: EncodeOptions = {}): Encoded {
    return withinLimits(() => this.encodeAll(text, options));
  }

  /** Only how many tokens there are. @throws as {@link encode}. */
  count(text: string, options: EncodeOptions = {}): number {
    return withinLimits(() => {
      const prepared = this.prepare(text, options);
      return this.run(prepared, utf8(prepared.text), options, () => this.out.length);
    });
  }

  /** Only the ids. @throws as {@link encode}. */
  encodeIds(text: string, options: EncodeOptions = {}): Uint32Array<ArrayBuffer> {
    return withinLimits(() => {
      const prepared = this.prepare(text, options);
      return this.run(prepared, utf8(prepared.text), options, () => this.out.take(0));
    });
  }

  private encodeAll(text: string, options: EncodeOptions): Encoded {
    const prepared = this.prepare(text, options);
    const bytes = utf8(prepared.text) as Uint8Array<ArrayBuffer>;
    const ids = this.run(prepared, bytes, options, () => this.out.take(PLACE_BYTES));
    const places = locate(ids, this.lengths, bytes, prepared.text.length);
    const encoded = { ids, ...places, bytes, textBytes: bytes.length, loneSurrogates: countLoneSurrogates(text) };
    return prepared.aligned ? placedInGiven(encoded, prepared.aligned, text) : encoded;
  }

  /** @throws Fault `bad-input` naming the id that there isn't, and its place. */
  decode(ids: ArrayLike<number>): Uint8Array {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (let i = 0; i < ids.length; i++) {
      const piece = this.bytesOf(ids[i]!);
      if (piece === undefined) {
        throw noSuchToken(ids, i, this);
      }
      pieces.push(piece);
      length += piece.length;
    }
    holdLength(length);
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      bytes.set(piece, at);
      at += piece.length;
    }
    return bytes;
  }

  entry(id: number): VocabularyEntry | undefined {
    const bytes = this.bytesOf(id);
    return bytes && { id, text: textOf(bytes), bytes, special: this.specials.has(id) };
  }

  private bytesOf(id: number): Uint8Array | undefined {
    const special = this.specials.get(id);
    return special === undefined ? this.vocabulary.tokens[id] : utf8(special);
  }

  /** What is encoded for `text`: in the vocabulary's normal form, cut at the special tokens where they are asked for. */
  private prepare(text: string, { specialTokens, signal }: EncodeOptions): Prepared {
    const whole: readonly Stretch[] = [{ text, start: 0 }];
    const given = specialTokens === true ? stretchesOf(text, this.vocabulary.specialTokens) : whole;
    if (this.vocabulary.normalization === undefined) {
      return { text, stretches: given };
    }
    const { stretches, aligned } = composedStretches(given, { signal, budgetBytes: this.budgetBytes });
    return aligned ? { text: aligned.text, stretches, aligned } : { text, stretches };
  }

  /** What `result` makes of the tokens of a text, whose UTF-8 is `bytes`. */
  private run<Result>(
    { text: { length }, stretches }: Prepared,
    bytes: Uint8Array,
    { signal = neverCancelled, onProgress }: EncodeOptions,
    result: () => Result,
  ): Result {
    try {
      this.out.begin(bytes.length);
      const progress = onProgress && new Progress(bytes, onProgress);
      let at = 0;
      for (const { text, id } of stretches) {
        const end = text.length === length ? bytes.length : at + utf8(text).length;
        if (id === undefined) {
          this.encodePieces(bytes, at, end, signal, progress);
        } else {
          this.out.push(id);
        }
        at = end;
      }
      return result();
    } finally {
      this.out.end();
    }
  }

  private encodePieces(
    bytes: Uint8Array,
    from: number,
    to: number,
    signal: CancelSignal,
    progress: Progress | undefined,
  ): void {
    const { scanner } = this;
    let pieces = 0;
    for (let start = from; start < to; ) {
      if (pieces++ % LOOK_EVERY === 0) {
        lookAt(signal);
      }
      const end = scanner(bytes, start, to);
      this.encodePiece(bytes, start, end, signal);
      start = end;
      progress?.reached(end);
    }
  }

  private encodePiece(bytes: Uint8Array, start: number, end: number, signal: CancelSignal): void {
    const { out, cache } = this;
    if (end - start > LONGEST_CACHED) {
      this.encodeLong(bytes, start, end, signal);
      return;
    }
    const hashed = hash(bytes, start, end);
    const whole = this.table.find(bytes, start, end, hashed);
    if (whole !== -1) {
      out.push(whole);
      return;
    }
    const entry = cache.find(bytes, start, end, hashed);
    if (entry === -1) {
      const from = out.length;
      this.merger.merge(bytes, start, end, signal, out);
      cache.add(bytes, start, end, hashed, out.since(from));
      return;
    }
    const last = cache.lastId(entry);
    for (let i = cache.firstId(entry); i < last; i++) {
      out.push(cache.ids[i]!);
    }
  }

  private encodeLong(bytes: Uint8Array, start: number, end: number, signal: CancelSignal): void {
    const whole = this.table.find(bytes, start, end);
    if (whole === -1) {
      this.merger.merge(bytes, start, end, signal, this.out);
    } else {
      this.out.push(whole);
    }
  }
}

function knownScanner(name: string, pattern: string): Scanner {
  const scanner = scannerOf(pattern);
  if (scanner === undefined) {
    throw new Fault('bad-input', `There is no scanner for the pattern of "${name}".`, {
      where: pattern.slice(0, 200),
      remedy: 'Run it as a definition: tokenizerOf in pipeline.ts takes any pattern.',
    });
  }
  return scanner;
}

/** Tells now and then how many UTF-16 units are done. */
class Progress {
  private readonly bytes: Uint8Array;
  private readonly tell: (doneUtf16: number) => void;
  private told = 0;
  private toldUtf16 = 0;

  constructor(bytes: Uint8Array, tell: (doneUtf16: number) => void) {
    this.bytes = bytes;
    this.tell = tell;
  }

  /** @param end bytes done */
  reached(end: number): void {
    if (end - this.told < REPORT_EVERY) {
      return;
    }
    for (; this.told < end; this.told += characterLength(this.bytes[this.told]!)) {
      this.toldUtf16 += this.bytes[this.told]! >= 0xf0 ? 2 : 1;
    }
    this.tell(this.toldUtf16);
  }
}
