// The natural logarithm.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** ln x, element by element: -infinity at 0, NaN below. */
export function log(x: Tensor): Tensor {
  return apply(logOperation, [x], undefined);
}

/** `log`: forward, and backward beside it. */
export const logOperation: Operation = {
  name: 'log',
  formula: 'y = ln x',
  gradient: 'dx = dy / x',
  forward([x], _, save) {
    const y = unary('log', x);
    save(x);
    return y;
  },
  backward: (dy, { saved: [x] }) => [unaryBackward('log', x, dy)],
};
