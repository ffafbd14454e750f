import { todo } from 'inside-llms';

/**
 * What a perceptron answers to each row of a table.
 *
 * Example: with the weights [-1, -1] and the bias 5, the row [3, 1] has the score -1 * 3 - 1 * 1 + 5 = 1, so the answer
 * is 1. The row [2, 3] has the score 0, and the answer is 0: only a score above 0 is a yes.
 *
 * @param weights D numbers, one for each input
 * @param rows B rows of D inputs
 * @returns B answers, each 0 or 1
 */
export function answers(weights: readonly number[], bias: number, rows: readonly (readonly number[])[]): number[] {
  return todo('Add up the weighted inputs of each row, and the bias. Then look on which side of 0 the sum is.');
}
