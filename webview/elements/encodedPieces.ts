// From an encoder's answer to the pieces that views draw. Reads the buffers in place; makes only as many pieces as asked.

import type { EncodedText } from '../../src/shared/messages.ts';
import type { Piece } from '../../src/shared/trace.ts';

/** Tokens `from` to `to` (exclusive) of `text` as pieces; fragments of a character have no text, only bytes. */
export function encodedPieces(text: string, encoded: EncodedText, from: number, to: number): Piece[] {
  const ids = new Uint32Array(encoded.ids);
  const starts = new Uint32Array(encoded.starts);
  const ends = new Uint32Array(encoded.ends);
  const fragment = new Uint8Array(encoded.fragment);
  const byteEnds = new Uint32Array(encoded.byteEnds);
  const bytes = new Uint8Array(encoded.bytes);
  const pieces: Piece[] = [];
  for (let i = from; i < Math.min(to, encoded.count); i++) {
    pieces.push({
      text: fragment[i] === 1 ? null : text.slice(starts[i], ends[i]),
      bytes: Array.from(bytes.subarray(byteEnds[i], byteEnds[i + 1])),
      id: ids[i] as number,
    });
  }
  return pieces;
}
