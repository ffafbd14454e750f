// Gradient clipping by the global norm (Pascanu, Mikolov and Bengio 2013): one bad batch moves nothing too far.

import type { Tensor } from '../../engine/tensor.ts';

/** The root of the sum of the squares of all gradients of these parameters, taken together. */
export function gradientNorm(parameters: readonly Tensor[]): number {
  let squares = 0;
  for (const { grad } of parameters) {
    if (grad !== undefined) {
      squares += grad.engine.kernels.sumOfSquares(grad);
    }
  }
  return Math.sqrt(squares);
}

/**
 * Where the gradients' norm is above `most`, scales all of them in place so that it is `most`. Their direction stays.
 * A gradient that is NaN or infinite is not mended: no step is to be taken when the norm is no finite number.
 *
 * @returns the norm before.
 */
export function clipGradients(parameters: readonly Tensor[], most: number): number {
  const norm = gradientNorm(parameters);
  const scale = most / (norm + 1e-6); // the same small number that PyTorch adds
  if (scale < 1) {
    for (const { grad } of parameters) {
      grad?.engine.kernels.affine(grad, scale, 0, grad);
    }
  }
  return norm;
}
