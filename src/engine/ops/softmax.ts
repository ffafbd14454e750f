// Scores to probabilities along an axis (Bridle 1990 gave it the name), and their logarithms.

import { apply, type Operation } from '../autograd.ts';
import { axisOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, dense } from './support.ts';
import { transpose } from './transpose.ts';

/**
 * e^x divided by the sum of e^x along an axis: each line is positive and sums to 1. The line's maximum is taken out
 * first, which changes nothing but keeps e^x finite. A line of -infinity alone gives NaN.
 *
 * Example: `softmax(engine.tensor([0, Math.log(3)]))` is [0.25, 0.75].
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function softmax(x: Tensor, axis = -1): Tensor {
  return alongLast('softmax', x, axis, (rows) => apply(plain, [rows], undefined));
}

/**
 * ln softmax(x), computed as x - ln of the sum of e^x: exact where a probability is too small to be told from 0.
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function logSoftmax(x: Tensor, axis = -1): Tensor {
  return alongLast('logSoftmax', x, axis, (rows) => apply(logarithmic, [rows], undefined));
}

const plain: Operation = {
  name: 'softmax',
  formula: 'y = e^x / sum of e^x',
  gradient: 'dx = y (dy - sum of dy * y)',
  forward([x], _, save) {
    const y = run(x, false);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [runBackward(y, dy, false)],
};

const logarithmic: Operation = {
  name: 'logSoftmax',
  formula: 'y = x - ln(sum of e^x)',
  gradient: 'dx = dy - e^y * sum of dy',
  forward([x], _, save) {
    const y = run(x, true);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [runBackward(y, dy, true)],
};

function run(x: Tensor, log: boolean): Tensor {
  checkDtype('softmax', x, 'f32');
  const y = x.engine.empty(x.shape);
  x.engine.kernels.softmax(dense(x), y, log);
  return y;
}

function runBackward(y: Tensor, dy: Tensor, log: boolean): Tensor {
  const dx = y.engine.empty(y.shape);
  y.engine.kernels.softmaxBackward(y, dense(dy), dx, log);
  return dx;
}

/** Kernels work on rows: another axis is brought to the end, and back. */
function alongLast(operation: string, x: Tensor, axis: number, work: (rows: Tensor) => Tensor): Tensor {
  const at = axisOf(operation, axis, x.shape);
  return at === x.rank - 1 ? work(x) : transpose(work(transpose(x, at, -1)), at, -1);
}
