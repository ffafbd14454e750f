// The logistic function.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** 1 / (1 + e^-x), element by element: squashes all numbers to between 0 and 1. */
export function sigmoid(x: Tensor): Tensor {
  return apply(sigmoidOperation, [x], undefined);
}

/** `sigmoid`: forward, and backward beside it. */
export const sigmoidOperation: Operation = {
  name: 'sigmoid',
  formula: 'y = 1 / (1 + e^-x)',
  gradient: 'dx = dy * y (1 - y)',
  forward([x], _, save) {
    const y = unary('sigmoid', x);
    save(y);
    return y;
  },
  backward: (dy, { saved: [y] }) => [unaryBackward('sigmoid', y, dy)],
};
