// The k largest of each row.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { axisOf, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { gather } from './gather.ts';
import { checkDtype, dense } from './support.ts';

/**
 * The k largest along the last axis, largest first, and where they are (i32). Gradients flow to the values' places.
 *
 * Example: `topK(engine.tensor([3, 9, 5]), 2)` has the values 9, 5 and the indices 1, 2.
 *
 * @throws Fault `bad-input` when k is no whole number from 0 to the size of the axis.
 */
export function topK(x: Tensor, k: number): { values: Tensor; indices: Tensor } {
  const axis = axisOf('topK', -1, x.shape);
  if (!Number.isInteger(k) || k < 0 || k > x.shape[axis]) {
    throw new Fault('bad-input', `topK: there are no ${k} elements along the last axis of ${showShape(x.shape)}.`, {
      remedy: `k goes from 0 to ${x.shape[axis]}.`,
    });
  }
  const indices = apply(topKOperation, [x], { k });
  return { values: gather(x, axis, indices), indices };
}

/** `topK`: forward only; no gradient flows through places. */
export const topKOperation: Operation<{ readonly k: number }> = {
  name: 'topK',
  formula: 'y = the places of the k largest x',
  forward([x], { k }) {
    checkDtype('topK', x, 'f32');
    const shape = x.shape.with(-1, k);
    const indices = x.engine.empty(shape, 'i32');
    x.engine.kernels.topK(dense(x), k, x.engine.empty(shape), indices);
    return indices;
  },
};
