// Powers with a fixed exponent.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { affine, asTensor, binary } from './support.ts';

/**
 * x to the power of `exponent`, a number. A negative x with a fraction as exponent gives NaN.
 *
 * Example: `pow(x, 2)` squares each element. (A tensor of exponents: `exp(mul(y, log(x)))`.)
 *
 * @throws Fault `bad-input` when the exponent is no number.
 */
export function pow(x: Tensor, exponent: number): Tensor {
  if (typeof exponent !== 'number') {
    throw new Fault('bad-input', `pow: the exponent, ${exponent}, is no number.`, {
      remedy: 'Give a number. For positive x and a tensor y of exponents, use exp(mul(y, log(x))).',
    });
  }
  return apply(powOperation, [x], { exponent });
}

/** `pow`: forward, and backward beside it. */
export const powOperation: Operation<{ readonly exponent: number }> = {
  name: 'pow',
  formula: 'y = x^n',
  gradient: 'dx = dy * n x^(n - 1)',
  forward([x], { exponent }, save) {
    save(x);
    return binary('pow', x, asTensor(x.engine, exponent));
  },
  backward(dy, { attributes: { exponent }, saved: [x], engine }) {
    if (exponent === 0) {
      return [engine.zeros(x.shape)]; // a constant, at 0 too, where x^-1 would be infinite
    }
    const slope = affine(binary('pow', x, asTensor(engine, exponent - 1)), exponent, 0);
    return [binary('mul', dy, slope)];
  },
};
