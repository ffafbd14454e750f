// Special tokens as the definition of a tokenizer lists them.

import type { AddedToken } from '../definition.ts';

/** They have the first ids, in their order, and nothing around them is taken along. */
export function addedTokens(specialTokens: readonly string[]): AddedToken[] {
  return specialTokens.map((text, id) => ({
    id,
    text,
    special: true,
    stripLeft: false,
    stripRight: false,
    singleWord: false,
    normalized: false,
  }));
}
