// The largest and the smallest along an axis, and where they are.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { axisOf, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import type { ReduceOptions } from './sum.ts';
import { checkDtype, dense, reshaped } from './support.ts';

/**
 * The largest element along an axis. The gradient goes to where it is, to the first place when several are equal; NaN is
 * larger than all.
 *
 * Example: `max(x, -1)` of (B, V) is (B,).
 *
 * @throws Fault `bad-input` when x has no such axis, or the axis is empty.
 */
export function max(x: Tensor, axis: number, options: ReduceOptions = {}): Tensor {
  return apply(extremes.max, [x], { axis: filledAxis('max', x, axis), ...options });
}

/** The smallest element along an axis; otherwise as {@link max}. */
export function min(x: Tensor, axis: number, options: ReduceOptions = {}): Tensor {
  return apply(extremes.min, [x], { axis: filledAxis('min', x, axis), ...options });
}

/**
 * Where along an axis the largest element is, as i32: the first place when several are equal. No gradient flows.
 *
 * Example: `argmax(logits, -1)` of (B, V) is (B,): the ids of the likeliest tokens.
 *
 * @throws Fault `bad-input` when x has no such axis, or the axis is empty.
 */
export function argmax(x: Tensor, axis = -1): Tensor {
  return apply(argmaxOperation, [x], { axis: filledAxis('argmax', x, axis) });
}

interface Attributes extends ReduceOptions {
  readonly axis: number;
}

const extremes = {
  max: extremeOperation('max', 'y = the largest x'),
  min: extremeOperation('min', 'y = the smallest x'),
};

/** `max` or `min`: forward, and backward beside it. */
function extremeOperation(kind: 'max' | 'min', formula: string): Operation<Attributes> {
  return {
    name: kind,
    formula,
    gradient: 'dx = dy where it was found, 0 elsewhere',
    forward([x], { axis, keepAxes = false }, save) {
      const { values, indices } = found(kind, x, axis);
      save(indices);
      return keepAxes ? values : reshaped(values, x.shape.toSpliced(axis, 1));
    },
    backward(dy, { inputs: [x], saved: [indices], attributes: { axis }, engine }) {
      const dx = engine.zeros(x.shape);
      engine.kernels.scatterAdd(reshaped(dense(dy), indices.shape), axis, indices, dx);
      return [dx];
    },
  };
}

/** `argmax`: forward only; no gradient flows through places. */
export const argmaxOperation: Operation<Attributes> = {
  name: 'argmax',
  formula: 'y = the place of the largest x',
  forward: ([x], { axis }) => reshaped(found('max', x, axis).indices, x.shape.toSpliced(axis, 1)),
};

/** Both with the axis kept, with size 1. */
function found(kind: 'max' | 'min', x: Tensor, axis: number): { values: Tensor; indices: Tensor } {
  checkDtype(kind, x, 'f32');
  const values = x.engine.empty(x.shape.with(axis, 1));
  const indices = x.engine.empty(x.shape.with(axis, 1), 'i32');
  x.engine.kernels.extreme(kind, dense(x), axis, values, indices);
  return { values, indices };
}

function filledAxis(operation: string, x: Tensor, axis: number): number {
  const at = axisOf(operation, axis, x.shape);
  if (x.shape[at] === 0) {
    throw new Fault('bad-input', `${operation}: axis ${axis} of ${showShape(x.shape)} is empty.`, {
      remedy: 'Among no elements there is none that is the largest or the smallest.',
    });
  }
  return at;
}
