// A tensor as a way of reading a flat list: the list is a value of the trace, and the reading says where in it each of
// its numbers stands.

import { showShape } from '../engine/shape.ts';
import { statisticsOf } from '../engine/statistics.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { ValueId } from '../shared/trace.ts';
import type { Recorder } from './recorder.ts';

/** A flat list that stands in a trace: the tensor (N,) and its value there. */
export interface FlatList {
  readonly tensor: Tensor;
  readonly value: ValueId;
}

/** Puts a reading of `list` into the trace: `tensor` shares its numbers. */
export function readingOf(
  trace: Recorder,
  tensor: Tensor,
  list: FlatList,
  names: { readonly axes?: readonly string[]; readonly labels?: Readonly<Record<number, readonly string[]>> } = {},
): ValueId {
  const numbers = tensor.toFlat();
  trace.weigh(numbers.byteLength);
  return trace.value({
    kind: 'tensor',
    dtype: tensor.dtype,
    shape: tensor.shape,
    ...names,
    bytes: trace.numbers(numbers),
    statistics: statisticsOf(numbers),
    reads: { list: list.value, offset: tensor.offset - list.tensor.offset, strides: tensor.strides },
  });
}

/** `shape (3, 4), strides (4, 1)`. */
export function showWay({ shape, strides }: Tensor): string {
  return `shape ${showShape(shape)}, strides ${showShape(strides)}`;
}
