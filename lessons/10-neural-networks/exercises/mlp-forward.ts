import { type Tensor, todo } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

/**
 * The scores of a network with one hidden layer: weighted sums, ReLU, weighted sums again.
 *
 * Example: with the hidden weights [[1, -1], [-1, 1]] and biases [0, 0], the input [1, 0] has the sums [1, -1], bent to
 * [1, 0]. With the weights [[1], [1]] and the bias [-0.5] behind them, its score is 0.5.
 *
 * @param x (B, D): B points of D inputs
 * @param hidden the weight (D, H) and the bias (H,) of the hidden layer
 * @param out the weight (H, C) and the bias (C,) of the last layer
 * @returns (B, C): a score for each class, above or below 0
 */
export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  return todo('First the sums of the hidden layer, then the bend, then the sums of the last layer.');
}
