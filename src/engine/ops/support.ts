// What the operations share: dense copies, broadcasting and its reverse, checks, and calls of elementwise kernels.

import { Fault } from '../../shared/errors.ts';
import type { Engine } from '../engine.ts';
import type { Binary, DType, Unary } from '../kernels/kernels.ts';
import { broadcastShapes, broadcastStrides, type Shape, sameShape, showShape, sizeOf, stridesOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/** `x` itself when its elements follow each other without gaps, else a copy that does so. */
export function dense(x: Tensor): Tensor {
  if (x.isDense) {
    return x;
  }
  const copy = x.engine.empty(x.shape, x.dtype);
  x.engine.kernels.copy(x, copy);
  return copy;
}

/** `x` read as if it had the shape `target`: axes of size 1 and missing ones repeat. Nothing is copied. */
export function broadcastTo(x: Tensor, target: Shape): Tensor {
  return sameShape(x.shape, target) ? x : x.engine.view(x, [...target], broadcastStrides(x.shape, x.strides, target));
}

/** The reverse of broadcasting: sums a gradient over each axis along which `shape` was repeated. */
export function sumTo(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) {
    return gradient;
  }
  const added = gradient.rank - shape.length;
  const repeated = gradient.shape.flatMap((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? [axis] : [],
  );
  return reshaped(sumOver(gradient, repeated), shape);
}

/** The sums over some axes, in rising order; those axes are gone. Neighbouring axes are summed as one. */
export function sumOver(x: Tensor, axes: readonly number[]): Tensor {
  const { engine } = x;
  let result = dense(x);
  for (let last = axes.length - 1; last >= 0; last--) {
    let first = last;
    while (first > 0 && axes[first - 1] === axes[first] - 1) {
      first--;
    }
    const before = result.shape.slice(0, axes[first]);
    const after = result.shape.slice(axes[last] + 1);
    const block = sizeOf(result.shape.slice(axes[first], axes[last] + 1));
    const sums = engine.empty([...before, ...after]);
    engine.kernels.sum(reshaped(result, [...before, block, ...after]), axes[first], sums);
    result = sums;
    last = first;
  }
  return result;
}

/** A dense tensor's storage, read in another shape of the same size. */
export function reshaped(x: Tensor, shape: Shape): Tensor {
  return x.engine.view(x, [...shape], stridesOf(shape));
}

/** y = f(x), element by element. */
export function unary(kind: Unary, x: Tensor): Tensor {
  checkDtype(kind, x, 'f32');
  const y = x.engine.empty(x.shape);
  x.engine.kernels.unary(kind, dense(x), y);
  return y;
}

/** dy * f'(x), from what the kernels' table says is saved. */
export function unaryBackward(kind: Unary, saved: Tensor, dy: Tensor): Tensor {
  const dx = dy.engine.empty(dy.shape);
  dy.engine.kernels.unaryBackward(kind, dense(saved), dense(dy), dx);
  return dx;
}

/** An elementwise operation on two tensors, broadcast against each other. */
export function binary(kind: Binary, a: Tensor, b: Tensor): Tensor {
  checkDtype(kind, a, 'f32');
  checkDtype(kind, b, 'f32');
  const shape = broadcastShapes(kind, a.shape, b.shape);
  const out = a.engine.empty(shape);
  a.engine.kernels.binary(kind, broadcastTo(a, shape), broadcastTo(b, shape), out);
  return out;
}

/** x * scale + shift. */
export function affine(x: Tensor, scale: number, shift: number): Tensor {
  const y = x.engine.empty(x.shape);
  x.engine.kernels.affine(dense(x), scale, shift, y);
  return y;
}

/** A number as a tensor without axes, so that operations take both. */
export function asTensor(engine: Engine, value: Tensor | number): Tensor {
  return typeof value === 'number' ? engine.full([], value) : value;
}

/** @throws Fault `bad-input` unless `x` has this dtype. */
export function checkDtype(operation: string, x: Tensor, dtype: DType): void {
  if (x.dtype !== dtype) {
    throw new Fault('bad-input', `${operation}: ${x} is ${x.dtype}, and must be ${dtype}.`, {
      remedy:
        dtype === 'i32'
          ? 'Ids and indices are made with the dtype i32.'
          : 'Ids are no quantities to compute with: look them up, as in embedding(table, ids), or one-hot encode them.',
    });
  }
}

/** @throws Fault `bad-input` when an id is not in 0 to count - 1 (or is not `ignored`). */
export function checkIds(operation: string, ids: Tensor, count: number, ignored?: number): void {
  checkDtype(operation, ids, 'i32');
  const flat = dense(ids);
  const { data } = flat.storage;
  for (let i = 0; i < ids.size; i++) {
    const id = data[flat.offset + i];
    if ((id < 0 || id >= count) && id !== ignored) {
      throw new Fault('bad-input', `${operation}: the id ${id}, at ${i} of ${ids}, is not in 0 to ${count - 1}.`, {
        remedy: 'Ids count from 0, and must be below the size of what they pick from.',
      });
    }
  }
}

/** A tensor over `length` lines along `axis`, from line `start` on: a part of `x`, not copied. */
export function part(x: Tensor, axis: number, start: number, length: number): Tensor {
  const shape = x.shape.map((size, i) => (i === axis ? length : size));
  return x.engine.view(x, shape, x.strides, x.offset + (length === 0 ? 0 : start * x.strides[axis]));
}

/** The error of an operation whose operands' shapes don't go together. */
export function shapeFault(operation: string, a: Shape, b: Shape, what: string, remedy: string): Fault {
  return new Fault('bad-input', `${operation}: shapes ${showShape(a)} and ${showShape(b)} don't fit: ${what}.`, {
    remedy,
  });
}
