// Long work in slices: others in this thread get their turn in between.

import type { Clock } from '../../../shared/environment.ts';

/** Milliseconds. */
const SLICE = 15;

export class Slices {
  readonly #clock: Clock;
  #begun: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#begun = clock.elapsed();
  }

  /** To be awaited every so often: gives way when the slice is used up. */
  async pause(): Promise<void> {
    if (this.#clock.elapsed() - this.#begun > SLICE) {
      await new Promise((resolve) => setImmediate(resolve));
      this.#begun = this.#clock.elapsed();
    }
  }
}
