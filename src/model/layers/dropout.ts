// Dropout as a layer: on while training only. And the switches that a model's layers share.

import { dropout } from '../../engine/ops/dropout.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { Random } from '../../shared/environment.ts';

/** How a model runs now; its layers read it at each pass. */
export interface Mode {
  /** Whether dropout drops anything. */
  training: boolean;
  /** Attention as one operation; false: from its parts, for a trace. */
  fused: boolean;
}

export class Dropout {
  private readonly rate: number;
  private readonly random: Random;
  private readonly mode: Mode;

  /** @param rate the share that is dropped, from 0 to below 1 */
  constructor(rate: number, random: Random, mode: Mode) {
    this.rate = rate;
    this.random = random;
    this.mode = mode;
  }

  /** x (...) keeps its shape; without training, or at a rate of 0, it is x itself. */
  forward(x: Tensor): Tensor {
    return this.mode.training && this.rate > 0 ? dropout(x, this.rate, this.random) : x; // (...)
  }
}
