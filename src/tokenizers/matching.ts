// Finds what a definition's pattern says: a text as it is, or a regular expression. Expressions come from files that
// anybody may have written, so they never reach the JavaScript engine's own matcher, which some of them would hang.

import type { PatternSpec } from './definition.ts';
import { compileRegex } from './pattern/compileRegex.ts';
import { compilePattern, PATTERNS, patternName } from './patterns.ts';

export interface Match {
  readonly start: number;
  readonly end: number;
}

export interface Finder {
  /** Where the pattern is a text: that text. */
  readonly text?: string;
  /** All matches in `text` from left to right, in UTF-16 offsets, none overlapping another. */
  matches(text: string): Iterable<Match>;
}

/** @throws Fault `bad-input` naming the part of a regular expression that can't be used. */
export function finderOf(pattern: PatternSpec): Finder {
  if ('text' in pattern) {
    return { text: pattern.text, matches: (text) => occurrences(text, pattern.text) };
  }
  const published = patternName(pattern.regex);
  if (published) {
    return characterFinder(compilePattern(PATTERNS[published]));
  }
  const compiled = compileRegex(pattern.regex);
  return { matches: (text) => compiled.matches(text) };
}

/** For an expression of ours, which is known to be harmless. It must have the flag `g`. */
export function characterFinder(expression: RegExp): Finder {
  return {
    *matches(text) {
      for (const match of text.matchAll(expression)) {
        yield { start: match.index, end: match.index + match[0].length };
      }
    },
  };
}

function* occurrences(text: string, wanted: string): Generator<Match, void, void> {
  if (wanted === '') {
    return;
  }
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    yield { start: at, end: at + wanted.length };
  }
}
