// The clock and the seed, injected everywhere: nothing of ours calls Date.now() or Math.random() by itself.

import type { Disposable } from './disposable.ts';

export interface Clock {
  /** Milliseconds since 1970, for what is stored and shown. */
  now(): number;
  /** Milliseconds from some fixed point, for measuring how long something took. */
  elapsed(): number;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
};

/** A stream of numbers in [0, 1), the same for the same seed. */
export type Random = () => number;

/**
 * Mulberry32 by Tommy Ettinger (public domain): 32 bits of state, passes gjrand; enough for demonstrations and
 * shuffles, not for anything secret.
 */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Tells running work that its result is no longer wanted. Polled: a busy loop sees it as well. */
export interface CancelSignal {
  readonly cancelled: boolean;
}

export const neverCancelled: CancelSignal = { cancelled: false };

/** Timers, injected so that tests need not wait. */
export interface Timers {
  /** Calls `callback` once after so many milliseconds, unless disposed before. */
  after(milliseconds: number, callback: () => void): Disposable;
}

export const systemTimers: Timers = {
  after: (milliseconds, callback) => {
    const handle = setTimeout(callback, milliseconds);
    return { dispose: () => clearTimeout(handle) };
  },
};
