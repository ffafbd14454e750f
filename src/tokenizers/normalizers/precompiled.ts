// Applies SentencePiece's table of replacements (charsMap.ts) to a text, with alignment, as Hugging Face's tokenizers
// does: grapheme by grapheme. One thing it does otherwise: what goes at the very beginning of a text shifts all the
// ranges behind it there, and here it doesn't.

import { type AlignedText, isHighSurrogate, Rewriter } from '../alignedText.ts';
import { bytesOfUnit } from '../byteCharacters.ts';
import type { CharsMap } from './charsMap.ts';

/** A longer grapheme (in bytes) is never looked up as a whole. */
const LONGEST_GRAPHEME = 5;

/**
 * Where a grapheme may be more than one ASCII character: a line end of two, and runs of other characters with the one
 * before and behind (marks go with a letter before them, some Arabic signs with the digit behind).
 */
const GRAPHEME_RUNS = /\r\n|\p{ASCII}?(?:\P{ASCII}+[^\P{ASCII}\r]?)+/gu;

/**
 * Replaces each grapheme that the table knows, and of others each character that it knows. A replacement's characters
 * have the ranges of those replaced, one after the other; what is left over on either side has the last one's.
 */
export function precompiled(source: AlignedText, charsMap: CharsMap): AlignedText {
  const { text } = source;
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const replacements = new Replacements(source);
  let at = 0;
  const ascii = (to: number) => {
    for (; at < to; at++) {
      const found = charsMap.findAscii(text.charCodeAt(at));
      if (found !== undefined) {
        replacements.replace(text[at]!, found, at);
      }
    }
  };
  for (const match of text.matchAll(GRAPHEME_RUNS)) {
    ascii(match.index);
    for (const { segment } of segmenter.segment(match[0])) {
      at = replaceGrapheme(segment, at, charsMap, replacements);
    }
  }
  ascii(text.length);
  return replacements.changed ? replacements.finish() : source;
}

function replaceGrapheme(grapheme: string, from: number, charsMap: CharsMap, replacements: Replacements): number {
  const whole = isShort(grapheme) ? charsMap.find(grapheme) : undefined;
  if (whole !== undefined) {
    replacements.replace(grapheme, whole, from);
    return from + grapheme.length;
  }
  let at = from;
  for (const character of grapheme) {
    const found = charsMap.find(character);
    if (found !== undefined) {
      replacements.replace(character, found, at);
    }
    at += character.length;
  }
  return at;
}

/** Whether its UTF-8 has no more bytes than {@link LONGEST_GRAPHEME}. */
function isShort(grapheme: string): boolean {
  let bytes = 0;
  for (let at = 0; at < grapheme.length && bytes <= LONGEST_GRAPHEME; at++) {
    bytes += bytesOfUnit(grapheme.charCodeAt(at));
  }
  return bytes <= LONGEST_GRAPHEME;
}

/**
 * Keeps the last character back until what follows is known: where something is replaced by nothing, it is the
 * character before that takes it along.
 */
class Replacements {
  changed = false;
  private readonly text: string;
  private readonly rewriter: Rewriter;
  /** Unit of the text up to which all is written or in `last`. */
  private done = 0;
  private last: { readonly character: string; readonly change: number } | undefined;

  constructor(source: AlignedText) {
    this.text = source.text;
    this.rewriter = new Rewriter(source);
  }

  /** The characters of `old`, which stands at unit `at`, become `replacement`; what stands before stays. */
  replace(old: string, replacement: string, at: number): void {
    this.changed = true;
    this.keep(at);
    this.done = at + old.length;
    const count = [...old].length;
    const characters = [...replacement];
    characters.forEach((character, i) => {
      this.flush();
      this.last = { character, change: i >= count ? 1 : 0 };
    });
    const fewer = count - characters.length;
    if (fewer > 0 && this.last) {
      this.last = { character: this.last.character, change: this.last.change - fewer };
    } else if (fewer > 0) {
      this.rewriter.skip(fewer);
    }
  }

  finish(): AlignedText {
    this.keep(this.text.length);
    this.flush();
    return this.rewriter.finish();
  }

  private keep(to: number): void {
    if (to === this.done) {
      return;
    }
    this.flush();
    const from = to >= 2 && isHighSurrogate(this.text.charCodeAt(to - 2)) ? to - 2 : to - 1;
    this.rewriter.keep(from);
    this.last = { character: this.text.slice(from, to), change: 0 };
    this.done = to;
  }

  private flush(): void {
    if (this.last) {
      this.rewriter.put(this.last.character, this.last.change);
      this.last = undefined;
    }
  }
}
