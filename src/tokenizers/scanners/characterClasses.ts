// What kind each character is, for scanners that read UTF-8 bytes: the Unicode categories that published pre-tokenizer
// patterns ask for, one bit each. Not handled: bytes that are not UTF-8.

/** Lu and Lt: letters that begin a name. */
export const UPPER = 1;
/** Ll */
export const LOWER = 2;
/** Lm and Lo: letters of scripts that don't know capitals, and modifiers. */
export const UNCASED = 4;
/** \p{M}: accents and other signs upon letters. */
export const MARK = 8;
/** \p{N} */
export const NUMBER = 16;
/** Unicode's White_Space. */
export const WHITE = 32;
/** Carriage return and line feed, which are {@link WHITE} too. */
export const NEWLINE = 64;
/** None of these: punctuation, symbols, controls. */
export const SIGN = 128;
/** \p{L} */
export const LETTER = UPPER | LOWER | UNCASED;

const kinds: readonly (readonly [RegExp, number])[] = [
  [/^[\p{Lu}\p{Lt}]$/u, UPPER],
  [/^\p{Ll}$/u, LOWER],
  [/^[\p{Lm}\p{Lo}]$/u, UNCASED],
  [/^\p{M}$/u, MARK],
  [/^\p{N}$/u, NUMBER],
  [/^[\r\n]$/u, WHITE | NEWLINE],
  [/^\p{White_Space}$/u, WHITE],
];

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  return kinds.find(([pattern]) => pattern.test(character))?.[1] ?? SIGN;
}

/** Of each code point met so far, 0 where none was: filled as texts need it, ASCII at once. */
const known = new Uint8Array(0x110000);
for (let codePoint = 0; codePoint < 0x80; codePoint++) {
  known[codePoint] = classify(codePoint);
}

/** The classes of the character that begins at `at`. */
export function classAt(bytes: Uint8Array, at: number): number {
  const lead = bytes[at]!;
  return lead < 0x80 ? known[lead]! : classBeyondAscii(bytes, at, lead);
}

/** Where the run of characters that have one of the classes in `mask` ends; `from` itself where it has none. */
export function runEnd(bytes: Uint8Array, from: number, end: number, mask: number): number {
  let at = from;
  while (at < end) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      if ((known[lead]! & mask) === 0) {
        break;
      }
      at++;
    } else {
      if ((classBeyondAscii(bytes, at, lead) & mask) === 0) {
        break;
      }
      at += lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    }
  }
  return at;
}

function classBeyondAscii(bytes: Uint8Array, at: number, lead: number): number {
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
    found = classify(codePoint);
    known[codePoint] = found;
  }
  return found;
}
