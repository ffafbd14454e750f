// What the scanners of the published patterns have in common: endings of English words, and white space.

import { characterLength } from '../bytes.ts';
import { classAt, NEWLINE, WHITE } from './characterClasses.ts';

/**
 * Where the pre-token that begins at `start` ends, in UTF-8 `bytes` of which `end` is the text's own end. Each finds
 * what its pattern finds, in one pass and without a stack: a regular expression keeps a way back for every letter of a
 * run, which a run of millions can exhaust.
 */
export type Scanner = (bytes: Uint8Array, start: number, end: number) => number;

export const SPACE = 0x20;
export const APOSTROPHE = 0x27;

/** The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `at`, where an apostrophe is, in small letters; else -1. */
export function contractionEnd(bytes: Uint8Array, at: number, end: number): number {
  return endingAt(at + 1 < end ? bytes[at + 1]! : 0, at + 2 < end ? bytes[at + 2]! : 0, at);
}

/** As {@link contractionEnd}, in letters of any case; the long s (U+017F) is one of the cases of `s`. */
export function anyCaseContractionEnd(bytes: Uint8Array, at: number, end: number): number {
  const one = at + 1 < end ? bytes[at + 1]! : 0;
  const two = at + 2 < end ? bytes[at + 2]! : 0;
  return one === 0xc5 && two === 0xbf ? at + 3 : endingAt(smallLetter(one), smallLetter(two), at);
}

function smallLetter(byte: number): number {
  return byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte;
}

function endingAt(one: number, two: number, at: number): number {
  switch (one) {
    case 0x73: // s
    case 0x74: // t
    case 0x6d: // m
    case 0x64: // d
      return at + 2;
    case 0x72: // r
    case 0x76: // v
      return two === 0x65 ? at + 3 : -1;
    case 0x6c: // l
      return two === 0x6c ? at + 3 : -1;
    default:
      return -1;
  }
}

/**
 * `\s+(?!\S)|\s+`: at the text's end all of the run of white space at `start`, else all but its last character, which
 * the next pre-token may want; a single one is taken.
 */
export function whiteEnd(bytes: Uint8Array, start: number, end: number): number {
  let last = start;
  let at = start;
  while (at < end && (classAt(bytes, at) & WHITE) !== 0) {
    last = at;
    at += characterLength(bytes[at]!);
  }
  return at === end || last === start ? at : last;
}

/** `\s*[\r\n]+|\s+(?!\S)|\s+`: up to the run's last line break where it has one, else as {@link whiteEnd}. */
export function whiteEndByLines(bytes: Uint8Array, start: number, end: number): number {
  let last = start;
  let afterBreak = -1;
  let at = start;
  while (at < end) {
    const kind = classAt(bytes, at);
    if ((kind & WHITE) === 0) {
      break;
    }
    last = at;
    at += characterLength(bytes[at]!);
    if ((kind & NEWLINE) !== 0) {
      afterBreak = at;
    }
  }
  if (afterBreak !== -1) {
    return afterBreak;
  }
  return at === end || last === start ? at : last;
}
