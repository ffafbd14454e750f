// The tokenizers over a folder of vocabulary files, and those that users open: what worker and command line use.

import { readTokenizerJson } from '../formats/tokenizerJson.ts';
import { BpeEncoder } from '../tokenizers/encoder.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import type { VocabularyLoader } from '../tokenizers/vocabulary.ts';
import { isPieceTokenizer, loadPieceTokenizer } from './pieceVocabularies.ts';
import { Tokenizers } from './tokenizers.ts';

/** @param loadVocabulary brings the byte-level vocabularies, which programs use too. */
export function tokenizerFolder(folder: string, loadVocabulary: VocabularyLoader): Tokenizers {
  return new Tokenizers({
    load: async (id) =>
      isPieceTokenizer(id) ? loadPieceTokenizer(folder, id) : new BpeEncoder(await loadVocabulary(id)),
    open: (file, where) => tokenizerOf(readTokenizerJson(file, where)),
  });
}
