// Tells whoever waits for something that it may have come about.

import type { Clock, Timers } from '../../shared/environment.ts';

/** Looks again after so many milliseconds at the latest: some things come about by time alone. */
const LOOK_MS = 1000;

export class News {
  readonly #clock: Clock;
  readonly #timers: Timers;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock, timers: Timers) {
    this.#clock = clock;
    this.#timers = timers;
  }

  tell(): void {
    for (const waiting of [...this.#waiting]) {
      waiting();
    }
  }

  /** Waits until it holds, and not longer than so many milliseconds. @returns whether it does */
  async until(holds: () => boolean, milliseconds = Number.POSITIVE_INFINITY): Promise<boolean> {
    const end = this.#clock.elapsed() + milliseconds;
    while (!holds() && this.#clock.elapsed() < end) {
      await new Promise<void>((resolve) => {
        const look = () => {
          timer.dispose();
          this.#waiting.delete(look);
          resolve();
        };
        const timer = this.#timers.after(Math.min(end - this.#clock.elapsed(), LOOK_MS), look);
        this.#waiting.add(look);
      });
    }
    return holds();
  }
}
