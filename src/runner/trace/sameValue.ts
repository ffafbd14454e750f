// Whether two traces' values are the same to a learner: numbers within what f32 leaves of them, all else exactly.

import type { TensorValue, Trace, Value, ValueId } from '../../shared/trace.ts';
import { compare } from '../check/compare.ts';

export function sameValue(one: Trace, a: ValueId, other: Trace, b: ValueId): boolean {
  const [left, right] = [one.values[a], other.values[b]];
  return left !== undefined && right !== undefined && compare(plain(left, one), plain(right, other)) === undefined;
}

/** A value without where it stands in its trace. */
function plain(value: Value, trace: Trace): unknown {
  return value.kind === 'tensor'
    ? { shape: value.shape, numbers: numbersOf(value, trace), mean: value.statistics.mean }
    : value;
}

function numbersOf({ bytes, preview, dtype }: TensorValue, { buffer }: Trace): Float32Array | Int32Array {
  const slice = bytes ?? preview?.bytes ?? { offset: 0, length: 0 };
  const Numbers = dtype === 'f32' ? Float32Array : Int32Array;
  return new Numbers(buffer ?? new ArrayBuffer(0), slice.offset, slice.length / 4);
}
