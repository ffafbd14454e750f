// Reads the tensors of a trace, for tests.

import type { Frame, TensorValue, Trace } from '../../../src/shared/trace.ts';
import { output } from './run.ts';

export interface ShownTensor {
  readonly value: TensorValue;
  readonly numbers: number[];
}

/** The tensor that `frame` shows under `name`, with its numbers in row-major order. */
export function tensorOf(trace: Trace, frame: Frame | undefined, name: string): ShownTensor {
  const value = output(trace, frame, name);
  if (value.kind !== 'tensor') {
    throw new Error(`"${name}" is no tensor: ${JSON.stringify(value)}`);
  }
  return { value, numbers: numbersOf(trace, value) };
}

/** A whole tensor's numbers, f32 as they print: 0.1 and not 0.10000000149. -0 becomes 0. */
export function numbersOf({ buffer }: Trace, { bytes, dtype }: TensorValue): number[] {
  if (bytes === undefined) {
    throw new Error('The tensor was not sent whole.');
  }
  const { offset, length } = bytes;
  // A tensor without elements may come in a trace without a buffer.
  const packed = length === 0 ? new ArrayBuffer(0) : buffer!;
  const at = length === 0 ? 0 : offset;
  return dtype === 'f32'
    ? Array.from(new Float32Array(packed, at, length / 4), (x) => Number(x.toPrecision(7)) + 0)
    : Array.from(new Int32Array(packed, at, length / 4));
}

/** The list that a tensor reads, and for each of its cells in row-major order the place in it, by the formula. */
export function readingIn(trace: Trace, { value }: ShownTensor): { list: number[]; places: number[] } {
  const { shape, reads } = value;
  const list = reads === undefined ? undefined : trace.values[reads.list];
  if (reads === undefined || list?.kind !== 'tensor') {
    throw new Error('The tensor reads no list.');
  }
  let places = [reads.offset];
  shape.forEach((size, axis) => {
    places = places.flatMap((place) => Array.from({ length: size }, (_, i) => place + i * reads.strides[axis]!));
  });
  return { list: numbersOf(trace, list), places };
}
