// Two axes exchanged.

import { apply, type Operation } from '../autograd.ts';
import { axisOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/**
 * Two axes exchanged, the last two unless named: the same storage, read with exchanged strides. Nothing is copied.
 *
 * Example: `transpose(k)` of keys (B, H, T, D) is (B, H, D, T).
 *
 * @throws Fault `bad-input` when x has no such axes.
 */
export function transpose(x: Tensor, a = -2, b = -1): Tensor {
  return apply(transposeOperation, [x], { axes: [axisOf('transpose', a, x.shape), axisOf('transpose', b, x.shape)] });
}

/** `transpose`: forward, and backward beside it. */
export const transposeOperation: Operation<{ readonly axes: readonly [a: number, b: number] }> = {
  name: 'transpose',
  formula: 'y = x^T',
  gradient: 'dx = dy^T',
  forward: ([x], { axes }) => exchanged(x, ...axes),
  backward: (dy, { attributes: { axes } }) => [exchanged(dy, ...axes)],
};

/** Sizes and strides of two axes change places: the storage stays as it is. */
export function exchanged(x: Tensor, a: number, b: number): Tensor {
  const exchange = (list: readonly number[]) => list.with(a, list[b]).with(b, list[a]);
  return x.engine.view(x, exchange(x.shape), exchange(x.strides));
}
