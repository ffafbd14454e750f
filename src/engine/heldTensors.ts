// The whole numbers of tensors that a trace shows only a preview of, so that any other part of them can be had later.

import { Fault } from '../shared/errors.ts';
import type { DType, TensorSlice, ValueId } from '../shared/trace.ts';
import { sliced } from './preview.ts';
import type { Shape } from './shape.ts';

interface Held {
  readonly shape: Shape;
  /** Row-major. */
  readonly numbers: Float32Array | Int32Array;
}

/** Part of a tensor, row-major. */
export interface HeldSlice {
  readonly dtype: DType;
  readonly numbers: Float32Array | Int32Array;
}

export class HeldTensors {
  private readonly tensors = new Map<ValueId, Held>();
  private total = 0;

  /** Bytes of all numbers held. */
  get bytes(): number {
    return this.total;
  }

  get size(): number {
    return this.tensors.size;
  }

  /** @param numbers of the shape `shape`, row-major; not copied */
  add(value: ValueId, shape: Shape, numbers: Float32Array | Int32Array): void {
    this.tensors.set(value, { shape, numbers });
    this.total += numbers.byteLength;
  }

  /** Lets go of all of them. */
  clear(): void {
    this.tensors.clear();
    this.total = 0;
  }

  /** @throws Fault `not-found` when no such tensor is held, `bad-input` when the slice is not within it. */
  slice(value: ValueId, slice: TensorSlice): HeldSlice {
    const held = this.tensors.get(value);
    if (held === undefined) {
      throw new Fault('not-found', `The trace holds no tensor ${value} of which a preview was sent.`, {
        remedy: 'Run the step again.',
      });
    }
    const { numbers, shape } = held;
    return { dtype: numbers instanceof Float32Array ? 'f32' : 'i32', numbers: sliced(numbers, shape, slice) };
  }
}
