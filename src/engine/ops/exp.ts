// The exponential.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** e^x, element by element; infinity above 88.7, which is all that 32 bits hold. */
export function exp(x: Tensor): Tensor {
  return apply(expOperation, [x], undefined);
}

/** `exp`: forward, and backward beside it. */
export const expOperation: Operation = {
  name: 'exp',
  formula: 'y = e^x',
  gradient: 'dx = dy * y',
  forward([x], _, save) {
    const y = unary('exp', x);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [unaryBackward('exp', y, dy)],
};
