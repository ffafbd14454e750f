// Axes in another order: the same storage, read with other strides.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { axesOf, axisOf, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/**
 * The axes in a new order: axis i of the result is axis `order[i]` of x. Nothing is copied.
 *
 * Example: `permute(x, [0, 2, 1, 3])` makes (B, T, H, D) of heads side by side into (B, H, T, D).
 *
 * @throws Fault `bad-input` unless each axis is named once.
 */
export function permute(x: Tensor, order: readonly number[]): Tensor {
  axesOf('permute', order, x.shape);
  if (order.length !== x.rank) {
    const what = `${showShape(x.shape)} has ${x.rank} axes, and the order names ${order.length}`;
    throw new Fault('bad-input', `permute: ${what}.`, { remedy: 'Name each axis once.' });
  }
  return apply(permuteOperation, [x], { permutation: order.map((axis) => axisOf('permute', axis, x.shape)) });
}

/** `permute`: forward, and backward beside it. */
export const permuteOperation: Operation<{ readonly permutation: readonly number[] }> = {
  name: 'permute',
  formula: 'y = x, axes in another order',
  gradient: 'dx = dy, axes put back',
  forward: ([x], { permutation }) => permuted(x, permutation),
  backward(dy, { attributes: { permutation } }) {
    const back = permutation.map((_, axis) => permutation.indexOf(axis));
    return [permuted(dy, back)];
  },
};

/** Sizes and strides in another order: the storage stays as it is. */
function permuted(x: Tensor, order: readonly number[]): Tensor {
  return x.engine.view(
    x,
    order.map((axis) => x.shape[axis]),
    order.map((axis) => x.strides[axis]),
  );
}
