// The newest few of something, by their ids.

import type { Fault } from '../../shared/errors.ts';

export class KeptFew<T> {
  readonly #most: number;
  readonly #lost: () => Fault;
  readonly #kept = new Map<string, T>();

  /** @param lost what is thrown for one that isn't kept any more, or never was */
  constructor(most: number, lost: () => Fault) {
    this.#most = most;
    this.#lost = lost;
  }

  keep(id: string, value: T): void {
    this.#kept.set(id, value);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) {
        break;
      }
      this.#kept.delete(oldest);
    }
  }

  /** @throws Fault */
  get(id: string): T {
    const value = this.#kept.get(id);
    if (value === undefined) {
      throw this.#lost();
    }
    return value;
  }

  delete(id: string): void {
    this.#kept.delete(id);
  }
}
