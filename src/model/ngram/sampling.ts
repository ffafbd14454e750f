// Writing with an n-gram model. To draw the next symbol by its counts is the same as to pick a place in the text where
// the context stands, each place with the same chance, and to copy what follows there. So every symbol has a place that
// it was copied from, but for those that smoothing makes up.

import type { Random } from '../../shared/environment.ts';
import type { Reading } from './counts.ts';
import type { Places } from './places.ts';
import type { NgramModel } from './smoothing.ts';

export interface Drawn {
  readonly symbol: number;
  /** Where in the text it was copied from, and after how many equal symbols; absent where it was made up. */
  readonly copied?: { readonly place: number; readonly length: number; readonly among: number };
}

/**
 * Draws the next symbol by the probabilities of smoothing.ts.
 *
 * @param text what was counted, and its places
 * @param previous the symbols before it, of which the last `reading.length` are looked at
 * @returns undefined where `counts` knows nothing that followed.
 */
export function draw(
  model: NgramModel,
  text: { readonly ids: Int32Array; readonly places: Places },
  reading: Reading,
  previous: readonly number[],
  random: Random,
): Drawn | undefined {
  const { counts, smoothing, alphabet } = model;
  for (let length = reading.length; length >= 0; length--) {
    const context = reading.context(length);
    const among = counts.total(context);
    // The chance that the context is asked, and not what lends to it, is total / (total + lent).
    const lent = smoothing.kind === 'add-k' ? smoothing.k * alphabet : counts.kinds(context);
    if (smoothing.kind === 'counts' || random() * (among + lent) < among) {
      if (among === 0) {
        return undefined;
      }
      const which = Math.floor(random() * among);
      const place = text.places.after(previous.slice(previous.length - length), which);
      return { symbol: text.ids[place] as number, copied: { place, length, among } };
    }
    if (smoothing.kind === 'add-k') {
      break;
    }
  }
  return { symbol: Math.floor(random() * alphabet) };
}
