// From a regular expression's text to what matches it.

import { Fault } from '../../shared/errors.ts';
import { parsePattern } from './parser.ts';
import { compile } from './program.ts';
import { SafePattern } from './safePattern.ts';

/** A longer pattern is refused. */
const LONGEST_PATTERN = 20_000;

/**
 * Reads a regular expression as Oniguruma, and so Hugging Face's library, does.
 *
 * Example: `compileRegex(' ?\\p{L}+').matchAt('1 été', 0)` is `{ start: 1, end: 5 }`.
 *
 * @throws Fault `bad-input` naming the place in the pattern that is wrong, not read, or too large.
 */
export function compileRegex(source: string): SafePattern {
  if (source.length > LONGEST_PATTERN) {
    throw new Fault('bad-input', `A regular expression has ${source.length} characters, over ${LONGEST_PATTERN}.`, {
      remedy: 'Use a shorter one.',
    });
  }
  return new SafePattern(compile(parsePattern(source), source));
}
