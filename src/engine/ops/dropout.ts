// Dropout (Srivastava et al. 2014), in the inverted form: what is kept is scaled up, so that nothing changes at use.

import type { Random } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { binary } from './support.ts';

/**
 * Sets each element to 0 with the probability `rate` and divides the others by 1 - rate. One draw from `random` seeds
 * the whole mask: the same generator gives the same masks, on every backend.
 *
 * @throws Fault `bad-input` when the rate is not in 0 to below 1.
 */
export function dropout(x: Tensor, rate: number, random: Random): Tensor {
  if (!(rate >= 0 && rate < 1)) {
    throw new Fault('bad-input', `dropout: the rate ${rate} is not in 0 to below 1.`, {
      remedy: 'It is the share that is dropped: 0.1 keeps nine of ten.',
    });
  }
  const seed = Math.floor(random() * 4294967296);
  return apply(dropoutOperation, [x], { rate, seed });
}

/** `dropout`: forward, and backward beside it. */
export const dropoutOperation: Operation<{ readonly rate: number; readonly seed: number }> = {
  name: 'dropout',
  formula: 'y = x * m, m = 0 or 1 / (1 - rate) by chance',
  gradient: 'dx = dy * m',
  forward([x], { rate, seed }, save) {
    const mask = x.engine.empty(x.shape); // (...), as x
    x.engine.kernels.dropoutMask(seed, 1 - rate, mask);
    save(mask);
    return binary('mul', x, mask);
  },
  backward: (dy, { saved: [mask] }) => [binary('mul', dy, mask)],
};
