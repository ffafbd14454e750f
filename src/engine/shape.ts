// Arithmetic on shapes: sizes, strides, broadcasting, axes. Pure functions; what an operation can't do with a shape
// is a Fault here that names the operation, both shapes, the axis that disagrees, and what to do.

import { Fault } from '../shared/errors.ts';

/** Sizes by axis, outermost first. `[]` is a single number. */
export type Shape = readonly number[];

/** How many elements a shape has: `sizeOf([2, 3])` is 6, `sizeOf([])` is 1, `sizeOf([4, 0])` is 0. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const length of shape) {
    size *= length;
  }
  return size;
}

/**
 * The strides of a row-major tensor: how many elements lie between neighbours along each axis.
 *
 * Example: `stridesOf([2, 3, 4])` is `[12, 4, 1]`.
 */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/** Whether elements follow each other in row-major order without gaps. Axes of size 1 may have any stride. */
export function isDense(shape: Shape, strides: readonly number[]): boolean {
  if (shape.includes(0)) {
    return true;
  }
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) {
      return false;
    }
    step *= shape[axis];
  }
  return true;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/** As people write shapes: `(2, 3)`, `(5,)`, `()`. */
export function showShape(shape: Shape): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}

/**
 * The shape of an elementwise operation on two tensors, by NumPy's rules: shapes are aligned at their last axes,
 * missing axes count as 1, and an axis of size 1 is repeated to fit the other.
 *
 * Example: `broadcastShapes('add', [4, 1, 3], [2, 1])` is `[4, 2, 3]`.
 *
 * `behind` leaves so many last axes out of it, as matmul does with its matrices; errors still show them.
 *
 * @throws Fault `bad-input` where two sizes differ and neither is 1.
 */
export function broadcastShapes(operation: string, wholeA: Shape, wholeB: Shape, behind = 0): number[] {
  const a = wholeA.slice(0, wholeA.length - behind);
  const b = wholeB.slice(0, wholeB.length - behind);
  const rank = Math.max(a.length, b.length);
  const shape = new Array<number>(rank);
  for (let axis = 0; axis < rank; axis++) {
    const ofA = a[axis - rank + a.length] ?? 1;
    const ofB = b[axis - rank + b.length] ?? 1;
    if (ofA !== ofB && ofA !== 1 && ofB !== 1) {
      throw new Fault(
        'bad-input',
        `${operation}: shapes ${showShape(wholeA)} and ${showShape(wholeB)} don't fit: axis ${axis - rank - behind} has ${ofA} and ${ofB}.`,
        { remedy: 'Sizes of an axis, counted from the last, must be equal, or one of them 1.' },
      );
    }
    shape[axis] = ofA === 1 ? ofB : ofA;
  }
  return shape;
}

/**
 * Strides that read a tensor of `shape` as if it had the shape `target`: 0 along each axis that is repeated.
 *
 * Example: `broadcastStrides([3, 1], [1, 1], [2, 3, 4])` is `[0, 1, 0]`.
 */
export function broadcastStrides(shape: Shape, strides: readonly number[], target: Shape): number[] {
  const added = target.length - shape.length;
  return target.map((length, axis) =>
    axis < added || (shape[axis - added] === 1 && length !== 1) ? 0 : strides[axis - added],
  );
}

/**
 * An axis from 0, given one that may count from the end.
 *
 * Example: `axisOf('sum', -1, [2, 3])` is 1.
 *
 * @throws Fault `bad-input` when the shape has no such axis.
 */
export function axisOf(operation: string, axis: number, shape: Shape): number {
  const { length: rank } = shape;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new Fault('bad-input', `${operation}: shape ${showShape(shape)} has no axis ${axis}.`, {
      remedy: rank === 0 ? 'A single number has no axes.' : `Axes go from ${-rank} to ${rank - 1}.`,
    });
  }
  return axis < 0 ? axis + rank : axis;
}

/** Several axes from 0, in rising order. @throws Fault `bad-input` when one doesn't exist or comes twice. */
export function axesOf(operation: string, axes: readonly number[], shape: Shape): number[] {
  const found = axes.map((axis) => axisOf(operation, axis, shape)).sort((a, b) => a - b);
  const twice = found.find((axis, i) => axis === found[i + 1]);
  if (twice !== undefined) {
    throw new Fault('bad-input', `${operation}: axis ${twice} of shape ${showShape(shape)} is named twice.`, {
      remedy: 'Name each axis once.',
    });
  }
  return found;
}

/** @throws Fault `bad-input` unless each size is a whole number of 0 or more. */
export function checkShape(operation: string, shape: Shape): void {
  const bad = shape.find((length) => !Number.isInteger(length) || length < 0);
  if (bad !== undefined) {
    throw new Fault('bad-input', `${operation}: ${bad} in the shape ${showShape(shape)} is no size.`, {
      remedy: 'Sizes are whole numbers of 0 or more.',
    });
  }
}
