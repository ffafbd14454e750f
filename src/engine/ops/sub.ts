// Subtraction, element by element.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { affine, asTensor, binary, sumTo } from './support.ts';

/**
 * a - b, broadcast against each other.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function sub(a: Tensor, b: Tensor | number): Tensor {
  return apply(subOperation, [a, asTensor(a.engine, b)], undefined);
}

/** `sub`: forward, and backward beside it. */
export const subOperation: Operation = {
  name: 'sub',
  formula: 'y = a - b',
  gradient: 'da = dy, db = -dy',
  forward: ([a, b]) => binary('sub', a, b),
  backward: (dy, { inputs: [a, b], needs }) => [
    needs[0] ? sumTo(dy, a.shape) : undefined,
    needs[1] ? affine(sumTo(dy, b.shape), -1, 0) : undefined,
  ],
};
