// A tensor: a shape and strides over a storage that several tensors may share. Operations are functions (ops/), not
// methods; what is here only looks at a tensor, and gives its memory back.

import { Fault } from '../shared/errors.ts';
import { freeNode, isUnneeded, type Node } from './autograd.ts';
import type { Engine } from './engine.ts';
import type { DType, Storage, View } from './kernels/kernels.ts';
import { isDense, type Shape, showShape, sizeOf } from './shape.ts';

/** A storage with the number of tensors that read it; it goes back to the kernels when the last one lets go. */
export interface Lease {
  readonly storage: Storage;
  holders: number;
}

/** Numbers nested as deep as a tensor has axes. */
export type Nested = number | readonly Nested[];

export class Tensor implements View {
  readonly engine: Engine;
  readonly shape: Shape;
  readonly strides: readonly number[];
  readonly offset: number;
  /** Whether gradients flow to it: a leaf collects them in `grad`, a result passes them on. */
  requiresGrad = false;
  /** d loss / d this, of the same shape; on leaves, after `backward`. */
  grad: Tensor | undefined;
  /** For people: shown in traces and errors. */
  name: string | undefined;
  /** How it was made, when gradients flow through it; undefined on a leaf. */
  node: Node | undefined;
  private lease: Lease | undefined;

  /** Made by the engine and its operations: `engine.tensor(...)` is how others get one. */
  constructor(engine: Engine, lease: Lease, shape: Shape, strides: readonly number[], offset: number) {
    this.engine = engine;
    this.lease = lease;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    lease.holders++;
  }

  /** @throws Fault `bad-input` when this tensor was released. */
  get shared(): Lease {
    if (this.lease === undefined) {
      throw new Fault('bad-input', `${this} was released: its numbers are gone.`, {
        remedy: 'Return it from the scope it was made in, or call keep() on it there.',
      });
    }
    return this.lease;
  }

  get storage(): Storage {
    return this.shared.storage;
  }

  get dtype(): DType {
    return this.storage.dtype;
  }

  get rank(): number {
    return this.shape.length;
  }

  /** How many elements it has. */
  get size(): number {
    return sizeOf(this.shape);
  }

  get released(): boolean {
    return this.lease === undefined;
  }

  /** Whether its elements follow each other in row-major order without gaps. */
  get isDense(): boolean {
    return isDense(this.shape, this.strides);
  }

  /** Gives its memory back, its gradient's, and its graph's, unless others need them. To do so twice is allowed. */
  release(): void {
    const { lease } = this;
    if (lease !== undefined) {
      this.lease = undefined;
      this.grad?.release();
      this.engine.letGo(lease);
      if (isUnneeded(this)) {
        freeNode(this.node);
      }
    }
  }

  /** Takes it out of all scopes: it lives until {@link release}. Returns itself. */
  keep(): this {
    this.engine.keep(this);
    return this;
  }

  /**
   * The element at one index an axis: `at(1, 2)`; negative ones count from the end.
   *
   * @throws Fault `bad-input` when there is no such element.
   */
  at(...indices: readonly number[]): number {
    const { shape, strides, storage } = this;
    const outside = indices.findIndex((index, axis) => !(index >= -shape[axis] && index < shape[axis]));
    if (indices.length !== shape.length || outside !== -1) {
      throw new Fault('bad-input', `at: ${showShape(shape)} has no element ${showShape(indices)}.`, {
        remedy: `Give ${shape.length} indices, each below the size of its axis.`,
      });
    }
    const place = indices.reduce(
      (sum, index, axis) => sum + (index < 0 ? index + shape[axis] : index) * strides[axis],
      this.offset,
    );
    return storage.data[place];
  }

  /** The only element of a tensor that has one. @throws Fault `bad-input` when it has more, or none. */
  item(): number {
    if (this.size !== 1) {
      throw new Fault('bad-input', `item: ${this} has ${this.size} elements, not one.`, {
        remedy: 'Use at(...) for one of them, or toFlat() for all.',
      });
    }
    return this.storage.data[this.offset];
  }

  /** A copy of its elements in row-major order. */
  toFlat(): Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
    const { shape, strides, storage } = this;
    const { data } = storage;
    if (this.isDense) {
      return data.slice(this.offset, this.offset + this.size);
    }
    const flat = storage.dtype === 'f32' ? new Float32Array(this.size) : new Int32Array(this.size);
    let next = 0;
    const walk = (axis: number, place: number): void => {
      if (axis === shape.length) {
        flat[next++] = data[place];
        return;
      }
      for (let i = 0; i < shape[axis]; i++) {
        walk(axis + 1, place + i * strides[axis]);
      }
    };
    walk(0, this.offset);
    return flat;
  }

  /** Its elements as nested lists: `[[1, 2], [3, 4]]`; a number when it has no axes. */
  toNested(): Nested {
    const { data } = this.storage;
    const nest = (axis: number, place: number): Nested =>
      axis === this.rank
        ? data[place]
        : Array.from({ length: this.shape[axis] }, (_, i) => nest(axis + 1, place + i * this.strides[axis]));
    return nest(0, this.offset);
  }

  /** `weight (3, 4)`, or `a tensor (3, 4)` when it has no name. */
  toString(): string {
    return `${this.name ?? 'a tensor'} ${showShape(this.shape)}`;
  }
}
