// A linear layer: each output is a weighted sum of all inputs, and a bias.

import { add } from '../../engine/ops/add.ts';
import { matmul } from '../../engine/ops/matmul.ts';
import type { Tensor } from '../../engine/tensor.ts';
import { byInputs, type Initialise } from '../initialise.ts';
import type { Parameters } from '../parameters.ts';

export interface LinearOptions {
  /** Whether a bias is added; true unless said. */
  readonly bias?: boolean;
  /** Weight and bias; `byInputs` unless given. */
  readonly initialise?: Initialise;
  /** The bias alone. */
  readonly initialiseBias?: Initialise;
}

/**
 * y = x W + b, with parameters `weight` (inputs, outputs) and `bias` (outputs,).
 *
 * The weight stands as it is multiplied, as in GPT-2's published files: neither forward nor its gradient has to be
 * transposed, and column j is all that output j is made with. PyTorch's Linear keeps (outputs, inputs): transpose one
 * when numbers come from there.
 */
export class Linear {
  readonly weight: Tensor;
  readonly bias: Tensor | undefined;

  constructor(parameters: Parameters, inputs: number, outputs: number, options: LinearOptions = {}) {
    const { bias = true, initialise = byInputs(inputs), initialiseBias = initialise } = options;
    this.weight = parameters.make('weight', [inputs, outputs], initialise);
    this.bias = bias ? parameters.make('bias', [outputs], initialiseBias) : undefined;
  }

  /** x (..., inputs) makes (..., outputs). */
  forward(x: Tensor): Tensor {
    const sums = matmul(x, this.weight); // (..., outputs)
    return this.bias === undefined ? sums : add(sums, this.bias); // (..., outputs)
  }
}
