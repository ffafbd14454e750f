// A linear layer and a layer norm whose weights come from a file, in PyTorch's layout, and stay as they are.

import { add } from '../../engine/ops/add.ts';
import { layerNorm } from '../../engine/ops/layerNorm.ts';
import { matmul } from '../../engine/ops/matmul.ts';
import { transpose } from '../../engine/ops/transpose.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { WeightSource } from './bert.ts';

/** y = x W^T + b, with W (outputs, inputs) as PyTorch's Linear keeps it. */
export class FileLinear {
  private readonly weight: Tensor;
  private readonly bias: Tensor;

  constructor(weights: WeightSource, name: string, inputs: number, outputs: number) {
    this.weight = weights(`${name}.weight`, [outputs, inputs]); // (outputs, inputs)
    this.bias = weights(`${name}.bias`, [outputs]); // (outputs,)
  }

  /** x (..., inputs) makes (..., outputs). */
  forward(x: Tensor): Tensor {
    return add(matmul(x, transpose(this.weight)), this.bias); // (..., outputs)
  }
}

/** Layer norm over the last axis. */
export class FileNorm {
  private readonly weight: Tensor;
  private readonly bias: Tensor;
  private readonly epsilon: number;

  constructor(weights: WeightSource, name: string, channels: number, epsilon: number) {
    this.weight = weights(`${name}.weight`, [channels]); // (C,)
    this.bias = weights(`${name}.bias`, [channels]); // (C,)
    this.epsilon = epsilon;
  }

  /** x (..., C) keeps its shape. */
  forward(x: Tensor): Tensor {
    const { weight, bias, epsilon } = this;
    return layerNorm(x, { weight, bias, epsilon }); // (..., C)
  }
}
