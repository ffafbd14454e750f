// What a model does in the pipeline: it cuts one word, a stretch of normalised text, into tokens.

import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';

/** The tokens of one word. */
export interface WordTokens {
  /**
   * One token after the other.
   *
   * @param start UTF-16 offsets into the word, and
   * @param end behind it
   * @param byte the one byte that it stands for, where it stands for a byte of a character; else -1
   */
  add(id: number, start: number, end: number, byte: number): void;
}

export interface PieceModel {
  /** @throws Fault `cancelled`; `too-large` for a word too long to work on; `bad-input` for one that has no tokens. */
  tokenize(word: string, tokens: WordTokens, signal: CancelSignal): void;
}

/** Most UTF-16 units in one word: what a model keeps for each takes up to forty bytes. */
export const LONGEST_WORD = 16 * 1024 * 1024;

/** Steps between two looks at the cancel signal; one less than a power of two. */
export const LOOK_MASK = 0xffff;

/** @throws Fault `cancelled` */
export function lookAt(signal: CancelSignal): void {
  if (signal.cancelled) {
    throw new Fault('cancelled', 'Encoding was cancelled.');
  }
}

/** @throws Fault `too-large` for a word that is too long to work on. */
export function checkLength(word: string): void {
  if (word.length > LONGEST_WORD) {
    throw new Fault('too-large', `A stretch of ${word.length.toLocaleString('en')} characters has no word border.`, {
      remedy: 'Take a part of the text at a time.',
    });
  }
}
