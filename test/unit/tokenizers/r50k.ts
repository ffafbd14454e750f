// GPT-2's vocabulary for tests, straight from the package that publishes it.

import r50k from 'js-tiktoken/ranks/r50k_base';
import { GPT2_PATTERN } from '../../../src/tokenizers/patterns.ts';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';
import { tokensOf } from './published.ts';

export function loadR50k(): Vocabulary {
  return {
    name: 'r50k_base',
    pattern: GPT2_PATTERN,
    tokens: tokensOf(r50k.bpe_ranks),
    specialTokens: r50k.special_tokens,
  };
}
