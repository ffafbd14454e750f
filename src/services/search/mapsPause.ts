// Long computations in slices: others in the thread get their turn, and a cancel is seen.

import { setImmediate } from 'node:timers/promises';
import type { Pause } from '../../retrieval/vectors/pca.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';

/** Milliseconds between two turns of others. */
const SLICE_MS = 15;

/** To be awaited every few milliseconds. It throws Fault `cancelled`, with these words, where the work is no longer wanted. */
export function slicedPause(
  clock: Pick<Clock, 'elapsed'>,
  signal: CancelSignal,
  said = 'The map was cancelled.',
): Pause {
  let sliceEnds = clock.elapsed() + SLICE_MS;
  return async () => {
    if (clock.elapsed() >= sliceEnds) {
      await setImmediate();
      sliceEnds = clock.elapsed() + SLICE_MS;
    }
    if (signal.cancelled) {
      throw new Fault('cancelled', said);
    }
  };
}
