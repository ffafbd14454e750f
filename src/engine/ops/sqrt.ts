// The square root.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** The square root, element by element: NaN below 0, and an infinite gradient at 0. */
export function sqrt(x: Tensor): Tensor {
  return apply(sqrtOperation, [x], undefined);
}

/** `sqrt`: forward, and backward beside it. */
export const sqrtOperation: Operation = {
  name: 'sqrt',
  formula: 'y = sqrt(x)',
  gradient: 'dx = dy / (2 y)',
  forward([x], _, save) {
    const y = unary('sqrt', x);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [unaryBackward('sqrt', y, dy)],
};
