// Cuts a text into pre-tokens: the pieces inside which merges happen, and across which none does.
// Written to be read; `gpt2Scanner.ts` finds the same borders in bytes, for texts of any size.

/**
 * GPT-2's pattern, as published with its code (Radford et al. 2019). In words, the first that fits: an English
 * ending (`'s`, `'ll`), a word with the space before it, a number with the space before it, other signs with the
 * space before them, white space up to the last one before a word, white space.
 */
export const GPT2_PATTERN = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

export const PRE_TOKENIZERS = ['gpt2', 'spaces', 'none'] as const;
export type PreTokenizer = (typeof PRE_TOKENIZERS)[number];

/**
 * Cuts `text`; the pieces joined are the text again.
 *
 * Example: `preTokenize("I'll pay  10", 'gpt2')` is `['I', "'ll", ' pay', ' ', ' 10']`;
 * with `'spaces'` it is `["I'll", ' pay', '  10']`, and with `'none'` the one text.
 */
export function preTokenize(text: string, preTokenizer: PreTokenizer): string[] {
  switch (preTokenizer) {
    case 'gpt2':
      return text.match(compilePattern(GPT2_PATTERN)) ?? [];
    case 'spaces':
      return text.match(/\s*\S+|\s+/gu) ?? [];
    case 'none':
      return text === '' ? [] : [text];
  }
}

/**
 * The regular expression for a published pattern. In JavaScript `\s` holds U+FEFF and lacks U+0085; where these
 * patterns come from it means Unicode's White_Space, which is the other way round.
 */
export function compilePattern(pattern: string): RegExp {
  const unicode = pattern.replaceAll(String.raw`\s`, String.raw`\p{White_Space}`);
  return new RegExp(unicode.replaceAll(String.raw`\S`, String.raw`\P{White_Space}`), 'gu');
}
