// What becomes of a pattern's matches when a text is split at them: Hugging Face's `SplitDelimiterBehavior`.

import type { SplitBehavior } from '../definition.ts';
import type { Match } from '../matching.ts';

interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly matched: boolean;
}

/**
 * The stretches that `length` units of text are cut into.
 *
 * Example: `the-final--countdown` split at `-`: removed `the|final|countdown`, isolated `the|-|final|-|-|countdown`,
 * merged-with-previous `the-|final-|-|countdown`, merged-with-next `the|-final|-|-countdown`, contiguous
 * `the|-|final|--|countdown`.
 *
 * @param invert takes what does not match for the matches
 */
export function splitText(
  length: number,
  matches: Iterable<Match>,
  behavior: SplitBehavior,
  invert = false,
): readonly Match[] {
  const stretches = stretchesOf(length, matches, invert);
  switch (behavior) {
    case 'removed':
      return stretches.filter(({ matched }) => !matched);
    case 'isolated':
      return stretches;
    case 'contiguous':
      return joined(stretches, (before, { matched }) => before === matched);
    case 'merged-with-previous':
      return joined(stretches, (before, { matched }) => matched && !before);
    case 'merged-with-next':
      return joined(stretches.reverse(), (after, { matched }) => matched && !after).reverse();
  }
}

/** All of the text: matches, and what is between them. */
function stretchesOf(length: number, matches: Iterable<Match>, invert: boolean): Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const { start, end } of matches) {
    if (start > done) {
      stretches.push({ start: done, end: start, matched: invert });
    }
    if (end > start) {
      stretches.push({ start, end, matched: !invert });
    }
    done = end;
  }
  if (done < length) {
    stretches.push({ start: done, end: length, matched: invert });
  }
  return stretches;
}

/** Joins a stretch to the one before it where `join` says so, from what that one's last part was. */
function joined(stretches: readonly Stretch[], join: (before: boolean, stretch: Stretch) => boolean): Match[] {
  const all: { start: number; end: number }[] = [];
  let before = false;
  for (const stretch of stretches) {
    const last = all.at(-1);
    if (last && join(before, stretch)) {
      last.start = Math.min(last.start, stretch.start);
      last.end = Math.max(last.end, stretch.end);
    } else {
      all.push({ start: stretch.start, end: stretch.end });
    }
    before = stretch.matched;
  }
  return all;
}
