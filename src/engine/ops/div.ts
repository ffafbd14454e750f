// Division, element by element.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { affine, asTensor, binary, sumTo } from './support.ts';

/**
 * a / b, broadcast against each other. Division by zero gives infinity, and 0 / 0 gives NaN.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function div(a: Tensor, b: Tensor | number): Tensor {
  return apply(divOperation, [a, asTensor(a.engine, b)], undefined);
}

/** `div`: forward, and backward beside it. */
export const divOperation: Operation = {
  name: 'div',
  formula: 'y = a / b',
  gradient: 'da = dy / b, db = -dy * y / b',
  forward([a, b], _, save) {
    const y = binary('div', a, b);
    save(b, y);
    return y;
  },
  backward(dy, { inputs: [a], saved: [b, y], needs }) {
    const da = binary('div', dy, b);
    return [
      needs[0] ? sumTo(da, a.shape) : undefined,
      needs[1] ? sumTo(affine(binary('mul', da, y), -1, 0), b.shape) : undefined,
    ];
  },
};
