// GPT-2's 256 visible characters, one for each byte (Radford et al. 2019): byte-level vocabularies are written in them.

import { type AlignedText, Rewriter } from './alignedText.ts';
import { utf8 } from './bytes.ts';

/** Byte to character: what ASCII and Latin-1 show stands for itself, the others for U+0100 and on in their order. */
const BYTE_CHARACTERS: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isVisible(byte) ? byte : next++));
})();

/** Code to byte; -1 where a code is none of the 256. */
const CHARACTER_BYTES = new Int16Array(0x180).fill(-1);
BYTE_CHARACTERS.forEach((character, byte) => {
  CHARACTER_BYTES[character.charCodeAt(0)] = byte;
});

function isVisible(byte: number): boolean {
  return (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
}

/** Example: `byteCharacter(0x20)` is `Ġ`. */
export function byteCharacter(byte: number): string {
  return BYTE_CHARACTERS[byte]!;
}

/**
 * The bytes that a piece of a byte-level vocabulary stands for; undefined when it holds a character that is none of
 * the 256.
 *
 * Example: `bytesOfCharacters('Ġa')` is `[0x20, 0x61]`.
 */
export function bytesOfCharacters(piece: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = new Uint8Array(piece.length);
  for (let at = 0; at < piece.length; at++) {
    const byte = CHARACTER_BYTES[piece.charCodeAt(at)] ?? -1;
    if (byte === -1) {
      return undefined;
    }
    bytes[at] = byte;
  }
  return bytes;
}

/** Each byte of the text's UTF-8 as its visible character; all of a character's have that character's range. */
export function toByteCharacters(source: AlignedText): AlignedText {
  const rewriter = new Rewriter(source);
  const { text } = source;
  for (let at = 0; at < text.length; ) {
    const from = at;
    while (at < text.length && isVisibleAscii(text.charCodeAt(at))) {
      at++;
    }
    if (at > from) {
      rewriter.keep(at);
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(at)!);
    const visible = visibleOf(character);
    rewriter.put(visible[0]!, 0);
    if (visible.length > 1) {
      rewriter.put(visible.slice(1), 1);
    }
    at += character.length;
  }
  return rewriter.finish();
}

function isVisibleAscii(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

const visibles = new Map<string, string>();
const MOST_VISIBLES = 1 << 16;

/** A character's bytes as visible characters. */
function visibleOf(character: string): string {
  let visible = visibles.get(character);
  if (visible === undefined) {
    if (visibles.size === MOST_VISIBLES) {
      visibles.clear();
    }
    visible = Array.from(utf8(character), byteCharacter).join('');
    visibles.set(character, visible);
  }
  return visible;
}

/** Bytes of a UTF-16 unit in UTF-8. A surrogate pair has four: two for each half. */
export function bytesOfUnit(unit: number): number {
  if (unit < 0x80) {
    return 1;
  }
  return unit < 0x800 || (unit & 0xf800) === 0xd800 ? 2 : 3;
}
