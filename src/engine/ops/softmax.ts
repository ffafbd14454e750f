// Scores to probabilities along an axis (Bridle 1990 gave it the name), and their logarithms.

import { apply, type Operation } from '../autograd.ts';
import { axisOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, dense } from './support.ts';
import { exchanged } from './transpose.ts';

/**
 * e^x divided by the sum of e^x along an axis: each line is positive and sums to 1. The line's maximum is taken out
 * first, which changes nothing but keeps e^x finite. A line of -infinity alone gives NaN.
 *
 * Example: `softmax(engine.tensor([0, Math.log(3)]))` is [0.25, 0.75].
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  return apply(softmaxOperation, [x], { axis: axisOf('softmax', axis, x.shape) });
}

/**
 * ln softmax(x), computed as x - ln of the sum of e^x: exact where a probability is too small to be told from 0.
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return apply(logSoftmaxOperation, [x], { axis: axisOf('logSoftmax', axis, x.shape) });
}

interface Attributes {
  readonly axis: number;
}

/** `softmax`: forward, and backward beside it. */
export const softmaxOperation: Operation<Attributes> = {
  name: 'softmax',
  formula: 'y = e^x / sum of e^x',
  gradient: 'dx = y (dy - sum of dy * y)',
  forward([x], { axis }, save) {
    const y = rowsOut(x, axis, false);
    save(y);
    return fromRows(y, axis);
  },
  backward: (dy, { saved: [y], attributes: { axis } }) => [rowsBack(y, dy, axis, false)],
};

/** `logSoftmax`: forward, and backward beside it. */
export const logSoftmaxOperation: Operation<Attributes> = {
  name: 'logSoftmax',
  formula: 'y = x - ln(sum of e^x)',
  gradient: 'dx = dy - e^y * sum of dy',
  forward([x], { axis }, save) {
    const y = rowsOut(x, axis, true);
    save(y);
    return fromRows(y, axis);
  },
  backward: (dy, { saved: [y], attributes: { axis } }) => [rowsBack(y, dy, axis, true)],
};

/** The kernel works on rows: the axis, of size C, is brought to the end first. The result has it there. */
function rowsOut(x: Tensor, axis: number, log: boolean): Tensor {
  checkDtype(log ? 'logSoftmax' : 'softmax', x, 'f32');
  const rows = exchanged(x, axis, x.rank - 1); // (..., C)
  const y = x.engine.empty(rows.shape); // (..., C)
  x.engine.kernels.softmax(dense(rows), y, log);
  return y;
}

/** `y` as rows still; `dy`, and what comes back, with the axis in its place. */
function rowsBack(y: Tensor, dy: Tensor, axis: number, log: boolean): Tensor {
  const dx = y.engine.empty(y.shape); // (..., C)
  y.engine.kernels.softmaxBackward(y, dense(exchanged(dy, axis, dy.rank - 1)), dx, log);
  return fromRows(dx, axis);
}

/** The axis back from the end to its place. */
function fromRows(rows: Tensor, axis: number): Tensor {
  return exchanged(rows, axis, rows.rank - 1);
}
