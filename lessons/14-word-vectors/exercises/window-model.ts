import { type Tensor, todo } from 'inside-llms';

/**
 * The scores that a window model gives each word for coming next.
 *
 * It sees the last n ids of the text. Their rows of `words` are joined into one row of n * C numbers, the oldest word
 * first. That goes through a hidden layer, tanh(joined hidden + hiddenBias), and then through a second layer, without a
 * bend. How large n is follows from the shapes: `hidden` has n * C rows.
 *
 * Example: with words [[1], [2], [3]], hidden [[0.5], [-1]], hiddenBias [0.5], scores [[1, 0, -1]] and scoresBias
 * [0, 1, 0], n is 2. The text [0, 1, 2] ends with the rows 2 and 3, so the hidden number is
 * tanh(2 * 0.5 - 3 * 1 + 0.5) = -0.905, and the result is [-0.905, 1, 0.905].
 *
 * @param text ids, at least n of them
 * @param words (V, C)
 * @param hidden (n * C, H)
 * @param hiddenBias (H,)
 * @param scores (H, V)
 * @param scoresBias (V,)
 * @returns (V,): scores, no probabilities
 */
export function windowLogits(
  text: readonly number[],
  words: Tensor,
  hidden: Tensor,
  hiddenBias: Tensor,
  scores: Tensor,
  scoresBias: Tensor,
): Tensor {
  return todo('Look up the last n rows, join them, and send them through the two layers.');
}
