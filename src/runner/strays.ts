// What learners' code leaves behind when it has ended: timers that wait, and errors that nothing waited for.

import { clearTimeout, setTimeout } from 'node:timers';
import { setImmediate } from 'node:timers/promises';

/** What there was when a run ended. */
export interface Left {
  readonly timers: number;
  /** Thrown by a timer, or what a promise was rejected with that nothing waited for. */
  readonly errors: readonly unknown[];
}

export class Strays {
  private readonly waiting = new Map<number, ReturnType<typeof setTimeout>>();
  private errors: unknown[] = [];

  /** `setTimeout` and `clearTimeout` for the global scope. */
  readonly timers = {
    setTimeout: (callback: (...args: readonly unknown[]) => void, milliseconds = 0, ...args: readonly unknown[]) => {
      const handle = setTimeout(() => {
        this.waiting.delete(id);
        callback(...args);
      }, milliseconds);
      const id = Number(handle);
      this.waiting.set(id, handle);
      return id;
    },
    clearTimeout: (id: number) => {
      clearTimeout(this.waiting.get(id));
      this.waiting.delete(id);
    },
  };

  add(error: unknown): void {
    this.errors.push(error);
  }

  /** Ends the timers. Waits a turn, in which a rejection is heard of. */
  async end(): Promise<Left> {
    await setImmediate();
    for (const handle of this.waiting.values()) {
      clearTimeout(handle);
    }
    const left = { timers: this.waiting.size, errors: this.errors };
    this.waiting.clear();
    this.errors = [];
    return left;
  }
}
