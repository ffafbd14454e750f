// The rectifier (Nair and Hinton 2010).

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** max(x, 0), element by element. At 0 the slope is taken to be 0. */
export function relu(x: Tensor): Tensor {
  return apply(reluOperation, [x], undefined);
}

/** `relu`: forward, and backward beside it. */
export const reluOperation: Operation = {
  name: 'relu',
  formula: 'y = max(x, 0)',
  gradient: 'dx = dy where y > 0, else 0',
  forward([x], _, save) {
    const y = unary('relu', x);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [unaryBackward('relu', y, dy)],
};
