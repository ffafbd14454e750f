// A tensor's numbers as they came with the trace. Pure.

import { Fault } from '../../../src/shared/errors.ts';
import type { SlicedTensor } from '../../../src/shared/messages.ts';
import type { ByteSlice, DType, TensorSlice, TensorValue } from '../../../src/shared/trace.ts';
import { type Held, type Numbers, sizeOf, wholeSlice } from './grid.ts';

/**
 * The whole tensor, or its preview, without a copy; undefined where the trace brought neither.
 *
 * @throws Fault `bad-input` when the buffer is shorter than the value says.
 */
export function heldOf(value: TensorValue, buffer: ArrayBuffer | undefined): Held | undefined {
  const { bytes, preview, shape, dtype } = value;
  const part = bytes === undefined ? preview : { ...wholeSlice(shape), bytes };
  if (part === undefined) {
    return sizeOf(shape) === 0
      ? { data: numbers(dtype, new ArrayBuffer(0), 0, 0), slice: wholeSlice(shape) }
      : undefined;
  }
  return { data: cut(dtype, buffer, part.bytes, sizeOf(part.shape)), slice: part };
}

/** What a `tensor.slice` answered. @throws Fault `bad-input` when it is not what was asked for. */
export function heldOfSlice(asked: TensorSlice, { dtype, shape, bytes }: SlicedTensor): Held {
  if (shape.join() !== asked.shape.join()) {
    throw new Fault('bad-input', `A slice of shape (${asked.shape}) was asked for, and (${shape}) came.`);
  }
  return { data: cut(dtype, bytes, { offset: 0, length: bytes.byteLength }, sizeOf(shape)), slice: asked };
}

function cut(dtype: DType, buffer: ArrayBuffer | undefined, { offset, length }: ByteSlice, count: number): Numbers {
  if (length !== count * 4 || buffer === undefined || offset + length > buffer.byteLength || offset % 4 !== 0) {
    throw new Fault(
      'bad-input',
      `The numbers of this tensor are not in the trace: ${count} at byte ${offset} of ${buffer?.byteLength ?? 0}.`,
      { remedy: 'Run the program again.' },
    );
  }
  return numbers(dtype, buffer, offset, count);
}

function numbers(dtype: DType, buffer: ArrayBuffer, offset: number, count: number): Numbers {
  return dtype === 'f32' ? new Float32Array(buffer, offset, count) : new Int32Array(buffer, offset, count);
}
