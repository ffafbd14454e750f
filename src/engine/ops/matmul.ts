// The product of matrices, of stacks of them, and of vectors with them.

import { apply, type Operation } from '../autograd.ts';
import { broadcastShapes, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { squeeze, unsqueeze } from './squeeze.ts';
import { broadcastTo, checkDtype, dense, reshaped, shapeFault, sumTo } from './support.ts';
import { exchanged } from './transpose.ts';

/**
 * The matrix product: (..., M, K) times (..., K, N) is (..., M, N), where the axes in front broadcast. A vector (K,)
 * counts as one row on the left and as one column on the right, and that axis is gone from the result.
 *
 * Example: `matmul(x, weight)` with x (B, T, C) and weight (C, V) is (B, T, V).
 *
 * @throws Fault `bad-input` when the inner sizes differ, or the axes in front don't broadcast.
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  check(a, b);
  if (a.rank === 1) {
    return squeeze(matmul(unsqueeze(a, 0), b), b.rank === 1 ? -1 : -2);
  }
  if (b.rank === 1) {
    return squeeze(matmul(a, unsqueeze(b, -1)), -1);
  }
  return apply(matmulOperation, [a, b], undefined);
}

/** `matmul`: forward, and backward beside it. */
export const matmulOperation: Operation = {
  name: 'matmul',
  formula: 'y[i, j] = sum over k of a[i, k] b[k, j]',
  gradient: 'da = dy b^T, db = a^T dy',

  forward([a, b], _, save) {
    save(a, b);
    return product(a, b); // (..., M, N)
  },

  backward(dy, { saved: [a, b], needs }) {
    const da = () => sumTo(product(dy, transposed(b)), a.shape); // (..., M, N) (..., N, K)
    const db = () =>
      b.rank === 2
        ? product(transposed(rows(a)), rows(dy)) // (K, all rows) (all rows, N): one product sums over the batch too
        : sumTo(product(transposed(a), dy), b.shape); // (..., K, M) (..., M, N)
    return [needs[0] ? da() : undefined, needs[1] ? db() : undefined];
  },
};

/** a b, by the kernel. One matrix for a whole batch makes one tall product. */
function product(a: Tensor, b: Tensor): Tensor {
  const { engine } = a;
  const batch = broadcastShapes('matmul', a.shape, b.shape, 2);
  const out = engine.empty([...batch, a.shape[a.rank - 2], b.shape[b.rank - 1]]); // (..., M, N)
  if (b.rank === 2 && a.isDense) {
    engine.kernels.matmul(rows(a), b, rows(out), false);
  } else {
    const left = broadcastTo(a, [...batch, ...a.shape.slice(-2)]); // (..., M, K)
    const right = broadcastTo(b, [...batch, ...b.shape.slice(-2)]); // (..., K, N)
    engine.kernels.matmul(left, right, out, false);
  }
  return out;
}

/** (..., M, K) as one matrix (all rows, K). */
function rows(x: Tensor): Tensor {
  return x.rank === 2 ? x : reshaped(dense(x), [sizeOf(x.shape.slice(0, -1)), x.shape[x.rank - 1]]);
}

/** The last two axes exchanged; nothing is copied. */
function transposed(x: Tensor): Tensor {
  return exchanged(x, x.rank - 2, x.rank - 1);
}

function check(a: Tensor, b: Tensor): void {
  checkDtype('matmul', a, 'f32');
  checkDtype('matmul', b, 'f32');
  if (a.rank === 0 || b.rank === 0) {
    throw shapeFault('matmul', a.shape, b.shape, 'a single number is no matrix', 'Use mul to scale by a number.');
  }
  const axis = b.rank === 1 ? -1 : -2;
  const remedy = `The last axis of the first must be as long as axis ${axis} of the second; transpose one of them?`;
  const [inner, needed] = [a.shape[a.rank - 1], b.shape[b.rank + axis]];
  if (inner !== needed) {
    throw shapeFault(
      'matmul',
      a.shape,
      b.shape,
      `axis -1 of the first has ${inner}, axis ${axis} of the second ${needed}`,
      remedy,
    );
  }
}
