// Tensors in an ONNX file: a name, a type, a shape, and the numbers as raw little-endian bytes. Numbers that stand in
// another file beside it, texts, and complex numbers are not handled.

import { Fault } from '../../shared/errors.ts';
import { type ProtoWriter, packedIntegers, readFields } from './protobuf.ts';

/** The types used here, by the number that ONNX's `TensorProto.DataType` gives them, and an element's bytes. */
export const TYPES = {
  float32: { number: 1, bytes: 4 },
  uint8: { number: 2, bytes: 1 },
  int8: { number: 3, bytes: 1 },
  int32: { number: 6, bytes: 4 },
  int64: { number: 7, bytes: 8 },
  bool: { number: 9, bytes: 1 },
} as const;

export type OnnxType = keyof typeof TYPES;

/** `bool` is kept as bytes of 0 and 1. */
export type OnnxNumbers = Float32Array | Uint8Array | Int8Array | Int32Array | BigInt64Array;

export interface OnnxTensor {
  readonly name: string;
  readonly type: OnnxType;
  /** Row-major; () for a single number. */
  readonly shape: readonly number[];
  readonly data: OnnxNumbers;
}

/** Fields of ONNX's `TensorProto`. */
const DIMS = 1;
const DATA_TYPE = 2;
const NAME = 8;
const RAW_DATA = 9;
const DATA_LOCATION = 14;

export function writeTensor(writer: ProtoWriter, { name, type, shape, data }: OnnxTensor): void {
  for (const size of shape) {
    writer.integer(DIMS, size);
  }
  writer.integer(DATA_TYPE, TYPES[type].number).text(NAME, name);
  writer.bytes(RAW_DATA, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}

/**
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` when type, shape and bytes don't fit, or the numbers stand elsewhere
 */
export function readTensor(bytes: Uint8Array, where: string): OnnxTensor {
  const shape: number[] = [];
  let [name, type, raw, elsewhere]: [string, OnnxType | undefined, Uint8Array | undefined, boolean] = [
    '',
    undefined,
    undefined,
    false,
  ];
  for (const { field, integer, bytes: value } of readFields(bytes, where)) {
    if (field === DIMS) {
      shape.push(...(value ? packedIntegers(value, where) : [integer as bigint]).map(Number));
    } else if (field === DATA_TYPE) {
      type = typeOf(Number(integer));
    } else if (field === NAME && value) {
      name = new TextDecoder().decode(value);
    } else if (field === RAW_DATA) {
      raw = value;
    } else if (field === DATA_LOCATION) {
      elsewhere = integer !== 0n;
    }
  }
  const size = shape.reduce((product, length) => product * length, 1);
  const bad = (what: string) =>
    new Fault('bad-input', `${where}: tensor "${name}" ${what}.`, { where: name, remedy: 'Make the file again.' });
  if (type === undefined || raw === undefined || elsewhere) {
    throw bad('is of a type that is not read, or its numbers are not in this file');
  }
  if (shape.some((length) => !(length >= 0)) || size * TYPES[type].bytes !== raw.length) {
    throw bad(`of shape (${shape.join(', ')}) and type ${type} has ${raw.length} bytes`);
  }
  return { name, type, shape, data: numbersOf(type, raw) };
}

export function typeOf(number: number): OnnxType | undefined {
  return (Object.keys(TYPES) as OnnxType[]).find((type) => TYPES[type].number === number);
}

function numbersOf(type: OnnxType, raw: Uint8Array): OnnxNumbers {
  // A copy: numbers of more than a byte have to stand at a multiple of their size.
  const { buffer } = raw.slice();
  switch (type) {
    case 'float32':
      return new Float32Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'int64':
      return new BigInt64Array(buffer);
    default:
      return new Uint8Array(buffer);
  }
}
