// The feed-forward part of a transformer block: wider, through an activation, and narrow again. Each position by
// itself.

import { gelu } from '../../engine/ops/gelu.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { Initialise } from '../initialise.ts';
import type { Parameters } from '../parameters.ts';
import { Linear } from './linear.ts';

export interface MlpOptions {
  readonly channels: number;
  /** How wide it is inside; 4 times the channels unless given (Vaswani et al. 2017). */
  readonly hidden?: number;
  readonly bias?: boolean;
  /** The function in the middle; GELU in GPT-2's form unless given. */
  readonly activation?: (x: Tensor) => Tensor;
  readonly initialise?: Initialise;
  /** Of the way back, `c_proj`; as `initialise` unless given. */
  readonly initialiseBack?: Initialise;
  readonly initialiseBias?: Initialise;
}

/** Parameters of two linear layers, `c_fc` and `c_proj`, named as in GPT-2. */
export class Mlp {
  private readonly wide: Linear;
  private readonly back: Linear;
  private readonly activation: (x: Tensor) => Tensor;

  constructor(parameters: Parameters, options: MlpOptions) {
    const { channels, hidden = 4 * channels, activation = (x) => gelu(x, 'tanh'), ...rest } = options;
    const { initialiseBack = rest.initialise, ...shared } = rest;
    this.wide = new Linear(parameters.within('c_fc'), channels, hidden, shared);
    this.back = new Linear(parameters.within('c_proj'), hidden, channels, {
      ...shared,
      ...(initialiseBack && { initialise: initialiseBack }),
    });
    this.activation = activation;
  }

  /** x (..., channels) keeps its shape. */
  forward(x: Tensor): Tensor {
    const hidden = this.wide.forward(x); // (..., hidden)
    const activated = this.activation(hidden); // (..., hidden)
    return this.back.forward(activated); // (..., channels)
  }
}
