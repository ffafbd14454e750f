// Cuts a text into pre-tokens: the pieces inside which merges happen, and across which none does.
// Written to be read; the scanners (gpt2Scanner.ts and its like) find the same borders in bytes, for texts of any size.

import { compilePattern, PATTERNS, type PatternName } from './patterns.ts';

export const PRE_TOKENIZERS = ['gpt2', 'spaces', 'none'] as const;
export type PreTokenizer = (typeof PRE_TOKENIZERS)[number];

/**
 * Cuts `text`, in the way of a published pattern or simply; the pieces joined are the text again.
 *
 * Example: `preTokenize("I'll pay  10", 'gpt2')` is `['I', "'ll", ' pay', ' ', ' 10']`;
 * with `'spaces'` it is `["I'll", ' pay', '  10']`, and with `'none'` the one text.
 */
export function preTokenize(text: string, preTokenizer: PreTokenizer | PatternName): string[] {
  switch (preTokenizer) {
    case 'spaces':
      return text.match(/\s*\S+|\s+/gu) ?? [];
    case 'none':
      return text === '' ? [] : [text];
    default:
      return text.match(compilePattern(PATTERNS[preTokenizer])) ?? [];
  }
}
