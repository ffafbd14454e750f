// A text that was changed, and where each of its characters came from. The rules are those of Hugging Face's
// `NormalizedString`, so that offsets come out the same: a character that takes another's place has that one's range,
// a new one has the range of the character before it, and what is taken out has none.

import { holdGrowth } from './growth.ts';

/** Half a surrogate pair standing alone is no character: U+FFFD stands in for it, as the Encoding standard wants. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

export class AlignedText {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where its character begins and ends in the text as it was given, in UTF-16. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Where the stretch that this was made of begins in the text as it was given. */
  readonly base: number;

  constructor(text: string, starts: Uint32Array, ends: Uint32Array, base: number) {
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    this.base = base;
  }

  /**
   * A stretch of the given text as it is.
   *
   * Example: `AlignedText.of('a👍', 5)` has the ranges 5 to 6 and, for both halves of the hand, 6 to 8.
   *
   * @param base where the stretch begins in the given text
   */
  static of(given: string, base: number): AlignedText {
    const text = given.replace(LONE_SURROGATES, '\ufffd');
    const starts = new Uint32Array(text.length);
    const ends = new Uint32Array(text.length);
    for (let at = 0; at < text.length; at++) {
      starts[at] = base + at;
      ends[at] = base + at + 1;
      if (isHighSurrogate(text.charCodeAt(at))) {
        ends[at] = base + at + 2;
        starts[at + 1] = base + at;
        ends[at + 1] = base + at + 2;
        at++;
      }
    }
    return new AlignedText(text, starts, ends, base);
  }

  /** Other characters in the places of these, each as long in UTF-16 as the one before. */
  withText(text: string): AlignedText {
    return new AlignedText(text, this.starts, this.ends, this.base);
  }

  slice(from: number, to: number): AlignedText {
    const starts = this.starts.subarray(from, to);
    return new AlignedText(this.text.slice(from, to), starts, this.ends.subarray(from, to), starts[0] ?? this.base);
  }
}

/** Makes a changed text out of one, from left to right. */
export class Rewriter {
  private readonly source: AlignedText;
  private readonly parts: string[] = [];
  private starts: Uint32Array;
  private ends: Uint32Array;
  private length = 0;
  /** The first unit of the source that was neither taken over nor left out. */
  private at = 0;

  constructor(source: AlignedText) {
    this.source = source;
    this.starts = new Uint32Array(source.text.length + 16);
    this.ends = new Uint32Array(source.text.length + 16);
  }

  /** Takes the source over as it is, up to the unit `to`. */
  keep(to: number): void {
    if (to <= this.at) {
      return;
    }
    this.parts.push(this.source.text.slice(this.at, to));
    const count = to - this.at;
    this.room(count);
    this.starts.set(this.source.starts.subarray(this.at, to), this.length);
    this.ends.set(this.source.ends.subarray(this.at, to), this.length);
    this.length += count;
    this.at = to;
  }

  /** Leaves the source's next characters out. */
  skip(characters: number): void {
    const { text } = this.source;
    for (let i = 0; i < characters && this.at < text.length; i++) {
      this.at += isHighSurrogate(text.charCodeAt(this.at)) ? 2 : 1;
    }
  }

  /** Leaves the source out up to the unit `to`. */
  skipTo(to: number): void {
    this.at = Math.max(this.at, to);
  }

  /**
   * Puts `character` in; of new ones it may be several.
   *
   * @param change 0: for the source's next character; 1: as a new one; -n: for the next one, and n after it go
   */
  put(character: string, change: number): void {
    const { starts, ends, base } = this.source;
    const last = starts.length - 1;
    const like = change > 0 ? Math.min(this.at - 1, last) : Math.min(this.at, last);
    this.parts.push(character);
    this.room(character.length);
    for (let i = 0; i < character.length; i++) {
      this.starts[this.length] = like < 0 ? base : starts[like]!;
      this.ends[this.length++] = like < 0 ? base : ends[like]!;
    }
    if (change <= 0) {
      this.skip(1 - change);
    }
  }

  finish(): AlignedText {
    const { starts, ends, length } = this;
    return new AlignedText(this.parts.join(''), starts.subarray(0, length), ends.subarray(0, length), this.source.base);
  }

  private room(more: number): void {
    if (this.length + more <= this.starts.length) {
      return;
    }
    holdGrowth(this.length + more, this.source.text.length);
    const size = Math.max(this.length + more, this.starts.length * 2);
    this.starts = grown(this.starts, size);
    this.ends = grown(this.ends, size);
  }
}

export function isHighSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

function grown(array: Uint32Array, size: number): Uint32Array {
  const larger = new Uint32Array(size);
  larger.set(array);
  return larger;
}
