// What the pre-tokenizers share: a text as words, cutting the words further, and writing something before them.

import { type CancelSignal, neverCancelled } from '../../shared/environment.ts';
import { type AlignedText, Rewriter } from '../alignedText.ts';
import type { SplitBehavior } from '../definition.ts';
import { lookAt } from '../faults.ts';
import type { Finder, Match } from '../matching.ts';
import { putBefore } from '../normalizers/replacing.ts';
import { splitText } from './splitText.ts';

/** Words of a text: no token reaches across the border between two. */
export interface Words {
  readonly aligned: AlignedText;
  /** UTF-16 offsets into the aligned text; none is empty. */
  readonly words: readonly Match[];
}

/** @throws Fault `cancelled` */
export type PreTokenize = (words: Words, signal?: CancelSignal) => Words;

/** Matches between two looks at the cancel signal, less one. */
const LOOK_MASK = 0x3ff;

/** Cuts each word where `finder` finds something in it. The word alone is what a pattern sees. */
export function cutter(finder: Finder, behavior: SplitBehavior, invert = false): PreTokenize {
  return ({ aligned, words }, signal = neverCancelled) => ({
    aligned,
    words: words.flatMap(({ start, end }) => {
      const word = aligned.text.slice(start, end);
      const parts = splitText(word.length, watched(finder.matches(word), signal), behavior, invert);
      return start === 0 ? parts : parts.map((part) => ({ start: start + part.start, end: start + part.end }));
    }),
  });
}

function* watched(matches: Iterable<Match>, signal: CancelSignal): Generator<Match, void, void> {
  let seen = 0;
  for (const match of matches) {
    if ((seen++ & LOOK_MASK) === 0) {
      lookAt(signal);
    }
    yield match;
  }
}

/**
 * Writes the words anew, one after the other, with nothing between them.
 *
 * @param write writes one word and answers how many UTF-16 units it has written
 */
export function rewriteWords({ aligned, words }: Words, write: (rewriter: Rewriter, word: Match) => number): Words {
  const rewriter = new Rewriter(aligned);
  let at = 0; // in the new text
  const moved = words.map((word) => {
    rewriter.skipTo(word.start);
    const start = at;
    at += write(rewriter, word);
    return { start, end: at };
  });
  return { aligned: rewriter.finish(), words: moved };
}

/** Puts `prefix` before the words that `wants` names; it has the range of the word's first character. */
export function prefixWords(
  given: Words,
  prefix: string,
  wants: (aligned: AlignedText, word: Match) => boolean,
): Words {
  const { aligned, words } = given;
  if (!words.some((word) => wants(aligned, word))) {
    return given;
  }
  return rewriteWords(given, (rewriter, word) => {
    const wanted = wants(aligned, word);
    if (wanted) {
      putBefore(rewriter, prefix, aligned.text.slice(word.start, word.start + 2));
    }
    rewriter.keep(word.end);
    return word.end - word.start + (wanted ? prefix.length : 0);
  });
}
