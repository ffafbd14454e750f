// What tokenizers refuse, said in the same words by all of them.

import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';

/** @throws Fault `cancelled` */
export function lookAt(signal: CancelSignal): void {
  if (signal.cancelled) {
    throw new Fault('cancelled', 'Encoding was cancelled.');
  }
}

/** A text whose tokens don't fit into the budget. @param where how far it was encoded */
export function tooLarge(budgetBytes: number, where: string): Fault {
  const megabytes = Math.round(budgetBytes / 1024 / 1024).toLocaleString('en');
  return new Fault('too-large', `The tokens of this text would take more than ${megabytes} MB of memory.`, {
    where,
    remedy: 'Take a part of the text at a time.',
  });
}

/** An id to be decoded that stands for nothing: the one at `place` in `ids`. */
export function noSuchToken(
  ids: ArrayLike<number>,
  place: number,
  { name, size }: { readonly name: string; readonly size: number },
): Fault {
  return new Fault('bad-input', `There is no token ${ids[place]} in ${name}.`, {
    where: `token ${place + 1} of ${ids.length}`,
    remedy: `Its ids go from 0 to ${size - 1}.`,
  });
}

/**
 * What `encode` answers. A stretch of many millions of characters with nothing to cut it at is more than the JavaScript
 * engine's regular expressions have room for: they say so with a RangeError.
 *
 * @throws Fault `too-large` in the place of that error.
 */
export function withinLimits<T>(encode: () => T): T {
  try {
    return encode();
  } catch (error) {
    if (error instanceof RangeError) {
      throw new Fault('too-large', 'The text has a stretch too long to work on, with no place to cut it.', {
        remedy: 'Take a part of the text at a time.',
        cause: error,
      });
    }
    throw error;
  }
}
