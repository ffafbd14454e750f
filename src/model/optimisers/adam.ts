// Adam (Kingma and Ba 2015): momentum, and RMSProp's division, both corrected for having begun at zero. And AdamW
// (Loshchilov and Hutter 2019), which keeps weight decay out of both averages.

import type { Optimiser, ParameterGroup } from './optimiser.ts';
import { eachGradient, penalised, releaseSlots, type Slot, slotsOf } from './slots.ts';

export interface AdamOptions {
  /** The shares of the running averages that are kept, of slopes and of their squares; 0.9 and 0.999 unless given. */
  readonly betas?: readonly [number, number];
  /** Added to the root, so that nothing is divided by zero; 1e-8 unless given. */
  readonly epsilon?: number;
}

/** Adam. Weight decay is added to the gradient, so that it is divided as well: a reason for {@link adamW}. */
export function adam(groups: readonly ParameterGroup[], options: AdamOptions = {}): Optimiser {
  return withDecay(groups, options, false);
}

/** AdamW: parameter -= learningRate * weightDecay * parameter, then Adam's step without decay. */
export function adamW(groups: readonly ParameterGroup[], options: AdamOptions = {}): Optimiser {
  return withDecay(groups, options, true);
}

function withDecay(groups: readonly ParameterGroup[], options: AdamOptions, apart: boolean): Optimiser {
  const { betas: [beta1, beta2] = [0.9, 0.999], epsilon = 1e-8 } = options;
  const slots = slotsOf(groups, 2);
  const steps = new Map<Slot, number>();
  return {
    step(learningRate) {
      eachGradient(slots, (slot, gradient, { kernels }) => {
        const [slopes, squares] = slot.averages;
        const step = (steps.get(slot) ?? 0) + 1;
        steps.set(slot, step);
        kernels.adamW(slot.parameter, apart ? gradient : penalised(slot, gradient), slopes, squares, {
          learningRate,
          beta1,
          beta2,
          epsilon,
          weightDecay: apart ? slot.weightDecay : 0,
          step,
        });
      });
    },
    release: () => releaseSlots(slots),
  };
}
