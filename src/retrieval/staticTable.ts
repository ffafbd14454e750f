// The file of a static model: a vector for each token of a vocabulary that carries something. Written by the distillation,
// read by whoever embeds. Which tokenizer it belongs to is not in it: its card says so.
//
// Layout, numbers little-endian:
//   4 bytes   "ILS1": the format and its version
//   4 bytes   FNV-1a of all that follows (Fowler, Noll and Vo), 32 bits: tells a damaged file
//   4 bytes   V, the vocabulary's size: ids are below it
//   4 bytes   C, the numbers of a vector
//   4 bytes   N, how many ids have a vector
//   V bits    in whole bytes, filled up with zero bits to a multiple of 4 bytes: bit i % 8 of byte i / 8, the lowest
//             first, is 1 where id i has a vector
//   N floats  4 bytes each: what row n's whole numbers are multiplied by
//   N rows    C signed bytes each, -127 to 127: the row's vector in units of its scale

import { Fault } from '../shared/errors.ts';

const MAGIC = 0x31534c49; // "ILS1"
const HASHED_FROM = 8;
const HEADER = 20;
const MOST_TOKENS = 1_000_000;
const MOST_DIMENSIONS = 4096;
const STATIC_MODEL = { name: 'The static model', make: 'npm run distil' };

export interface StaticTable {
  /** V: ids are below it. */
  readonly size: number;
  /** C. */
  readonly dimensions: number;
  /** By id: its row, or -1 where the token counts for nothing. (V,) */
  readonly rowOf: Int32Array;
  /** By row. (N,) */
  readonly scales: Float32Array;
  /** (N, C), one row after the other. */
  readonly rows: Int8Array;
}

/**
 * A table of int8 rows: each vector's largest number becomes 127 or -127. Tokens whose vector is all zeros get no row.
 *
 * @param vectors (V, C), one after the other
 */
export function quantiseTable(vectors: Float32Array, dimensions: number): StaticTable {
  const size = vectors.length / dimensions;
  const rowOf = new Int32Array(size).fill(-1);
  const scales: number[] = [];
  const rows = new Int8Array(vectors.length);
  for (let id = 0; id < size; id++) {
    const vector = vectors.subarray(id * dimensions, (id + 1) * dimensions); // (C,)
    const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    if (largest > 0) {
      const scale = Math.fround(largest / 127);
      rowOf[id] = scales.length;
      rows.set(
        vector.map((value) => Math.max(-127, Math.min(127, Math.round(value / scale)))),
        scales.length * dimensions,
      );
      scales.push(scale);
    }
  }
  return {
    size,
    dimensions,
    rowOf,
    scales: Float32Array.from(scales),
    rows: rows.slice(0, scales.length * dimensions),
  };
}

/** The bytes of a table's file. */
export function writeStaticTable({ size, dimensions, rowOf, scales, rows }: StaticTable): Uint8Array<ArrayBuffer> {
  const { scalesAt, rowsAt, end } = placesOf(size, dimensions, scales.length);
  const bytes = new Uint8Array(end);
  const view = new DataView(bytes.buffer);
  [MAGIC, 0, size, dimensions, scales.length].forEach((value, i) => {
    view.setUint32(i * 4, value, true);
  });
  rowOf.forEach((row, id) => {
    if (row !== -1) {
      bytes[HEADER + (id >> 3)]! |= 1 << (id & 7);
    }
  });
  scales.forEach((scale, row) => {
    view.setFloat32(scalesAt + row * 4, scale, true);
  });
  bytes.set(new Uint8Array(rows.buffer, rows.byteOffset, rows.length), rowsAt);
  view.setUint32(4, hashOf(bytes.subarray(HASHED_FROM)), true);
  return bytes;
}

/**
 * The table in a file's bytes; its rows are the file's own, not copied.
 *
 * @param where what to call the file in a fault; `name` is what it holds, `make` the command that makes it
 * @throws Fault `bad-input` when it is cut off, changed, or no such file.
 */
export function readStaticTable(
  bytes: Uint8Array,
  where: string,
  { name, make }: { readonly name: string; readonly make: string } = STATIC_MODEL,
): StaticTable {
  const refuse = (what: string): Fault =>
    new Fault('bad-input', `${name} can't be read: ${what}.`, {
      where,
      remedy: `Install the extension again, or make the file again with "${make}".`,
    });
  if (bytes.length < HEADER) {
    throw refuse(`it has ${bytes.length} bytes, and its header alone takes ${HEADER}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, hash, size, dimensions, count] = [0, 4, 8, 12, 16].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  if (magic !== MAGIC) {
    throw refuse('it does not begin as one of version 1 does');
  }
  if (size > MOST_TOKENS || dimensions < 1 || dimensions > MOST_DIMENSIONS || count > size) {
    throw refuse(`${count} vectors of ${dimensions} numbers for ${size} tokens can't be`);
  }
  const { scalesAt, rowsAt, end } = placesOf(size, dimensions, count);
  if (bytes.length !== end) {
    throw refuse(`it has ${bytes.length} bytes, and its header asks for ${end}`);
  }
  if (hashOf(bytes.subarray(HASHED_FROM)) !== hash) {
    throw refuse('its bytes are not those that were written');
  }
  const rowOf = new Int32Array(size).fill(-1);
  let next = 0;
  for (let id = 0; id < size; id++) {
    if ((bytes[HEADER + (id >> 3)]! >> (id & 7)) & 1) {
      rowOf[id] = next++;
    }
  }
  const scales = Float32Array.from({ length: count }, (_, row) => view.getFloat32(scalesAt + row * 4, true));
  if (next !== count || !scales.every((scale) => Number.isFinite(scale) && scale > 0)) {
    throw refuse('its rows are not as many as its tokens, or have scales that are no positive numbers');
  }
  const rows = new Int8Array(bytes.buffer, bytes.byteOffset + rowsAt, count * dimensions);
  return { size, dimensions, rowOf, scales, rows };
}

/** The vector of one token, (C,), as it counts in a text; undefined where it counts for nothing. */
export function tokenVector({ dimensions, rowOf, scales, rows }: StaticTable, id: number): Float32Array | undefined {
  const row = rowOf[id] ?? -1;
  if (row === -1) {
    return undefined;
  }
  return Float32Array.from(rows.subarray(row * dimensions, (row + 1) * dimensions), (value) => value * scales[row]!);
}

function placesOf(size: number, dimensions: number, count: number) {
  const scalesAt = HEADER + Math.ceil(size / 32) * 4;
  const rowsAt = scalesAt + count * 4;
  return { scalesAt, rowsAt, end: rowsAt + count * dimensions };
}

function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) {
    hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  }
  return hash >>> 0;
}
