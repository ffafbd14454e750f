// Broadcasting by hand.

import { apply, type Operation } from '../autograd.ts';
import { broadcastShapes, broadcastStrides, type Shape, sameShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { shapeFault, sumTo } from './support.ts';

/**
 * x repeated to a shape that it broadcasts to, with strides of 0: nothing is copied.
 *
 * Example: `expand(row, [4, 3])` of (3,) reads the same three numbers four times.
 *
 * @throws Fault `bad-input` when x doesn't broadcast to it.
 */
export function expand(x: Tensor, shape: Shape): Tensor {
  if (!sameShape(broadcastShapes('expand', x.shape, shape), shape)) {
    const what = 'the second would have to grow';
    throw shapeFault('expand', x.shape, shape, what, 'Only axes of size 1, and missing ones, can be repeated.');
  }
  return apply(expandOperation, [x], { shape });
}

/** `expand`: forward, and backward beside it. */
export const expandOperation: Operation<{ readonly shape: Shape }> = {
  name: 'expand',
  formula: 'y = x, repeated',
  gradient: 'dx = dy, summed over the repeats',
  forward: ([x], { shape }) => x.engine.view(x, shape, broadcastStrides(x.shape, x.strides, shape)),
  backward: (dy, { inputs: [x] }) => [sumTo(dy, x.shape)],
};
