// Multiplication, element by element.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, binary, sumTo } from './support.ts';

/**
 * a * b, broadcast against each other. For the product of matrices see `matmul`.
 *
 * Example: `mul(scores, 1 / Math.sqrt(D))` scales all scores.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function mul(a: Tensor, b: Tensor | number): Tensor {
  return apply(mulOperation, [a, asTensor(a.engine, b)], undefined);
}

/** `mul`: forward, and backward beside it. */
export const mulOperation: Operation = {
  name: 'mul',
  formula: 'y = a * b',
  gradient: 'da = dy * b, db = dy * a',
  forward([a, b], _, save) {
    save(a, b);
    return binary('mul', a, b);
  },
  backward: (dy, { saved: [a, b], needs }) => [
    needs[0] ? sumTo(binary('mul', dy, b), a.shape) : undefined,
    needs[1] ? sumTo(binary('mul', dy, a), b.shape) : undefined,
  ],
};
