// Addition, element by element.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, binary, sumTo } from './support.ts';

/**
 * a + b, broadcast against each other.
 *
 * Example: `add(x, bias)` with x (B, T, C) and bias (C,) adds the bias to each position.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function add(a: Tensor, b: Tensor | number): Tensor {
  return apply(addOperation, [a, asTensor(a.engine, b)], undefined);
}

/** `add`: forward, and backward beside it. */
export const addOperation: Operation = {
  name: 'add',
  formula: 'y = a + b',
  gradient: 'da = dy, db = dy',
  forward: ([a, b]) => binary('add', a, b),
  backward: (dy, { inputs: [a, b], needs }) => [
    needs[0] ? sumTo(dy, a.shape) : undefined,
    needs[1] ? sumTo(dy, b.shape) : undefined,
  ],
};
