// A loop that sleeps until there is something to do.

import type { Timers } from '../../shared/environment.ts';

export class Wakeup {
  readonly #timers: Timers;
  #news = false;
  #sleeper: (() => void) | undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  /** Ends the sleep, or the next one before it begins. */
  wake(): void {
    this.#news = true;
    this.#sleeper?.();
  }

  /** What was told so far doesn't end the next sleep. */
  forget(): void {
    this.#news = false;
  }

  /** Until {@link wake}, and not longer than so many milliseconds. */
  async sleep(milliseconds: number): Promise<void> {
    if (!this.#news) {
      await new Promise<void>((resolve) => {
        const timer = this.#timers.after(milliseconds, resolve);
        this.#sleeper = () => {
          timer.dispose();
          resolve();
        };
      });
      this.#sleeper = undefined;
    }
    this.#news = false;
  }
}
