// Text and its UTF-8 bytes: there, back, and where the characters begin. Bytes are what a byte-level tokenizer cuts.
// Not handled: other encodings than UTF-8, and grapheme clusters (a flag is two characters here).

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The UTF-8 bytes of `text`. Half of a surrogate pair standing alone is no character and has no bytes: U+FFFD's three
 * stand in for it, as the Encoding standard wants.
 *
 * Example: `utf8('é!')` is `[0xc3, 0xa9, 0x21]`.
 */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text that `bytes` spell, or null when they are not whole characters. A byte order mark is kept. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return strictDecoder.decode(bytes);
  } catch {
    return null;
  }
}

/** How many halves of surrogate pairs stand alone in `text`. */
export function countLoneSurrogates(text: string): number {
  // Nearly no text has one, and the search for the first is fast.
  const lone = /\p{Surrogate}/gu;
  let count = 0;
  while (lone.test(text)) {
    count++;
  }
  return count;
}

/** Bytes that the character beginning with `leadByte` has: 1 to 4. */
export function characterLength(leadByte: number): number {
  if (leadByte < 0x80) {
    return 1;
  }
  if (leadByte < 0xe0) {
    return 2;
  }
  return leadByte < 0xf0 ? 3 : 4;
}

/** True for a byte inside a character: 10xxxxxx. */
export function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/**
 * A piece for people's eyes: whole characters as they are, and each byte of a cut character as two hexadecimal digits
 * in guillemets.
 *
 * Example: `spell(new Uint8Array([0x61, 0xc3]))` is `a‹C3›`.
 */
export function spell(bytes: ArrayLike<number>): string {
  const all = Uint8Array.from(bytes);
  const whole = textOf(all);
  if (whole !== null) {
    return whole;
  }
  let spelled = '';
  for (let at = 0; at < all.length; ) {
    const length = characterLength(all[at]!);
    const character = textOf(all.subarray(at, at + length));
    if (character === null) {
      spelled += `‹${all[at]!.toString(16).toUpperCase().padStart(2, '0')}›`;
      at++;
    } else {
      spelled += character;
      at += length;
    }
  }
  return spelled;
}
