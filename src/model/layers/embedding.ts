// An embedding: a table with one learned vector for each id.

import { embedding } from '../../engine/ops/embedding.ts';
import type { Tensor } from '../../engine/tensor.ts';
import { type Initialise, normal } from '../initialise.ts';
import type { Parameters } from '../parameters.ts';

/** Looks up rows of its parameter `weight` (ids, channels); normal draws of deviation 1 at first, unless given. */
export class Embedding {
  readonly weight: Tensor;

  constructor(parameters: Parameters, ids: number, channels: number, initialise: Initialise = normal(1)) {
    this.weight = parameters.make('weight', [ids, channels], initialise);
  }

  /** ids (...), i32, make (..., channels). @throws Fault `bad-input` when an id has no row. */
  forward(ids: Tensor): Tensor {
    return embedding(this.weight, ids); // (..., channels)
  }
}
