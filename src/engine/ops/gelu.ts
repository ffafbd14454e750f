// The Gaussian error linear unit (Hendrycks and Gimpel 2016), in both of its forms.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/**
 * x times the share of a normal distribution that lies below x.
 *
 * The form `erf` is exact (BERT); `tanh` is the approximation that GPT-2 was trained with. They differ by at most 0.0005.
 *
 * Example: `gelu(x, 'tanh')` of 1 is 0.8412; of -1 it is -0.1588.
 *
 * @throws Fault `bad-input` for any other form.
 */
export function gelu(x: Tensor, form: 'erf' | 'tanh' = 'erf'): Tensor {
  if (form !== 'erf' && form !== 'tanh') {
    throw new Fault('bad-input', `gelu: there is no form ${form}.`, {
      remedy: "The forms are 'erf', which is exact, and 'tanh', which is an approximation.",
    });
  }
  return apply(form === 'erf' ? geluOperation : geluTanhOperation, [x], { form });
}

interface Attributes {
  readonly form: 'erf' | 'tanh';
}

/** `gelu` in its exact form: forward, and backward beside it. */
export const geluOperation: Operation<Attributes> = {
  name: 'gelu',
  formula: 'y = x/2 (1 + erf(x / sqrt(2)))',
  gradient: 'dx = dy (P(x) + x p(x)), with P and p of the normal distribution',
  forward([x], _, save) {
    save(x);
    return unary('gelu', x);
  },
  backward: (dy, { saved: [x] }) => [unaryBackward('gelu', x, dy)],
};

/** `gelu` in its approximate form: forward, and backward beside it. */
export const geluTanhOperation: Operation<Attributes> = {
  name: 'gelu',
  formula: 'y = x/2 (1 + t), t = tanh(sqrt(2/pi) (x + 0.044715 x^3))',
  gradient: 'dx = dy ((1 + t)/2 + x/2 (1 - t^2) sqrt(2/pi) (1 + 0.134145 x^2))',
  forward([x], _, save) {
    save(x);
    return unary('geluTanh', x);
  },
  backward: (dy, { saved: [x] }) => [unaryBackward('geluTanh', x, dy)],
};
