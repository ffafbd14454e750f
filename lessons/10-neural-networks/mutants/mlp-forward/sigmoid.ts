import { add, matmul, sigmoid, type Tensor } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const bent = sigmoid(add(matmul(x, hidden.weight), hidden.bias));
  return add(matmul(bent, out.weight), out.bias);
}
