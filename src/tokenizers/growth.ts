// How much a text may grow on its way through a tokenizer: replacements that double it, one after the other, would fill
// any memory.

import { Fault } from '../shared/errors.ts';

/** Decomposing makes at most 18 characters of one (Unicode's U+FDFA), and published tokenizers add little to that. */
const MOST_TIMES = 20;
/** UTF-16 units that any text may grow to. */
const FREE_UNITS = 1 << 20;

/** A text of so many UTF-16 units and its UTF-8 are well within what the JavaScript engine can hold. */
const LONGEST_TEXT = 1 << 28;

/** Holds that what ids spell fits into a text: a single piece may be a million characters long. @throws Fault `too-large` */
export function holdLength(units: number): void {
  if (units > LONGEST_TEXT) {
    throw new Fault('too-large', `The tokens spell ${units} characters; at most ${LONGEST_TEXT} are put together.`, {
      where: 'the pieces of the vocabulary',
      remedy: 'Decode a part of the ids at a time.',
    });
  }
}

/**
 * Holds that a text of `given` UTF-16 units has not grown out of all measure.
 *
 * @param units how many there are now
 * @throws Fault `too-large`.
 */
export function holdGrowth(units: number, given: number): void {
  if (units > FREE_UNITS + MOST_TIMES * given) {
    throw new Fault('too-large', `The tokenizer makes over ${units - 1} characters of a text of ${given}.`, {
      where: 'the replacements of the tokenizer',
      remedy: 'Take another tokenizer: this one makes a text grow out of all measure.',
    });
  }
}
