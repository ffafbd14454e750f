// A published vocabulary as rules for the encoder that is written to be read (bpe.ts). Such a vocabulary lists tokens
// by rank and no pairs: two neighbours merge when what they spell together is a token.

import type { MergeRules } from './bpe.ts';
import { TokenTable } from './byteLevel/tokenTable.ts';
import type { Vocabulary } from './vocabulary.ts';

export function rulesOfVocabulary(vocabulary: Vocabulary): MergeRules {
  const { tokens } = vocabulary;
  const table = new TokenTable(vocabulary);
  return {
    tokens,
    idOfByte: (byte) => table.find(Uint8Array.of(byte), 0, 1),
    rankOf: (left, right) => {
      const joined = Uint8Array.of(...tokens[left]!, ...tokens[right]!);
      const id = table.find(joined, 0, joined.length);
      return id === -1 ? undefined : id;
    },
  };
}
