import { add, matmul, relu, softmax, type Tensor } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const bent = relu(add(matmul(x, hidden.weight), hidden.bias));
  return softmax(add(matmul(bent, out.weight), out.bias));
}
