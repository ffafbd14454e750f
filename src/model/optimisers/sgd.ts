// Stochastic gradient descent (Robbins and Monro 1951): a step against the slope.

import type { Optimiser, ParameterGroup } from './optimiser.ts';
import { blend, eachGradient, penalised, slotsOf } from './slots.ts';

/** parameter -= learningRate * gradient. Weight decay is added to the gradient. */
export function sgd(groups: readonly ParameterGroup[]): Optimiser {
  const slots = slotsOf(groups, 0);
  return {
    step(learningRate) {
      eachGradient(slots, (slot, gradient) => {
        blend(slot.parameter, 1, penalised(slot, gradient), -learningRate);
      });
    },
    release() {},
  };
}
