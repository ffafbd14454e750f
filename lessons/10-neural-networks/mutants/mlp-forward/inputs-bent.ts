import { add, matmul, relu, type Tensor } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const sums = add(matmul(relu(x), hidden.weight), hidden.bias); // (B, H)
  return add(matmul(sums, out.weight), out.bias); // (B, C)
}
