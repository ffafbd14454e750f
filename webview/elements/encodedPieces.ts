// From an encoder's answer to the pieces that views draw. Reads the buffers in place; makes only as many pieces as asked.

import type { EncodedText } from '../../src/shared/messages.ts';
import type { Piece } from '../../src/shared/trace.ts';

/**
 * Tokens `from` to `to` (exclusive) of `text` as pieces, as the vocabulary writes them; fragments of a character have no
 * text, only bytes. Where the tokenizer leaves out text, such as white space, a new word begins, so that there is a gap.
 */
export function encodedPieces(text: string, encoded: EncodedText, from: number, to: number): Piece[] {
  const ids = new Uint32Array(encoded.ids);
  const starts = new Uint32Array(encoded.starts);
  const ends = new Uint32Array(encoded.ends);
  const fragment = new Uint8Array(encoded.fragment);
  const byteEnds = new Uint32Array(encoded.byteEnds);
  const bytes = new Uint8Array(encoded.bytes);
  const written = new Map(encoded.pieces ?? []);
  const whole = bytes.length === encoded.textBytes;
  const pieces: Piece[] = [];
  let word = 0;
  for (let i = from; i < Math.min(to, encoded.count); i++) {
    if (i > 0 && (starts[i] as number) > (ends[i - 1] as number)) {
      word++;
    }
    const id = ids[i] as number;
    pieces.push({
      text: fragment[i] === 1 ? null : (written.get(id) ?? text.slice(starts[i], ends[i])),
      bytes: Array.from(bytes.subarray(byteEnds[i], byteEnds[i + 1])),
      id,
      ...(!whole && { word }),
    });
  }
  return pieces;
}
