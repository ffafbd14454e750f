import { todo } from 'inside-llms';

export interface AdamState {
  readonly weights: readonly number[];
  /** Running averages of the gradients, m in the lesson; zeros at the start. */
  readonly slopes: readonly number[];
  /** Running averages of the gradients' squares, v in the lesson; zeros at the start. */
  readonly squares: readonly number[];
  /** How many steps were taken before this one: 0 at the start. */
  readonly step: number;
}

export interface AdamSettings {
  readonly rate: number;
  /** The shares of the averages that are kept, of slopes and of squares: 0.9 and 0.999, say. */
  readonly beta1: number;
  readonly beta2: number;
  /** A tiny number, so that nothing is divided by zero. */
  readonly epsilon: number;
  /** By which share of itself, times the rate, each weight shrinks. */
  readonly decay: number;
}

/**
 * One step of AdamW, for each weight by itself, with its gradient g:
 *
 * 1. slopes keeps beta1 of what it was and takes in 1 - beta1 of g; squares does so with beta2 and g².
 * 2. Both began at zero, so both are too small at first: divide them by 1 - beta1^t and 1 - beta2^t. The first step has
 *    t = 1. What is kept for the next step is what was before that division.
 * 3. The weight shrinks by rate × decay × weight, and then moves by rate × slopes / (√squares + epsilon).
 *
 * Example: one weight of 2, gradient 10, at the start, with rate 0.1, betas 0.9 and 0.99, decay 0.5, and epsilon next to
 * nothing. Corrected, slopes is 10 and squares is 100. The weight goes to 2 - 0.1 = 1.9 by decay, and to 1.9 - 0.1 = 1.8.
 *
 * @returns the state after the step; what was given stays as it is
 */
export function adamwStep(state: AdamState, gradient: readonly number[], settings: AdamSettings): AdamState {
  return todo('Write the two averages first, then correct both, then move the weights.');
}
