// The sign turned.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { affine, checkDtype } from './support.ts';

/** -x. */
export function neg(x: Tensor): Tensor {
  return apply(negOperation, [x], undefined);
}

/** `neg`: forward, and backward beside it. */
export const negOperation: Operation = {
  name: 'neg',
  formula: 'y = -x',
  gradient: 'dx = -dy',
  forward([x]) {
    checkDtype('neg', x, 'f32');
    return affine(x, -1, 0);
  },
  backward: (dy) => [affine(dy, -1, 0)],
};
