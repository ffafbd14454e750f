// One training step: forward, backward, clip, change. The loop around it is in train.ts.

import { backward } from '../engine/autograd.ts';
import type { Engine } from '../engine/engine.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Mode } from './layers/dropout.ts';
import { clipGradients } from './optimisers/clip.ts';
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
}

/**
 * Changes the model once, by the gradients of its loss on a batch: ids and targets (B, T), i32. All that it makes is
 * released, but the gradients, which stay until the next step.
 *
 * @returns the loss before the change. Nothing is thrown when it is NaN or infinite: look at it.
 * @throws Fault `bad-input` as the model's loss does, `too-large` when there is no room for the gradients.
 */
export function trainingStep(
  model: Trainable,
  optimiser: Optimiser,
  ids: Tensor,
  targets: Tensor,
  { learningRate, clip }: StepOptions,
): number {
  const { engine, parameters, mode } = model;
  const before = mode.training;
  mode.training = true;
  try {
    return engine.scope(() => {
      parameters.zeroGrad();
      const loss = model.loss(ids, targets); // ()
      backward(loss);
      if (clip !== undefined) {
        clipGradients(parameters.tensors, clip);
      }
      optimiser.step(learningRate);
      return loss.item();
    });
  } finally {
    mode.training = before;
  }
}
