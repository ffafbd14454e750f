import { add, embedding, matmul, reshape, type Tensor, tanh, tensor } from 'inside-llms';

export function windowLogits(
  text: readonly number[],
  words: Tensor,
  hidden: Tensor,
  hiddenBias: Tensor,
  scores: Tensor,
  scoresBias: Tensor,
): Tensor {
  const channels = words.shape[1]!;
  const window = hidden.shape[0]! / channels;
  const seen = tensor(text.slice(-window), { dtype: 'i32' }); // (n,)
  const vectors = embedding(words, seen); // (n, C)
  const joined = reshape(vectors, [window * channels]); // (n * C,)
  const bent = tanh(add(matmul(joined, hidden), hiddenBias)); // (H,)
  return matmul(bent, scores); // (V,)
}
