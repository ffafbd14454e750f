// The hyperbolic tangent.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** tanh x, element by element: squashes all numbers to between -1 and 1. */
export function tanh(x: Tensor): Tensor {
  return apply(tanhOperation, [x], undefined);
}

/** `tanh`: forward, and backward beside it. */
export const tanhOperation: Operation = {
  name: 'tanh',
  formula: 'y = tanh(x)',
  gradient: 'dx = dy (1 - y^2)',
  forward([x], _, save) {
    const y = unary('tanh', x);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [unaryBackward('tanh', y, dy)],
};
