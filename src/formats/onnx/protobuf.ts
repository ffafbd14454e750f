// Protocol buffers' wire format, as far as ONNX files use it: fields by number, each a varint, 4 or 8 bytes, or a
// stretch of bytes (text, numbers, a message within). Groups, which ended with the format's second version, are refused.
// https://protobuf.dev/programming-guides/encoding/

import { Fault } from '../../shared/errors.ts';

/** How a field's value stands in the bytes: the low three bits of its key. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const STRETCH = 2;
const FOUR_BYTES = 5;

/** A message being written, field by field. Large stretches are kept and not copied until the end. */
export class ProtoWriter {
  private readonly pieces: Uint8Array[] = [];
  private size = 0;

  /** An integer, negative ones as two's complement of 64 bits. Zero is written too: fields may be repeated. */
  integer(field: number, value: number | bigint): this {
    return this.key(field, VARINT).push(varint(BigInt(value)));
  }

  float(field: number, value: number): this {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setFloat32(0, value, true);
    return this.key(field, FOUR_BYTES).push(bytes);
  }

  text(field: number, value: string): this {
    return this.bytes(field, new TextEncoder().encode(value));
  }

  bytes(field: number, value: Uint8Array): this {
    return this.key(field, STRETCH)
      .push(varint(BigInt(value.length)))
      .push(value);
  }

  message(field: number, write: (inner: ProtoWriter) => void): this {
    const inner = new ProtoWriter();
    write(inner);
    this.key(field, STRETCH).push(varint(BigInt(inner.size)));
    for (const piece of inner.pieces) {
      this.push(piece);
    }
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.size);
    let next = 0;
    for (const piece of this.pieces) {
      all.set(piece, next);
      next += piece.length;
    }
    return all;
  }

  private key(field: number, type: number): this {
    return this.push(varint(BigInt(field * 8 + type)));
  }

  private push(piece: Uint8Array): this {
    this.pieces.push(piece);
    this.size += piece.length;
    return this;
  }
}

/** Seven bits a byte, lowest first; the top bit says that more follow. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  while (rest > 0x7fn) {
    bytes.push(Number(rest & 0x7fn) | 0x80);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

/** One field of a message: an integer, or the bytes of anything else. */
export interface ProtoField {
  readonly field: number;
  /** Of a varint, as a signed number of 64 bits. */
  readonly integer?: bigint;
  /** Of everything else: a view of the file, not a copy. */
  readonly bytes?: Uint8Array;
}

/**
 * The fields of a message in their order.
 *
 * @param where what to call the message in a fault
 * @throws Fault `bad-input` at the first byte that can't be read.
 */
export function* readFields(bytes: Uint8Array, where: string): Generator<ProtoField, void, void> {
  const reader = new VarintReader(bytes, where);
  while (reader.at < bytes.length) {
    const key = reader.next();
    const field = Number(key >> 3n);
    const type = Number(key & 7n);
    if (field < 1 || field > 0x1fffffff) {
      throw reader.fault(`there is no field number ${field}`);
    }
    if (type === VARINT) {
      yield { field, integer: BigInt.asIntN(64, reader.next()) };
    } else if (type === STRETCH || type === FOUR_BYTES || type === EIGHT_BYTES) {
      const length = type === STRETCH ? reader.next() : type === FOUR_BYTES ? 4n : 8n;
      yield { field, bytes: reader.take(length) };
    } else {
      throw reader.fault(`field ${field} is of a kind (${type}) that is not read`);
    }
  }
}

/** The integers that are packed in a stretch one after the other. @throws as {@link readFields} */
export function packedIntegers(bytes: Uint8Array, where: string): bigint[] {
  const reader = new VarintReader(bytes, where);
  const values: bigint[] = [];
  while (reader.at < bytes.length) {
    values.push(BigInt.asIntN(64, reader.next()));
  }
  return values;
}

class VarintReader {
  at = 0;
  private readonly bytes: Uint8Array;
  private readonly where: string;

  constructor(bytes: Uint8Array, where: string) {
    this.bytes = bytes;
    this.where = where;
  }

  next(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at];
      if (byte === undefined) {
        throw this.fault('it ends within a number');
      }
      this.at++;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        return BigInt.asUintN(64, value);
      }
    }
    throw this.fault('a number has more than ten bytes');
  }

  take(length: bigint): Uint8Array {
    if (length > BigInt(this.bytes.length - this.at)) {
      throw this.fault(`${length} bytes should follow, and there are ${this.bytes.length - this.at}`);
    }
    const start = this.at;
    this.at += Number(length);
    return this.bytes.subarray(start, this.at);
  }

  fault(what: string): Fault {
    return new Fault('bad-input', `${this.where} can't be read at byte ${this.at}: ${what}.`, {
      where: this.where,
      remedy: 'Is it a whole ONNX file? Fetch or make it again.',
    });
  }
}
