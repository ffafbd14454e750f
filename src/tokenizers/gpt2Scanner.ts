// Finds the borders of GPT-2's pre-tokens in UTF-8 bytes by hand, in one pass and without a stack: a regular
// expression keeps a way back for every letter of a run, which a run of millions can exhaust.
// Checked against the pattern itself (preTokenizer.ts) on random texts.

import { characterLength } from './bytes.ts';

const OTHER = 0;
const LETTER = 1;
const NUMBER = 2;
const WHITE = 3;

const SPACE = 0x20;
const APOSTROPHE = 0x27;

const letter = /^\p{L}$/u;
const number = /^\p{N}$/u;
const white = /^\p{White_Space}$/u;

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (letter.test(character)) {
    return LETTER;
  }
  if (number.test(character)) {
    return NUMBER;
  }
  return white.test(character) ? WHITE : OTHER;
}

const asciiClass = Uint8Array.from({ length: 128 }, (_, codePoint) => classify(codePoint));

/** 1 + class of each code point met so far, 0 where none was: filled as texts need it. */
const known = new Uint8Array(0x110000);

function classAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  if (lead < 0x80) {
    return asciiClass[lead]!;
  }
  let codePoint: number;
  if (lead < 0xe0) {
    codePoint = ((lead & 0x1f) << 6) | (bytes[at + 1]! & 0x3f);
  } else if (lead < 0xf0) {
    codePoint = ((lead & 0x0f) << 12) | ((bytes[at + 1]! & 0x3f) << 6) | (bytes[at + 2]! & 0x3f);
  } else {
    const high = ((lead & 0x07) << 18) | ((bytes[at + 1]! & 0x3f) << 12);
    codePoint = high | ((bytes[at + 2]! & 0x3f) << 6) | (bytes[at + 3]! & 0x3f);
  }
  let found = known[codePoint]!;
  if (found === 0) {
    found = 1 + classify(codePoint);
    known[codePoint] = found;
  }
  return found - 1;
}

/**
 * Where the pre-token that begins at `start` ends. `bytes` must be UTF-8 and `start` a border or 0.
 *
 * Example: in the bytes of `a dog` the one that begins at 0 ends at 1, and the next at 5.
 */
export function gpt2PreTokenEnd(bytes: Uint8Array, start: number): number {
  const first = bytes[start]!;
  if (first === APOSTROPHE) {
    const ending = endingLength(bytes, start);
    if (ending > 0) {
      return start + ending;
    }
  }
  const next = start + characterLength(first);
  const kind = classAt(bytes, start);
  if (kind !== WHITE) {
    return runEnd(bytes, next, kind);
  }
  // One plain space belongs to the word, number or signs after it.
  if (first === SPACE && next < bytes.length) {
    const following = classAt(bytes, next);
    if (following !== WHITE) {
      return runEnd(bytes, next, following);
    }
  }
  return whiteEnd(bytes, start, next);
}

/** The end of a run of white space: at the text's end all of it, else all but its last character if it has two. */
function whiteEnd(bytes: Uint8Array, start: number, next: number): number {
  let last = start;
  let end = next;
  while (end < bytes.length && classAt(bytes, end) === WHITE) {
    last = end;
    end += characterLength(bytes[end]!);
  }
  return end === bytes.length || last === start ? end : last;
}

function runEnd(bytes: Uint8Array, from: number, kind: number): number {
  let end = from;
  while (end < bytes.length && classAt(bytes, end) === kind) {
    end += characterLength(bytes[end]!);
  }
  return end;
}

/** Length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` at `at`, else 0. Small letters only, as GPT-2 has it. */
function endingLength(bytes: Uint8Array, at: number): number {
  const one = String.fromCharCode(bytes[at + 1] ?? 0);
  if ('stmd'.includes(one)) {
    return 2;
  }
  const two = one + String.fromCharCode(bytes[at + 2] ?? 0);
  return two === 're' || two === 've' || two === 'll' ? 3 : 0;
}
