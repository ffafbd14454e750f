// Applies a change of the shown text to its tokens: what stood in the changed stretch is replaced, the rest moves. The
// host and the page do the same, so that neither has to send the whole again.

import type { EncodedText } from './messages.ts';
import type { TokensPatch, TokensSubject } from './tokensMessages.ts';

/**
 * What is shown after the change.
 *
 * @returns undefined when the change doesn't belong to `subject`: it is of another version or for other tokenizers
 */
export function applyPatch(subject: TokensSubject, patch: TokensPatch): TokensSubject | undefined {
  const { version, start, end, text, lines, encodings } = patch;
  const fits =
    version === subject.version + 1 &&
    start <= end &&
    end <= subject.text.length &&
    encodings.length === subject.encodings.length &&
    encodings.every(({ encoding }, i) => encoding === subject.encodings[i]?.encoding);
  if (!fits) {
    return undefined;
  }
  const removed = subject.text.slice(start, end);
  return {
    ...subject,
    ...(lines !== undefined && { lines }),
    version,
    text: subject.text.slice(0, start) + text + subject.text.slice(end),
    encodings: encodings.map((fresh, i) => patchEncoded(subject.encodings[i] as EncodedText, fresh, patch, removed)),
  };
}

/**
 * The tokens of a text after UTF-16 units `start .. end` became `text`.
 *
 * @param old the text's tokens before; left as they are
 * @param fresh the tokens of `text` by itself
 * @param removed what stood there
 */
export function patchEncoded(
  old: EncodedText,
  fresh: EncodedText,
  { start, end, text }: { readonly start: number; readonly end: number; readonly text: string },
  removed: string,
): EncodedText {
  const starts = new Uint32Array(old.starts);
  const oldByteEnds = new Uint32Array(old.byteEnds);
  const from = firstFrom(starts, start);
  const to = firstFrom(starts, end);
  const fromByte = oldByteEnds[from] as number;
  const toByte = oldByteEnds[to] as number;
  const moved = text.length - (end - start);
  const movedBytes = fresh.bytes.byteLength - (toByte - fromByte);
  const numbers = (before: ArrayBuffer, between: ArrayBuffer) =>
    spliced(new Uint32Array(before), new Uint32Array(between), from, to, start, moved);
  return {
    encoding: old.encoding,
    count: old.count - (to - from) + fresh.count,
    ids: spliced(new Uint32Array(old.ids), new Uint32Array(fresh.ids), from, to, 0, 0),
    starts: numbers(old.starts, fresh.starts),
    ends: numbers(old.ends, fresh.ends),
    fragment: splicedBytes(old.fragment, fresh.fragment, from, to),
    // The first entry, 0, stays; the entries of the new tokens follow the byte where the stretch begins.
    byteEnds: spliced(oldByteEnds, new Uint32Array(fresh.byteEnds).subarray(1), from + 1, to + 1, fromByte, movedBytes),
    bytes: splicedBytes(old.bytes, fresh.bytes, fromByte, toByte),
    textBytes: old.textBytes - utf8Length(removed) + fresh.textBytes,
    loneSurrogates: old.loneSurrogates - loneSurrogatesIn(removed) + fresh.loneSurrogates,
    ...(old.pieces && { pieces: merged(old.pieces, fresh.pieces ?? []) }),
  };
}

/** The first token that starts at `offset` or behind it. */
function firstFrom(starts: Uint32Array, offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] as number) < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Entries `from .. to` replaced; the new ones get `base` added, those behind them `moved`. */
function spliced(
  old: Uint32Array,
  fresh: Uint32Array,
  from: number,
  to: number,
  base: number,
  moved: number,
): ArrayBuffer {
  const result = new Uint32Array(old.length - (to - from) + fresh.length);
  result.set(old.subarray(0, from));
  for (let i = 0; i < fresh.length; i++) {
    result[from + i] = (fresh[i] as number) + base;
  }
  const behind = from + fresh.length;
  result.set(old.subarray(to), behind);
  if (moved !== 0) {
    for (let i = behind; i < result.length; i++) {
      result[i] = (result[i] as number) + moved;
    }
  }
  return result.buffer;
}

function splicedBytes(old: ArrayBuffer, fresh: ArrayBuffer, from: number, to: number): ArrayBuffer {
  const result = new Uint8Array(old.byteLength - (to - from) + fresh.byteLength);
  result.set(new Uint8Array(old, 0, from));
  result.set(new Uint8Array(fresh), from);
  result.set(new Uint8Array(old, to), from + fresh.byteLength);
  return result.buffer;
}

function merged(
  old: readonly (readonly [number, string])[],
  fresh: readonly (readonly [number, string])[],
): readonly (readonly [number, string])[] {
  const known = new Set(old.map(([id]) => id));
  const more = fresh.filter(([id]) => !known.has(id));
  return more.length === 0 ? old : [...old, ...more];
}

/** UTF-8 bytes of a text, a half surrogate as U+FFFD's three. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function loneSurrogatesIn(text: string): number {
  return text.match(/\p{Surrogate}/gu)?.length ?? 0;
}
