// Momentum (Polyak 1964): steps add up where slopes agree, and cancel where they change sign.

import type { Optimiser, ParameterGroup } from './optimiser.ts';
import { blend, eachGradient, penalised, releaseSlots, slotsOf } from './slots.ts';

export interface MomentumOptions {
  /** The share of the last step's speed that is kept; 0.9 unless given. */
  readonly momentum?: number;
}

/**
 * speed = momentum * speed + gradient; parameter -= learningRate * speed, as in PyTorch: no part of the gradient is held
 * back. Weight decay is added to the gradient.
 */
export function momentum(groups: readonly ParameterGroup[], { momentum: keep = 0.9 }: MomentumOptions = {}): Optimiser {
  const slots = slotsOf(groups, 1);
  return {
    step(learningRate) {
      eachGradient(slots, (slot, gradient) => {
        const [speed] = slot.averages;
        blend(speed, keep, penalised(slot, gradient), 1);
        blend(slot.parameter, 1, speed, -learningRate);
      });
    },
    release: () => releaseSlots(slots),
  };
}
