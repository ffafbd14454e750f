// Picking along an axis, by a tensor of indices.

import { apply, type Operation } from '../autograd.ts';
import { axisOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, checkIds, dense, shapeFault } from './support.ts';

/**
 * For each index, the element of x at the same place but with that index along `axis`. `indices` (i32) has x's shape but
 * for that axis, which may have any size.
 *
 * Example: `gather(logProbabilities, -1, targets)` of (N, V) and (N, 1) is (N, 1): each row's at its target.
 *
 * @throws Fault `bad-input` when another axis differs, or an index is out of range.
 */
export function gather(x: Tensor, axis: number, indices: Tensor): Tensor {
  const at = axisOf('gather', axis, x.shape);
  const remedy = `All axes but ${at} must have the same sizes.`;
  if (indices.rank !== x.rank) {
    const what = `axis ${Math.min(x.rank, indices.rank)} is in one of them only`;
    throw shapeFault('gather', x.shape, indices.shape, what, remedy);
  }
  const bad = x.shape.findIndex((length, i) => i !== at && length !== indices.shape[i]);
  if (bad !== -1) {
    throw shapeFault(
      'gather',
      x.shape,
      indices.shape,
      `axis ${bad} has ${x.shape[bad]} and ${indices.shape[bad]}`,
      remedy,
    );
  }
  checkIds('gather', indices, x.shape[at]);
  return apply(gatherOperation, [x, indices], { axis: at });
}

/** `gather`: forward, and backward beside it. */
export const gatherOperation: Operation<{ readonly axis: number }> = {
  name: 'gather',
  inputs: ['x', 'indices'],
  formula: 'y[i, j] = x[i, index[i, j]]',
  gradient: 'dx[i, index[i, j]] += dy[i, j]',
  forward([x, indices], { axis }, save) {
    checkDtype('gather', x, 'f32');
    save(indices);
    const y = x.engine.empty(indices.shape); // as the indices
    x.engine.kernels.gather(dense(x), axis, dense(indices), y);
    return y;
  },
  backward(dy, { inputs: [x], saved: [indices], attributes: { axis }, engine }) {
    const dx = engine.zeros(x.shape); // as x
    engine.kernels.scatterAdd(dense(dy), axis, dense(indices), dx);
    return [dx, undefined];
  },
};
