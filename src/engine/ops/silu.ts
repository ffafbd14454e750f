// The sigmoid linear unit, also called swish (Elfwing et al. 2018; Ramachandran et al. 2017).

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { unary, unaryBackward } from './support.ts';

/** x times sigmoid(x), element by element: the activation of Llama's feed-forward blocks. */
export function silu(x: Tensor): Tensor {
  return apply(siluOperation, [x], undefined);
}

/** `silu`: forward, and backward beside it. */
export const siluOperation: Operation = {
  name: 'silu',
  formula: 'y = x * s, s = 1 / (1 + e^-x)',
  gradient: 'dx = dy * s (1 + x (1 - s))',
  forward([x], _, save) {
    const y = unary('silu', x);
    save(x);
    return y;
  },
  backward: (dy, { saved: [x] }) => [unaryBackward('silu', x, dy)],
};
