import { type Tensor, todo } from 'inside-llms';

/**
 * Scores to shares: e to the power of each score, divided by the sum of these along the last axis.
 *
 * Example: the row [2, 1, 0] becomes [0.665, 0.245, 0.090]. Any number added to all three leaves these as they are.
 *
 * @param scores (..., C), 32-bit numbers of any size: e^89 is already more than such a number can hold
 * @returns (..., C), each row of C positive shares that sum to 1
 */
export function softmax(scores: Tensor): Tensor {
  return todo('Make the scores positive, then make each row sum to 1. And what keeps e^89 away?');
}
