import { add, matmul, type Tensor } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const sums = add(matmul(x, hidden.weight), hidden.bias);
  return add(matmul(sums, out.weight), out.bias);
}
