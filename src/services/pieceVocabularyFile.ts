// The file that holds the pieces of a WordPiece or Unigram vocabulary: written when the extension is built, read by
// worker and CLI. Small, and read with two parses. Not a format of anyone else's: see buildPieceVocabularies.ts.
//
// Layout, numbers little-endian:
//   4 bytes   "ILP1"
//   32 bytes  SHA-256 of all that follows
//   4 bytes   length of the pieces in bytes
//   pieces    UTF-8, a line feed behind each; no piece holds one
//   scores    8 bytes a piece, a double each; none where the vocabulary has no scores

import { createHash } from 'node:crypto';
import { Fault } from '../shared/errors.ts';

const MAGIC = 'ILP1';
const HASHED_FROM = 36;
const PIECES_AT = HASHED_FROM + 4;

/** Piece i is id i. */
export interface PieceList {
  readonly pieces: readonly string[];
  readonly scores?: Float64Array;
}

/**
 * The bytes of a piece list's file.
 *
 * @throws RangeError when a piece holds a line feed or half a surrogate pair, or scores are not as many as pieces.
 */
export function writePieces({ pieces, scores }: PieceList): Uint8Array {
  const unfit = pieces.find((piece) => /[\n\p{Surrogate}]/u.test(piece));
  if (unfit !== undefined || (scores && scores.length !== pieces.length)) {
    throw new RangeError(unfit === undefined ? 'Pieces and scores differ in number.' : `Unfit piece: ${unfit}`);
  }
  const lines = Buffer.from(pieces.map((piece) => `${piece}\n`).join(''));
  const numbers = Buffer.alloc((scores?.length ?? 0) * 8);
  scores?.forEach((score, i) => {
    numbers.writeDoubleLE(score, i * 8);
  });
  const size = Buffer.alloc(4);
  size.writeUInt32LE(lines.length);
  const hashed = Buffer.concat([size, lines, numbers]);
  return Buffer.concat([Buffer.from(MAGIC, 'latin1'), sha256(hashed), hashed]);
}

/** Whether `file` begins as such a file does. */
function holdsPieces(file: Uint8Array): boolean {
  return Buffer.from(file.subarray(0, 4)).toString('latin1') === MAGIC;
}

/**
 * The pieces in a file's bytes.
 *
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` when the file is cut off, changed, or no piece list.
 */
export function readPieces(file: Uint8Array, where: string): PieceList {
  const fault = (what: string) =>
    new Fault('bad-input', `The vocabulary file is damaged: ${what}.`, {
      where,
      remedy: 'Install the extension again, or build it again with "npm run build".',
    });
  if (file.length < PIECES_AT || !holdsPieces(file)) {
    throw fault(`it does not begin with "${MAGIC}"`);
  }
  if (!sha256(file.subarray(HASHED_FROM)).equals(file.subarray(4, HASHED_FROM))) {
    throw fault('its bytes are not those that were written');
  }
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const end = PIECES_AT + view.getUint32(HASHED_FROM, true);
  const pieces = Buffer.from(file.subarray(PIECES_AT, end)).toString('utf8').split('\n');
  pieces.pop(); // behind the last line feed
  const count = (file.length - end) / 8;
  if (count !== 0 && count !== pieces.length) {
    throw fault(`it holds ${pieces.length} pieces and ${count} scores`);
  }
  return count === 0
    ? { pieces }
    : { pieces, scores: Float64Array.from(pieces, (_, i) => view.getFloat64(end + i * 8, true)) };
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
