// Who may work when several want to in one thread: a query comes first, the index is built in the time between.

import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../shared/environment.ts';

/** Longest that background work keeps the thread without asking, in milliseconds. */
const SLICE_MS = 25;

export class Turns {
  readonly #clock: Clock;
  #sliceEnds: number;
  #queries = 0;
  #long = 0;
  #answered: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#sliceEnds = clock.elapsed() + SLICE_MS;
  }

  /** Does what someone waits for. Background work stands still meanwhile. */
  async first<T>(work: () => Promise<T>): Promise<T> {
    this.#queries += 1;
    try {
      return await work();
    } finally {
      this.#end();
    }
  }

  /** Within {@link first}: lets background work go on while it is waited for. */
  async aside<T>(wait: () => Promise<T>): Promise<T> {
    const asked = this.#queries > 0;
    if (asked) {
      this.#end();
    }
    try {
      return await wait();
    } finally {
      this.#queries += asked ? 1 : 0;
    }
  }

  /** Does what someone waits for and what takes long: only work for idle times stands still meanwhile. */
  async beside<T>(work: () => Promise<T>): Promise<T> {
    this.#long += 1;
    try {
      return await work();
    } finally {
      this.#long -= 1;
      this.#goOn();
    }
  }

  #end(): void {
    this.#queries -= 1;
    if (this.#queries === 0) {
      this.#goOn();
    }
  }

  /** Whoever still has to give way looks again, and waits on. */
  #goOn(): void {
    for (const goOn of this.#answered.splice(0)) {
      goOn();
    }
  }

  /**
   * To be awaited by background work every so often: gives way when its slice is used up, and while a query runs.
   *
   * @param idle the work is for times when nobody waits for anything
   */
  async giveWay(idle = false): Promise<void> {
    if (this.#clock.elapsed() >= this.#sliceEnds) {
      await setImmediate();
      this.#sliceEnds = this.#clock.elapsed() + SLICE_MS;
    }
    while (this.#queries > 0 || (idle && this.#long > 0)) {
      await new Promise<void>((goOn) => {
        this.#answered.push(goOn);
      });
      this.#sliceEnds = this.#clock.elapsed() + SLICE_MS;
    }
  }
}

/**
 * How much to take at once so that it takes about so long: learns from how long the last ones took, and changes by at
 * most a factor of two at a time.
 */
export class Batch {
  readonly #least: number;
  readonly #most: number;
  readonly #milliseconds: number;
  #size: number;

  constructor({ first, least, most, milliseconds }: Record<'first' | 'least' | 'most' | 'milliseconds', number>) {
    this.#size = first;
    this.#least = least;
    this.#most = most;
    this.#milliseconds = milliseconds;
  }

  get size(): number {
    return Math.floor(this.#size);
  }

  /** Tells that `done` (of `size` or less) took so many milliseconds. */
  took(done: number, milliseconds: number): void {
    const wanted = (done * this.#milliseconds) / Math.max(milliseconds, 1);
    const next = Math.min(Math.max(wanted, this.#size / 2), this.#size * 2);
    this.#size = Math.min(Math.max(next, this.#least), this.#most);
  }
}
