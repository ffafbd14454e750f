// Of several windows on one index one writes: this says whether it is this one, and keeps it so.

import type { SearchStore } from '../../retrieval/store.ts';
import type { Clock } from '../../shared/environment.ts';
import { isGone, ownerName } from './owner.ts';

/** The store takes the lease away after a minute. */
const RENEW_MS = 15_000;
/** Key of the store's note on who has it: the process, and its name in the lease. */
const WRITER = 'writer';

export class Lease {
  readonly #store: SearchStore;
  readonly #owner: string;
  readonly #clock: Clock;
  #renewed: number | undefined;

  constructor(store: SearchStore, owner: string, clock: Clock) {
    this.#store = store;
    this.#owner = owner;
    this.#clock = clock;
  }

  get held(): boolean {
    return this.#renewed !== undefined;
  }

  /** Takes it or keeps it. @returns `taken` where it was another's, or nobody's, until now */
  async take(): Promise<'taken' | 'held' | 'other'> {
    const now = this.#clock.elapsed();
    if (this.#renewed !== undefined && now - this.#renewed < RENEW_MS) {
      return 'held';
    }
    // When this machine slept longer than the lease lasts, another window may have written meanwhile.
    const lapsed = this.#renewed !== undefined && now - this.#renewed >= 4 * RENEW_MS;
    if (!(await this.#store.takeLease(this.#owner)) && !(await this.#takeFromGone())) {
      this.#renewed = undefined;
      return 'other';
    }
    const before = lapsed ? undefined : this.#renewed;
    this.#renewed = now;
    if (before === undefined) {
      await this.#store.setMeta(WRITER, `${ownerName()}\n${this.#owner}`);
      return 'taken';
    }
    return 'held';
  }

  /** The one who has it may have been killed. */
  async #takeFromGone(): Promise<boolean> {
    const [process, owner] = (await this.#store.meta(WRITER))?.split('\n') ?? [];
    if (process === undefined || owner === undefined || !isGone(process)) {
      return false;
    }
    await this.#store.releaseLease(owner);
    return this.#store.takeLease(this.#owner);
  }

  async release(): Promise<void> {
    if (this.#renewed !== undefined) {
      this.#renewed = undefined;
      await this.#store.releaseLease(this.#owner);
    }
  }
}

/** What another window does to the index, seen by the store's version. */
export class OtherWindow {
  readonly #store: SearchStore;
  readonly #clock: Clock;
  #version: number | undefined;
  #wrote = Number.POSITIVE_INFINITY;

  constructor(store: SearchStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Milliseconds since it was last seen to have written; below 0 where that was never looked for. */
  get quietFor(): number {
    return this.#clock.elapsed() - this.#wrote;
  }

  /** Whether it has written since this was last asked. */
  async hasWritten(): Promise<boolean> {
    const version = await this.#store.version();
    if (version === this.#version) {
      return false;
    }
    this.#version = version;
    this.#wrote = this.#clock.elapsed();
    return true;
  }
}
