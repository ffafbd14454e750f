import { add, matmul, relu, type Tensor } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const bent = relu(add(matmul(x, hidden.weight), hidden.bias));
  return matmul(bent, out.weight);
}
