import { add, matmul, type Tensor, tanh } from 'inside-llms';

interface Layer {
  readonly weight: Tensor;
  readonly bias: Tensor;
}

export function mlpForward(x: Tensor, hidden: Layer, out: Layer): Tensor {
  const sums = add(matmul(x, hidden.weight), hidden.bias); // (B, H)
  const bent = tanh(sums); // (B, H)
  return add(matmul(bent, out.weight), out.bias); // (B, C)
}
