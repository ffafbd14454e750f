// The tokens of one text by one tokenizer, read out of the arrays in which they travel, and mended in place where the
// text changes. Pure, no DOM. Nothing here makes an object for every token: five megabytes are over a million of them.

import { Fault } from '../../src/shared/errors.ts';
import type { EncodedText } from '../../src/shared/messages.ts';
import { NumberList } from './numberList.ts';
import { countCharacters, countLoneSurrogates, utf8Length } from './textCounts.ts';

/** What became of the tokens when a stretch of the text changed. */
export interface Spliced {
  /** First token that is another. */
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

export class TokenData {
  readonly encoding: string;
  text: string;
  /** UTF-8 bytes of the whole text. */
  textBytes: number;
  loneSurrogates: number;
  /** How the vocabulary writes an id, where that is not what it stands for in the text. */
  readonly pieces: Map<number, string>;
  private readonly idList: NumberList<Uint32Array<ArrayBuffer>>;
  private readonly starts: NumberList<Uint32Array<ArrayBuffer>>;
  private readonly ends: NumberList<Uint32Array<ArrayBuffer>>;
  private readonly fragments: NumberList<Uint8Array<ArrayBuffer>>;
  private readonly byteEnds: NumberList<Uint32Array<ArrayBuffer>>;
  private readonly byteList: NumberList<Uint8Array<ArrayBuffer>>;
  private counted: number | undefined;

  /** @throws Fault `bad-input` when the arrays don't belong together. */
  constructor(text: string, encoded: EncodedText) {
    checkFit(text, encoded);
    this.text = text;
    this.encoding = encoded.encoding;
    this.textBytes = encoded.textBytes;
    this.loneSurrogates = encoded.loneSurrogates;
    this.pieces = new Map(encoded.pieces ?? []);
    this.idList = new NumberList(new Uint32Array(encoded.ids));
    this.starts = new NumberList(new Uint32Array(encoded.starts));
    this.ends = new NumberList(new Uint32Array(encoded.ends));
    this.byteList = new NumberList(new Uint8Array(encoded.bytes));
    this.fragments = new NumberList(new Uint8Array(encoded.fragment));
    this.byteEnds = new NumberList(new Uint32Array(encoded.byteEnds));
  }

  get count(): number {
    return this.idList.length;
  }

  /** Of each token; not to be kept over a change. */
  get ids(): Uint32Array {
    return this.idList.array;
  }

  /** Of all tokens, one after the other; not to be kept over a change. */
  get bytes(): Uint8Array {
    return this.byteList.array;
  }

  id(token: number): number {
    return this.idList.at(token);
  }

  /** UTF-16 offset where the token, or the first character that it is a part of, starts. */
  start(token: number): number {
    return this.starts.at(token);
  }

  /** UTF-16 offset where the token, or the last character that it is a part of, ends. */
  end(token: number): number {
    return this.ends.at(token);
  }

  /** Of the tokens' bytes; where nothing is dropped these are the text's UTF-8 offsets too. */
  byteStart(token: number): number {
    return this.byteEnds.at(token);
  }

  byteEnd(token: number): number {
    return this.byteEnds.at(token + 1);
  }

  bytesOf(token: number): Uint8Array {
    return this.bytes.subarray(this.byteStart(token), this.byteEnd(token));
  }

  isFragment(token: number): boolean {
    return this.fragments.at(token) === 1;
  }

  /** The token's own text; null when its bytes are not whole characters. */
  textOf(token: number): string | null {
    return this.isFragment(token) ? null : this.text.slice(this.start(token), this.end(token));
  }

  /** The first token that reaches past a UTF-16 offset; the last token at the text's end; -1 when there are none. */
  tokenAt(offset: number): number {
    return Math.min(this.ends.below(offset + 1), this.count - 1);
  }

  /** The first token that starts at or after an offset; the count where none does. */
  firstFrom(offset: number): number {
    return this.starts.below(offset);
  }

  /** How many characters (Unicode code points; a lone surrogate is one). Counted when first asked for. */
  get characters(): number {
    this.counted ??= countCharacters(this.text);
    return this.counted;
  }

  /**
   * `start .. end` of the text became `text`, whose own tokens are `encoded`: those that start in it are replaced, those
   * behind it move.
   *
   * @throws Fault `bad-input` when the arrays don't belong together, or the stretch is not within the text; nothing has
   *   changed then.
   */
  splice(start: number, end: number, text: string, encoded: EncodedText): Spliced {
    checkFit(text, encoded);
    if (!(start >= 0 && start <= end && end <= this.text.length) || encoded.encoding !== this.encoding) {
      throw misfit();
    }
    const first = this.firstFrom(start);
    // At the text's end tokens without any width may stand behind its last character: they are the stretch's too.
    const behind = end === this.text.length ? this.count : this.firstFrom(end);
    const removed = behind - first;
    const firstByte = this.byteStart(first);
    const removedBytes = this.byteStart(behind) - firstByte;
    const old = this.text.slice(start, end);
    const added = encoded.count;
    const places = (buffer: ArrayBuffer) => new Uint32Array(buffer).map((offset) => offset + start);
    this.idList.splice(first, removed, new Uint32Array(encoded.ids));
    this.starts.splice(first, removed, places(encoded.starts));
    this.ends.splice(first, removed, places(encoded.ends));
    this.fragments.splice(first, removed, new Uint8Array(encoded.fragment));
    this.byteList.splice(firstByte, removedBytes, new Uint8Array(encoded.bytes));
    const byteEnds = new Uint32Array(encoded.byteEnds).subarray(1).map((at) => at + firstByte);
    this.byteEnds.splice(first + 1, removed, byteEnds);
    const moved = text.length - (end - start);
    this.starts.shift(first + added, moved);
    this.ends.shift(first + added, moved);
    this.byteEnds.shift(first + added + 1, encoded.bytes.byteLength - removedBytes);
    for (const [id, piece] of encoded.pieces ?? []) {
      this.pieces.set(id, piece);
    }
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    this.textBytes += encoded.textBytes - utf8Length(old);
    this.loneSurrogates += encoded.loneSurrogates - countLoneSurrogates(old);
    if (this.counted !== undefined) {
      this.counted += countCharacters(text) - countCharacters(old);
    }
    return { first, removed, added };
  }
}

/** @throws Fault `bad-input` */
function checkFit(text: string, encoded: EncodedText): void {
  const { count, ids, starts, ends, fragment, byteEnds, bytes } = encoded;
  const words = [ids, starts, ends];
  const fits =
    words.every((buffer) => buffer.byteLength === 4 * count) &&
    fragment.byteLength === count &&
    byteEnds.byteLength === 4 * (count + 1) &&
    new Uint32Array(byteEnds)[count] === bytes.byteLength &&
    (count === 0 || (new Uint32Array(ends)[count - 1] as number) <= text.length) &&
    // Where nothing was dropped the tokens reach to the end.
    (bytes.byteLength !== encoded.textBytes || count === 0 || new Uint32Array(ends)[count - 1] === text.length);
  if (!fits) {
    throw misfit();
  }
}

function misfit(): Fault {
  return new Fault('bad-input', 'The tokens and the text that came with them do not belong together.', {
    remedy: 'Load again.',
  });
}
