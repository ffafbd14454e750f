// RMS norm (Zhang and Sennrich 2019): each row to a root mean square of 1, then a learned scale. No mean is taken out.

import { apply, type Operation } from '../autograd.ts';
import type { Tensor } from '../tensor.ts';
import { checkParameter } from './layerNorm.ts';
import { dense } from './support.ts';

export interface RmsNormOptions {
  /** (C,), or none: then nothing is scaled. */
  readonly weight?: Tensor | undefined;
  /** Keeps the division finite where a row is zero; 1e-5 unless given. */
  readonly epsilon?: number;
}

/**
 * x / sqrt(mean of x^2 + epsilon) * weight over the last axis of x (..., C).
 *
 * @throws Fault `bad-input` when the weight is not (C,).
 */
export function rmsNorm(x: Tensor, { weight, epsilon = 1e-5 }: RmsNormOptions = {}): Tensor {
  checkParameter('rmsNorm', x, weight);
  return apply(rmsNormOperation, weight === undefined ? [x] : [x, weight], { epsilon });
}

/** `rmsNorm`: forward, and backward beside it. */
export const rmsNormOperation: Operation<{ readonly epsilon: number }> = {
  name: 'rmsNorm',
  inputs: ['x', 'weight'],
  formula: 'y = n * weight, n = x / sqrt(mean(x^2) + epsilon)',
  gradient: 'dx = (g - n mean(g n)) / sqrt(mean(x^2) + epsilon), g = dy * weight',
  forward([x, weight], { epsilon }, save) {
    const { engine } = x;
    const y = engine.empty(x.shape); // (..., C)
    const inverses = engine.empty(x.shape.slice(0, -1)); // (...)
    engine.kernels.rmsNorm(dense(x), weight && dense(weight), epsilon, y, inverses);
    save(x, inverses, ...(weight === undefined ? [] : [weight]));
    return y;
  },
  backward(dy, { saved: [x, inverses, weight], needs, engine }) {
    const dx = needs[0] ? engine.empty(x.shape) : undefined; // (..., C)
    const dWeight = weight && engine.zeros(weight.shape); // (C,)
    engine.kernels.rmsNormBackward(dense(x), weight && dense(weight), inverses, dense(dy), dx, dWeight);
    return weight === undefined ? [dx] : [dx, dWeight];
  },
};
