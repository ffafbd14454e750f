// The safetensors format (Hugging Face, 2022): a JSON header that says where each tensor stands, then their numbers,
// little-endian. Reads F32 and I32, and F16 and BF16 as f32; writes F32 and I32. Files larger than memory, and types
// that fill no whole bytes, are not handled.

import { Fault } from '../shared/errors.ts';
import { fromBF16, fromF16 } from './halfFloats.ts';
import { METADATA, readHeader, type SafetensorsType, type TensorEntry } from './safetensorsHeader.ts';

/** Numbers in row-major order, and the shape that they have. */
export interface StoredTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** Reads tensors by name; nothing is converted before it is asked for. */
export class SafetensorsFile {
  /** Texts by name that the writer put beside the tensors. */
  readonly metadata: Readonly<Record<string, string>>;
  private readonly bytes: Uint8Array<ArrayBuffer>;
  private readonly where: string;
  private readonly entries: ReadonlyMap<string, TensorEntry>;

  /**
   * Example: `new SafetensorsFile(await readFile('model.safetensors'), 'model.safetensors').tensor('wte.weight').shape`.
   *
   * @param where what to call the file in a fault
   * @throws Fault `bad-input` saying what is wrong in the header, and where.
   */
  constructor(bytes: Uint8Array<ArrayBuffer>, where: string) {
    const { entries, metadata } = readHeader(bytes, where);
    this.bytes = bytes;
    this.where = where;
    this.metadata = metadata;
    this.entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  get names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** @throws Fault `not-found` when there is none of this name. */
  shapeOf(name: string): readonly number[] {
    return this.entry(name).shape;
  }

  /**
   * One tensor, as f32 or i32. Its numbers are the file's own where they can be read in place: don't write to them.
   *
   * @throws Fault `not-found` when there is none of this name, `bad-input` when its dtype isn't read.
   */
  tensor(name: string): StoredTensor {
    const { dtype, shape, start, end } = this.entry(name);
    const read = Object.hasOwn(READERS, dtype) ? READERS[dtype as keyof typeof READERS] : undefined;
    if (read === undefined) {
      throw new Fault('bad-input', `Tensor "${name}" of ${this.where} is ${dtype}, which is not read.`, {
        where: name,
        remedy: `Convert it to one of ${Object.keys(READERS).join(', ')}.`,
      });
    }
    return { shape, data: read(this.bytes, start, end) };
  }

  private entry(name: string): TensorEntry {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      throw new Fault('not-found', `${this.where} has no tensor "${name}".`, {
        where: name,
        remedy: `It has: ${this.names.join(', ') || 'none'}.`,
      });
    }
    return entry;
  }
}

/**
 * A file of these tensors, laid out as the format's own writer does: F32 before I32, then by name, the header padded to
 * a multiple of 8 bytes, so that numbers can be read in place.
 *
 * @throws Fault `bad-input` when a name comes twice or can't be written, or when numbers and shape don't fit.
 */
export function writeSafetensors(
  tensors: Iterable<readonly [name: string, tensor: StoredTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const sorted = [...tensors].sort(byTypeAndName);
  const header = new Map<string, unknown>(Object.keys(metadata).length === 0 ? [] : [[METADATA, metadata]]);
  let size = 0;
  for (const [name, { shape, data }] of sorted) {
    check(name, shape, data, header.has(name));
    header.set(name, { dtype: typeOf(data), shape, data_offsets: [size, size + data.byteLength] });
    size += data.byteLength;
  }
  const text = new TextEncoder().encode(jsonOf(header));
  const dataStart = 8 + Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(dataStart + size).fill(0x20, 8, dataStart);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - 8), true);
  bytes.set(text, 8);
  let next = dataStart;
  for (const [, { data }] of sorted) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), next);
    next += data.byteLength;
  }
  return bytes;
}

function typeOf(data: StoredTensor['data']): 'F32' | 'I32' {
  return data instanceof Float32Array ? 'F32' : 'I32';
}

type Named = readonly [name: string, tensor: StoredTensor];

function byTypeAndName([a, { data: ofA }]: Named, [b, { data: ofB }]: Named): number {
  const [keyA, keyB] = [`${typeOf(ofA)} ${a}`, `${typeOf(ofB)} ${b}`];
  return keyA < keyB ? -1 : keyA > keyB ? 1 : 0;
}

/** A JSON object with its keys in the order given; an object of ours would put names like "0" first. */
function jsonOf(header: ReadonlyMap<string, unknown>): string {
  return `{${Array.from(header, ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
}

function check(name: string, shape: readonly number[], data: Float32Array | Int32Array, taken: boolean): void {
  const bad = (what: string, remedy: string) => new Fault('bad-input', `safetensors: ${what}.`, { remedy });
  if (taken || name === METADATA || /\p{Surrogate}/u.test(name)) {
    const why = taken ? 'comes twice' : "can't be a tensor's name";
    throw bad(`${JSON.stringify(name)} ${why}`, 'Give each tensor a name of its own.');
  }
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== data.length) {
    throw bad(
      `"${name}" of shape (${shape.join(', ')}) needs ${size} numbers, and there are ${data.length}`,
      'Give as many numbers as the product of the sizes.',
    );
  }
}

type Read = (bytes: Uint8Array<ArrayBuffer>, start: number, end: number) => StoredTensor['data'];

const READERS: Readonly<Partial<Record<SafetensorsType, Read>>> = {
  F32: (bytes, start, end) => new Float32Array(...inPlace(bytes, start, end, 4)),
  I32: (bytes, start, end) => new Int32Array(...inPlace(bytes, start, end, 4)),
  F16: (bytes, start, end) => fromF16(new Uint16Array(...inPlace(bytes, start, end, 2))),
  BF16: (bytes, start, end) => fromBF16(new Uint16Array(...inPlace(bytes, start, end, 2))),
};

/** What a typed array over a stretch of bytes takes: the stretch itself, or a copy where it is not aligned. */
function inPlace(bytes: Uint8Array<ArrayBuffer>, start: number, end: number, width: number) {
  const offset = bytes.byteOffset + start;
  const length = (end - start) / width;
  return offset % width === 0
    ? ([bytes.buffer, offset, length] as const)
    : ([bytes.slice(start, end).buffer, 0, length] as const);
}
