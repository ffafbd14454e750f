// What all optimisers share: which parameters they change, and by what decay.

import type { Tensor } from '../../engine/tensor.ts';
import type { Parameters } from '../parameters.ts';

/** Changes parameters by their gradients. What it keeps for each lives until {@link release}. */
export interface Optimiser {
  /** One step, in place. A parameter that has no gradient is left as it is. */
  step(learningRate: number): void;
  /** Gives back what it keeps beside the parameters. */
  release(): void;
}

/** Parameters that are treated alike. */
export interface ParameterGroup {
  readonly parameters: readonly Tensor[];
  /** How strongly they are pulled towards zero; 0 unless given. Each optimiser says how. */
  readonly weightDecay?: number;
}

/**
 * Two groups: matrices, which decay, and the rest (biases and the weights of norms), which don't: pulling those to zero
 * doesn't make a model simpler.
 */
export function decayOnMatrices(parameters: Parameters, weightDecay: number): ParameterGroup[] {
  const { tensors } = parameters;
  return [
    { parameters: tensors.filter(({ rank }) => rank >= 2), weightDecay },
    { parameters: tensors.filter(({ rank }) => rank < 2), weightDecay: 0 },
  ];
}
