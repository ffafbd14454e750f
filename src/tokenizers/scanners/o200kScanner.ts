// The borders of o200k's pre-tokens in UTF-8 bytes. Its words end where small letters are followed by a capital, as in
// `camelCase`. Checked against the pattern itself (patterns.ts) on random texts.

import { characterLength } from '../bytes.ts';
import {
  classAt,
  LETTER,
  LOWER,
  MARK,
  NEWLINE,
  NUMBER,
  runEnd,
  SIGN,
  UNCASED,
  UPPER,
  WHITE,
} from './characterClasses.ts';
import { numberEnd } from './cl100kScanner.ts';
import { APOSTROPHE, anyCaseContractionEnd, SPACE, whiteEndByLines } from './scanning.ts';

/** `[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]` */
const CAPITALS = UPPER | UNCASED | MARK;
/** `[\p{Ll}\p{Lm}\p{Lo}\p{M}]`; what both have in common is {@link EITHER}. */
const SMALL = LOWER | UNCASED | MARK;
const EITHER = UNCASED | MARK;

const SLASH = 0x2f;

/**
 * A {@link Scanner} for o200k's pattern.
 *
 * Example: in the bytes of `camelCase it's` the pre-tokens end at 5, 9 and 14.
 */
export function o200kPreTokenEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start]!;
  const kind = classAt(bytes, start);
  const next = start + characterLength(first);
  if ((kind & LETTER) !== 0) {
    return contracted(bytes, wordEnd(bytes, start, end), end);
  }
  if ((kind & NUMBER) !== 0) {
    return numberEnd(bytes, next, end, 3);
  }
  const following = next < end ? classAt(bytes, next) : WHITE;
  if ((kind & NEWLINE) === 0) {
    const word = prefixedWordEnd(bytes, next, end, kind, following);
    if (word !== -1) {
      return contracted(bytes, word, end);
    }
  }
  if ((kind & WHITE) === 0 || (first === SPACE && (following & (SIGN | MARK)) !== 0)) {
    return signsEnd(bytes, next, end);
  }
  return whiteEndByLines(bytes, start, end);
}

/**
 * A word from `next` on after one character that is no letter, number or line break, or -1. A mark may be that character, and may as
 * well be the word's first letter: the pattern tries the one after the other, and its two halves in that order.
 */
function prefixedWordEnd(bytes: Uint8Array, next: number, end: number, kind: number, following: number): number {
  if ((following & (LETTER | MARK)) === 0) {
    return (kind & MARK) !== 0 ? next : -1;
  }
  if ((kind & MARK) === 0) {
    return wordEnd(bytes, next, end);
  }
  // Capitals alone behind a mark: the first half of the pattern gives up its prefix, and ends with the mark.
  return endsSmall(bytes, next, end) ? wordEnd(bytes, next, end) : next;
}

/** True where `[capitals]*[small]+` fits at `from`. */
function endsSmall(bytes: Uint8Array, from: number, end: number): boolean {
  const capitalsEnd = runEnd(bytes, from, end, UPPER);
  return capitalsEnd < end && (classAt(bytes, capitalsEnd) & SMALL) !== 0;
}

/**
 * `[capitals]*[small]+|[capitals]+[small]*` without contraction, where a letter or mark is at `start`. Where no small
 * letter follows the capitals, the last character that is both has to be the small one, and the word ends with it.
 */
function wordEnd(bytes: Uint8Array, start: number, end: number): number {
  let afterEither = -1;
  let at = start;
  while (at < end) {
    const kind = classAt(bytes, at);
    if ((kind & CAPITALS) === 0) {
      if ((kind & LOWER) !== 0) {
        return runEnd(bytes, at, end, SMALL);
      }
      break;
    }
    at += characterLength(bytes[at]!);
    if ((kind & EITHER) !== 0) {
      afterEither = at;
    }
  }
  return afterEither === -1 ? at : afterEither;
}

/** An English ending after a word is part of it. */
function contracted(bytes: Uint8Array, at: number, end: number): number {
  if (at < end && bytes[at] === APOSTROPHE) {
    const ending = anyCaseContractionEnd(bytes, at, end);
    return ending === -1 ? at : ending;
  }
  return at;
}

/** `[^\s\p{L}\p{N}]*[\r\n/]*`: signs take line breaks and slashes after them along. */
function signsEnd(bytes: Uint8Array, at: number, end: number): number {
  let to = runEnd(bytes, at, end, SIGN | MARK);
  while (to < end && (bytes[to] === SLASH || (classAt(bytes, to) & NEWLINE) !== 0)) {
    to++;
  }
  return to;
}
