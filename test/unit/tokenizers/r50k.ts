// GPT-2's vocabulary for tests, straight from the package that publishes it.

import r50k from 'js-tiktoken/ranks/r50k_base';
import type { Vocabulary } from '../../../src/tokenizers/vocabulary.ts';

/** A line of the package's ranks is `! FIRST_RANK BASE64 BASE64 ...`. */
export function loadR50k(): Vocabulary {
  const tokens: Uint8Array[] = [];
  for (const line of r50k.bpe_ranks.split('\n')) {
    const [, first, ...pieces] = line.split(' ');
    for (const [i, piece] of pieces.entries()) {
      tokens[Number(first) + i] = Uint8Array.from(Buffer.from(piece, 'base64'));
    }
  }
  return { name: 'r50k_base', pattern: r50k.pat_str, tokens, specialTokens: r50k.special_tokens };
}
