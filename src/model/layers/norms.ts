// The two norms as layers: what they compute is in the engine's layerNorm.ts and rmsNorm.ts.

import { layerNorm } from '../../engine/ops/layerNorm.ts';
import { rmsNorm } from '../../engine/ops/rmsNorm.ts';
import type { Tensor } from '../../engine/tensor.ts';
import { ones, zeros } from '../initialise.ts';
import type { Parameters } from '../parameters.ts';

export interface NormOptions {
  /** Keeps the division finite; 1e-5 unless given. */
  readonly epsilon?: number;
}

/** Layer norm (Ba, Kiros and Hinton 2016), with `weight` (channels,) of ones and, unless told, `bias` of zeros. */
export class LayerNorm {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;
  private readonly epsilon: number | undefined;

  constructor(parameters: Parameters, channels: number, options: NormOptions & { readonly bias?: boolean } = {}) {
    this.weight = parameters.make('weight', [channels], ones);
    this.bias = options.bias === false ? undefined : parameters.make('bias', [channels], zeros);
    this.epsilon = options.epsilon;
  }

  /** x (..., channels) keeps its shape. */
  forward(x: Tensor): Tensor {
    const { weight, bias, epsilon } = this;
    return layerNorm(x, { weight, bias, ...(epsilon !== undefined && { epsilon }) }); // (..., channels)
  }
}

/** RMS norm (Zhang and Sennrich 2019), with `weight` (channels,) of ones. */
export class RmsNorm {
  readonly weight: Tensor;
  private readonly epsilon: number | undefined;

  constructor(parameters: Parameters, channels: number, { epsilon }: NormOptions = {}) {
    this.weight = parameters.make('weight', [channels], ones);
    this.epsilon = epsilon;
  }

  /** x (..., channels) keeps its shape. */
  forward(x: Tensor): Tensor {
    const { weight, epsilon } = this;
    return rmsNorm(x, { weight, ...(epsilon !== undefined && { epsilon }) }); // (..., channels)
  }
}
