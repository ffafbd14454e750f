// The header of a safetensors file: which tensor stands where. What is wrong in it is refused, as the format's own
// reader does: nothing may overlap, lie outside, or be left over.

import { Fault } from '../shared/errors.ts';
import { repeatedKey } from './repeatedKey.ts';

/** Bytes an element of each of the format's types that fill whole bytes. */
const BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F8_E4M3: 1,
  F8_E5M2: 1,
  U16: 2,
  I16: 2,
  F16: 2,
  BF16: 2,
  U32: 4,
  I32: 4,
  F32: 4,
  U64: 8,
  I64: 8,
  F64: 8,
} as const;

export type SafetensorsType = keyof typeof BYTES;

/** The key that is no tensor's name. */
export const METADATA = '__metadata__';

/** The most bytes that a header may have: the format's own limit. */
const MOST_HEADER = 100_000_000;

export interface TensorEntry {
  readonly name: string;
  readonly dtype: SafetensorsType;
  readonly shape: readonly number[];
  /** Of its first byte and the one behind its last, from the beginning of the file. */
  readonly start: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly TensorEntry[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads the header of a whole file.
 *
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` saying what is wrong with which tensor, or at which byte.
 */
export function readHeader(bytes: Uint8Array, where: string): Header {
  const { text, dataStart } = headerText(bytes, where);
  const header = parsed(text, where);
  const metadata = checkedMetadata(header[METADATA], where);
  const entries = Object.entries(header)
    .filter(([name]) => name !== METADATA)
    .map(([name, value]) => checkedEntry(name, value, dataStart, bytes.length, where));
  checkLayout(entries, dataStart, bytes.length, where);
  return { entries, metadata };
}

/** 8 bytes say how long the header is; then it follows, padded with spaces. */
function headerText(bytes: Uint8Array, where: string): { text: string; dataStart: number } {
  if (bytes.length < 8) {
    throw refused(where, `it has ${bytes.length} bytes, and the length of its header alone takes 8`, WHOLE);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getBigUint64(0, true);
  if (length > MOST_HEADER) {
    throw refused(where, `its header would have ${length} bytes, and may have ${MOST_HEADER}`, IS_IT);
  }
  const dataStart = 8 + Number(length);
  if (dataStart > bytes.length) {
    throw refused(where, `its header should end at byte ${dataStart}, and the file ends at ${bytes.length}`, WHOLE);
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, dataStart)), dataStart };
  } catch {
    throw refused(where, 'its header, from byte 8 on, is not UTF-8', IS_IT);
  }
}

function parsed(text: string, where: string): Readonly<Record<string, unknown>> {
  let header: unknown;
  try {
    header = JSON.parse(text);
  } catch (error) {
    throw refused(where, `its header is not JSON: ${(error as Error).message}`, IS_IT);
  }
  if (!isRecord(header)) {
    throw refused(where, 'its header is not a JSON object', IS_IT);
  }
  const repeated = repeatedKey(text);
  if (repeated !== undefined) {
    throw refused(where, `its header has ${shown(repeated)} twice`, 'Names must be different.');
  }
  return header;
}

function checkedMetadata(given: unknown, where: string): Readonly<Record<string, string>> {
  if (given === undefined) {
    return {};
  }
  if (!isRecord(given)) {
    throw refused(where, `${METADATA} is not a JSON object`, 'It holds texts by name.');
  }
  const bad = Object.entries(given).find(([, value]) => typeof value !== 'string');
  if (bad !== undefined) {
    throw refused(where, `${shown(bad[0])} in ${METADATA} is not a text`, 'It holds texts by name.');
  }
  return given as Record<string, string>;
}

function checkedEntry(name: string, given: unknown, dataStart: number, fileEnd: number, where: string): TensorEntry {
  const bad = (what: string, remedy: string) => refused(where, `tensor ${shown(name)} ${what}`, remedy);
  const { dtype, shape, data_offsets: offsets } = isRecord(given) ? given : {};
  if (typeof dtype !== 'string' || !Object.hasOwn(BYTES, dtype)) {
    throw bad(`has the dtype ${shown(dtype)}`, `Known are ${Object.keys(BYTES).join(', ')}.`);
  }
  if (!isSizes(shape)) {
    throw bad(`has the shape ${shown(shape)}`, 'A shape is a list of whole numbers from 0.');
  }
  if (!isSizes(offsets) || offsets.length !== 2) {
    throw bad(`has the data_offsets ${shown(offsets)}`, 'They are where it begins and ends.');
  }
  const [start, end] = offsets.map((offset) => dataStart + offset);
  if (end < start) {
    throw bad(`ends at byte ${end}, before it begins at ${start}`, IS_IT);
  }
  if (end > fileEnd) {
    throw bad(`should end at byte ${end}, and the file ends at ${fileEnd}`, WHOLE);
  }
  const needed = shape.reduce((product, size) => product * size, BYTES[dtype as SafetensorsType]);
  if (needed !== end - start) {
    throw bad(`of ${dtype} and shape (${shape.join(', ')}) needs ${needed} bytes, and has ${end - start}`, IS_IT);
  }
  return { name, dtype: dtype as SafetensorsType, shape, start, end };
}

/** @throws Fault unless the tensors fill the bytes behind the header, one after the other. */
function checkLayout(entries: readonly TensorEntry[], dataStart: number, fileEnd: number, where: string): void {
  let end = dataStart;
  let before: string | undefined;
  for (const entry of entries.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (entry.start < end) {
      const what = `tensor ${shown(entry.name)} begins at byte ${entry.start}, within ${shown(before)}, which ends at ${end}`;
      throw refused(where, what, 'Tensors may not overlap.');
    }
    if (entry.start > end) {
      throw refused(where, `bytes ${end} to ${entry.start} belong to no tensor`, IS_IT);
    }
    end = entry.end;
    before = entry.name;
  }
  if (end !== fileEnd) {
    throw refused(where, `bytes ${end} to ${fileEnd} belong to no tensor`, IS_IT);
  }
}

const IS_IT = 'Check that it is a safetensors file, and get it anew.';
const WHOLE = 'It was cut short: get it anew.';

function refused(where: string, what: string, remedy: string): Fault {
  return new Fault('bad-input', `${where} can't be read as safetensors: ${what}.`, { where, remedy });
}

/** A value as JSON where that is short, else what it is. */
function shown(value: unknown): string {
  if (typeof value === 'string') {
    return JSON.stringify(value.length <= 100 ? value : `${value.slice(0, 99)}…`);
  }
  if (Array.isArray(value)) {
    const isShort = value.length <= 8 && value.every((part) => typeof part !== 'object');
    return isShort ? `[${value.map(shown).join(', ')}]` : `a list of ${value.length}`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}
