// One training step: forward, backward, clip, change. The loop around it is in train.ts.

import { backward } from '../engine/autograd.ts';
import type { Engine } from '../engine/engine.ts';
import type { Tensor } from '../engine/tensor.ts';
import { Fault } from '../shared/errors.ts';
import type { Mode } from './layers/dropout.ts';
import { clipGradients, gradientNorm } from './optimisers/clip.ts';
import type { Optimiser } from './optimisers/optimiser.ts';
import type { Parameters } from './parameters.ts';

/** What can be trained: a model with a loss. */
export interface Trainable {
  readonly engine: Engine;
  readonly parameters: Parameters;
  readonly mode: Pick<Mode, 'training'>;
  /** ids and targets (B, T), i32, make a single number. */
  loss(ids: Tensor, targets: Tensor): Tensor;
}

export interface StepOptions {
  readonly learningRate: number;
  /** The most that the norm of all gradients may be; not clipped unless given. */
  readonly clip?: number;
  /** Which step this is, from 1, for a fault to name; unless given, a fault speaks of "this step". */
  readonly step?: number;
}

/**
 * Changes the model once, by the gradients of its loss on a batch: ids and targets (B, T), i32. All that it makes is
 * released, but the gradients, which stay until the next step.
 *
 * @returns the loss before the change.
 * @throws Fault `bad-input` as the model's loss does, and when the loss or the gradients' norm is NaN or infinite;
 * `too-large` when there is no room for the gradients. The parameters are then as they were.
 */
export function trainingStep(
  model: Trainable,
  optimiser: Optimiser,
  ids: Tensor,
  targets: Tensor,
  { learningRate, clip, step }: StepOptions,
): number {
  const { engine, parameters, mode } = model;
  const before = mode.training;
  mode.training = true;
  try {
    return engine.scope(() => {
      parameters.zeroGrad();
      const loss = model.loss(ids, targets); // ()
      checkFinite('loss', loss.item(), step);
      backward(loss);
      const { tensors } = parameters;
      const norm = clip === undefined ? gradientNorm(tensors) : clipGradients(tensors, clip);
      checkFinite("gradients' norm", norm, step);
      optimiser.step(learningRate);
      return loss.item();
    });
  } finally {
    mode.training = before;
  }
}

/** One step on what is no number would make parameters NaN, and they never come back from that. */
function checkFinite(what: string, value: number, step: number | undefined): void {
  if (!Number.isFinite(value)) {
    const which = step === undefined ? 'this step' : `step ${step}`;
    throw new Fault('bad-input', `The ${what} of ${which} is ${value}: the model has lost its way.`, {
      remedy: 'Train anew with a lower learning rate.',
    });
  }
}
