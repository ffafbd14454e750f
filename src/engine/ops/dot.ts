// The two products of vectors.

import { Fault } from '../../shared/errors.ts';
import type { Tensor } from '../tensor.ts';
import { matmul } from './matmul.ts';
import { unsqueeze } from './squeeze.ts';
import { shapeFault } from './support.ts';

/**
 * The sum of the products of two vectors' elements, (K,) and (K,): a single number.
 *
 * Example: `dot` of [1, 2] and [3, 4] is 11.
 *
 * @throws Fault `bad-input` unless both are vectors of one length.
 */
export function dot(a: Tensor, b: Tensor): Tensor {
  checkVectors('dot', a, b);
  if (a.size !== b.size) {
    const what = `axis 0 has ${a.size} and ${b.size}`;
    throw shapeFault('dot', a.shape, b.shape, what, 'Both vectors must have one length.');
  }
  return matmul(a, b); // ()
}

/**
 * Every element of one vector times every element of the other: (M,) and (N,) make (M, N).
 *
 * @throws Fault `bad-input` unless both are vectors.
 */
export function outer(a: Tensor, b: Tensor): Tensor {
  checkVectors('outer', a, b);
  return matmul(unsqueeze(a, 1), unsqueeze(b, 0)); // (M, N)
}

function checkVectors(operation: string, ...tensors: readonly Tensor[]): void {
  const bad = tensors.find(({ rank }) => rank !== 1);
  if (bad !== undefined) {
    throw new Fault('bad-input', `${operation}: ${bad} has ${bad.rank} axes and is no vector.`, {
      remedy: 'Use matmul for matrices and stacks of them.',
    });
  }
}
