import { matmul, relu, type Tensor } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const sums = matmul(x, hidden.weight); // (B, H)
  const bent = relu(sums); // (B, H)
  return matmul(bent, out.weight); // (B, C)
}
