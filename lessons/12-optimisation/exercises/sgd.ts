import { todo } from 'inside-llms';

/** Where the weights are, and how fast they move. */
export interface SgdState {
  readonly weights: readonly number[];
  /** As many numbers as weights; zeros at the start. */
  readonly speed: readonly number[];
}

/**
 * One step of gradient descent with momentum. The speed keeps the share `momentum` of what it was, and the gradient is
 * added to it. Then each weight moves against its new speed, by `rate`. With `momentum` 0 that is plain gradient descent.
 *
 * Example: weights [2, 1], speed [0, 5], gradient [10, 2], rate 0.1 and momentum 0.5. The new speed is [10, 4.5], since
 * 0.5 × 5 + 2 = 4.5. The new weights are [1, 0.55].
 *
 * @param gradient of the loss, a number for each weight
 * @returns the state after the step; what was given stays as it is
 */
export function sgdStep(state: SgdState, gradient: readonly number[], rate: number, momentum: number): SgdState {
  return todo('First the new speed, then the weights by the new speed. Begin with momentum 0 if you like.');
}
