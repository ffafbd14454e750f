// Another shape for the same elements in the same order.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { checkShape, type Shape, showShape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { dense, reshaped } from './support.ts';

/**
 * The same elements, in row-major order, in another shape. One size may be -1: it is what remains. Copies only when x is
 * not dense, as after a transpose.
 *
 * Example: `reshape(x, [B, T, H, -1])` splits the channels of (B, T, C) into H heads.
 *
 * @throws Fault `bad-input` when the sizes don't multiply to as many elements.
 */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const known = sizeOf(shape.filter((length) => length !== -1));
  const open = shape.filter((length) => length === -1).length;
  const filled = shape.map((length) => (length === -1 && known > 0 ? x.size / known : length));
  if (open > 1 || filled.some((length) => !Number.isInteger(length) || length < 0) || sizeOf(filled) !== x.size) {
    checkShape('reshape', open > 1 ? [] : shape.filter((length) => length !== -1));
    throw new Fault(
      'bad-input',
      `reshape: ${showShape(x.shape)} has ${x.size} elements and can't become ${showShape(shape)}${open === 0 ? `, which has ${known}` : ''}.`,
      { remedy: 'The sizes must multiply to the number of elements; one of them may be -1, for what remains.' },
    );
  }
  return apply(reshapeOperation, [x], { shape: filled });
}

/** `reshape`: forward, and backward beside it. */
export const reshapeOperation: Operation<{ readonly shape: Shape }> = {
  name: 'reshape',
  formula: 'y = x, the same elements in another shape',
  gradient: 'dx = dy, in the shape of x',
  forward: ([x], { shape }) => reshaped(dense(x), shape),
  backward: (dy, { inputs: [x] }) => [reshaped(dense(dy), x.shape)],
};
