// What a model does in the pipeline: it cuts one word, a stretch of normalised text, into tokens.

import type { CancelSignal } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { lookAt } from '../faults.ts';

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

/** Steps down a trie that any word may take, and that each of its UTF-16 units adds: pieces are far shorter than that. */
const FREE_STEPS = 1_000_000;
const MOST_STEPS_A_UNIT = 1000;

/**
 * To be asked now and then by what looks for the longest piece at each place of a text: pieces made as long as texts
 * would make its time grow with the square of the text.
 *
 * @param units how long the text is, in UTF-16
 * @throws Fault `cancelled`; `too-large` when the pieces are too long for this text.
 */
export function holdSteps(steps: number, units: number, signal: CancelSignal): void {
  lookAt(signal);
  if (steps > FREE_STEPS + MOST_STEPS_A_UNIT * units) {
    throw new Fault('too-large', `The vocabulary has pieces too long to look for in ${units} characters.`, {
      where: 'the pieces of the vocabulary',
      remedy: 'Take a shorter text, or a tokenizer whose pieces are words and parts of words.',
    });
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
