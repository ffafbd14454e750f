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
  return apply(operation, [x], { a: axisOf('transpose', a, x.shape), b: axisOf('transpose', b, x.shape) });
}

const operation: Operation<{ readonly a: number; readonly b: number }> = {
  name: 'transpose',
  formula: 'y = x^T',
  gradient: 'dx = dy^T',
  forward: ([x], { a, b }) => exchanged(x, a, b),
  backward: (dy, { attributes: { a, b } }) => [exchanged(dy, a, b)],
};

function exchanged(x: Tensor, a: number, b: number): Tensor {
  const exchange = (list: readonly number[]) =>
    list.map((value, axis) => (axis === a ? list[b] : axis === b ? list[a] : value));
  return x.engine.view(x, exchange(x.shape), exchange(x.strides));
}
