// The borders of the pre-tokens of cl100k, Llama 3 and Qwen 2 in UTF-8 bytes: three patterns that differ only in how
// many digits stay together. Checked against the patterns themselves (patterns.ts) on random texts.

import { characterLength } from '../bytes.ts';
import { classAt, LETTER, MARK, NEWLINE, NUMBER, runEnd, SIGN, WHITE } from './characterClasses.ts';
import { APOSTROPHE, anyCaseContractionEnd, type Scanner, SPACE, whiteEndByLines } from './scanning.ts';

/** cl100k's and Llama 3's. Example: in the bytes of `.length 1234` the pre-tokens end at 7, 8, 11 and 12. */
export const cl100kPreTokenEnd: Scanner = (bytes, start, end) => preTokenEnd(bytes, start, end, 3);

/** Qwen 2's: every digit by itself. */
export const qwen2PreTokenEnd: Scanner = (bytes, start, end) => preTokenEnd(bytes, start, end, 1);

function preTokenEnd(bytes: Uint8Array, start: number, end: number, digits: number): number {
  const first = bytes[start]!;
  if (first === APOSTROPHE) {
    const ending = anyCaseContractionEnd(bytes, start, end);
    if (ending !== -1) {
      return ending;
    }
  }
  const kind = classAt(bytes, start);
  const next = start + characterLength(first);
  if ((kind & LETTER) !== 0) {
    return runEnd(bytes, next, end, LETTER);
  }
  if ((kind & NUMBER) !== 0) {
    return numberEnd(bytes, next, end, digits);
  }
  // A word takes the one character before it along: a space, a tab, a dot.
  const following = next < end ? classAt(bytes, next) : WHITE;
  if ((kind & NEWLINE) === 0 && (following & LETTER) !== 0) {
    return runEnd(bytes, next, end, LETTER);
  }
  if ((kind & WHITE) === 0) {
    return signsEnd(bytes, next, end);
  }
  if (first === SPACE && (following & (SIGN | MARK)) !== 0) {
    return signsEnd(bytes, next, end);
  }
  return whiteEndByLines(bytes, start, end);
}

/** `\p{N}{1,3}`, of which `at` is behind the first. */
export function numberEnd(bytes: Uint8Array, at: number, end: number, digits: number): number {
  let to = at;
  for (let i = 1; i < digits && to < end && (classAt(bytes, to) & NUMBER) !== 0; i++) {
    to += characterLength(bytes[to]!);
  }
  return to;
}

/** `[^\s\p{L}\p{N}]*[\r\n]*`: signs take the line breaks after them along. */
function signsEnd(bytes: Uint8Array, at: number, end: number): number {
  return runEnd(bytes, runEnd(bytes, at, end, SIGN | MARK), end, NEWLINE);
}
