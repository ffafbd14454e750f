// A definition's decoders: pieces back to a text, as Hugging Face's tokenizers does it. Each takes the list of pieces
// that the one before it made. Bytes that are no whole characters stay bytes where they come from a byte-level
// vocabulary, and are U+FFFD where they come from byte fallback.

import { bytesOfCharacters } from './byteCharacters.ts';
import { textOf, utf8 } from './bytes.ts';
import type { DecoderSpec } from './definition.ts';
import { holdGrowth, holdLength } from './growth.ts';
import { type Finder, finderOf } from './matching.ts';
import { byteOfPiece } from './models/knownPieces.ts';

type Decode = (pieces: readonly string[]) => readonly string[];

/**
 * @returns what makes UTF-8 of a list of pieces. Without decoders pieces are joined with spaces.
 * @throws Fault `bad-input` for a regular expression that can't be used.
 */
export function decoderOf(specs: readonly DecoderSpec[]): (pieces: readonly string[]) => Uint8Array {
  if (specs.length === 0) {
    return (pieces) => {
      holdLength(unitsIn(pieces));
      return utf8(pieces.join(' '));
    };
  }
  const last = specs.at(-1)!;
  const bytes = last.type === 'byte-level';
  const steps = (bytes ? specs.slice(0, -1) : specs).map(stepOf);
  return (pieces) => {
    const given = unitsIn(pieces);
    holdLength(given);
    const decoded = steps.reduce((list, step) => {
      const changed = step(list);
      const units = unitsIn(changed);
      holdGrowth(units, given);
      holdLength(units);
      return changed;
    }, pieces);
    return bytes ? joinBytes(decoded) : utf8(decoded.join(''));
  };
}

/** UTF-16 units of the pieces, and one for each. */
function unitsIn(pieces: readonly string[]): number {
  return pieces.reduce((units, piece) => units + piece.length + 1, 0);
}

function stepOf(spec: DecoderSpec): Decode {
  switch (spec.type) {
    case 'byte-level':
      return (pieces) => [new TextDecoder('utf-8', { ignoreBOM: true }).decode(joinBytes(pieces))];
    case 'wordpiece':
      return (pieces) => pieces.map((piece, i) => wordPiece(piece, i, spec.prefix, spec.cleanup));
    case 'metaspace':
      return (pieces) =>
        pieces.map((piece, i) => piece.replaceAll(spec.replacement, i === 0 && spec.prepend !== 'never' ? '' : ' '));
    case 'bpe':
      return (pieces) => pieces.map((piece, i) => piece.replaceAll(spec.suffix, i === pieces.length - 1 ? '' : ' '));
    case 'byte-fallback':
      return byteFallback;
    case 'fuse':
      return (pieces) => [pieces.join('')];
    case 'strip':
      return (pieces) => pieces.map((piece) => strip(piece, spec.character, spec.start, spec.stop));
    case 'replace': {
      const finder = finderOf(spec.pattern);
      return (pieces) => pieces.map((piece) => replaceIn(piece, finder, spec.content));
    }
  }
}

/** A piece of visible characters as its bytes; a piece with any other character as it is. */
function joinBytes(pieces: readonly string[]): Uint8Array {
  const parts = pieces.map((piece) => bytesOfCharacters(piece) ?? utf8(piece));
  const joined = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** A space before each piece that begins a word, but for the first. */
function wordPiece(piece: string, place: number, prefix: string, cleanup: boolean): string {
  let text = piece;
  if (place !== 0) {
    text = piece.startsWith(prefix) ? piece.slice(prefix.length) : ` ${piece}`;
  }
  return cleanup ? cleaned(text) : text;
}

/** English as it is written, more or less: no space before a full stop, `do not` as `don't`. */
const CLEANUPS: readonly (readonly [string, string])[] = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [' do not', " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
];

function cleaned(text: string): string {
  return CLEANUPS.reduce((clean, [from, to]) => clean.replaceAll(from, to), text);
}

/** Runs of `<0x0A>` and its like as the characters that their bytes spell; U+FFFD for each byte when they spell none. */
function byteFallback(pieces: readonly string[]): string[] {
  const decoded: string[] = [];
  let bytes: number[] = [];
  const flush = () => {
    if (bytes.length > 0) {
      decoded.push(textOf(Uint8Array.from(bytes)) ?? '\ufffd'.repeat(bytes.length));
      bytes = [];
    }
  };
  for (const piece of pieces) {
    const byte = byteOfPiece(piece);
    if (byte === undefined) {
      flush();
      decoded.push(piece);
    } else {
      bytes.push(byte);
    }
  }
  flush();
  return decoded;
}

/** Takes up to `start` of `character` off the beginning, and up to `stop` off the end. */
function strip(piece: string, character: string, start: number, stop: number): string {
  const characters = [...piece];
  let from = 0;
  let to = characters.length;
  while (from < start && from < to && characters[from] === character) {
    from++;
  }
  while (characters.length - to < stop && to > from && characters[to - 1] === character) {
    to--;
  }
  return characters.slice(from, to).join('');
}

function replaceIn(piece: string, finder: Finder, content: string): string {
  let text = '';
  let done = 0;
  for (const { start, end } of finder.matches(piece)) {
    text += piece.slice(done, start) + content;
    holdGrowth(text.length, piece.length);
    done = end;
  }
  return text + piece.slice(done);
}
