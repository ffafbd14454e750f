// RMSProp (Hinton 2012, lecture 6e of "Neural Networks for Machine Learning"): each parameter's step is divided by how
// large its slopes have been lately.

import type { Optimiser, ParameterGroup } from './optimiser.ts';
import { blend, eachGradient, penalised, releaseSlots, slotsOf } from './slots.ts';

export interface RmsPropOptions {
  /** The share of the running average of squares that is kept; 0.99 unless given, as in PyTorch. */
  readonly smoothing?: number;
  /** Added to the root, so that nothing is divided by zero; 1e-8 unless given. */
  readonly epsilon?: number;
}

/**
 * squares = smoothing * squares + (1 - smoothing) * gradient^2; parameter -= learningRate * gradient / (sqrt(squares) +
 * epsilon). Weight decay is added to the gradient.
 */
export function rmsProp(groups: readonly ParameterGroup[], options: RmsPropOptions = {}): Optimiser {
  const { smoothing = 0.99, epsilon = 1e-8 } = options;
  const slots = slotsOf(groups, 1);
  return {
    step(learningRate) {
      eachGradient(slots, (slot, gradient, engine) => {
        const { kernels } = engine;
        const slope = penalised(slot, gradient);
        const [squares] = slot.averages;
        const work = engine.empty(slope.shape);
        kernels.binary('mul', slope, slope, work);
        blend(squares, smoothing, work, 1 - smoothing);
        kernels.unary('sqrt', squares, work);
        kernels.affine(work, 1, epsilon, work);
        kernels.binary('div', slope, work, work);
        blend(slot.parameter, 1, work, -learningRate);
      });
    },
    release: () => releaseSlots(slots),
  };
}
