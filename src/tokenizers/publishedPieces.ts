// Definitions of the two tokenizers without byte pairs that ship: what is done around their vocabularies, which the
// build makes out of packages (src/services/buildPieceVocabularies.ts).

import { specialToken } from './addedTokens.ts';
import type { TokenizerDefinition } from './definition.ts';

/**
 * BERT uncased (Devlin et al. 2018): its `BasicTokenizer`, then WordPiece.
 *
 * @param pieces the lines of the published vocab.txt
 */
export function bertUncased(pieces: readonly string[]): TokenizerDefinition {
  return {
    name: 'bert-base-uncased',
    normalizers: [{ type: 'bert', cleanText: true, chineseCharacters: true, stripAccents: true, lowercase: true }],
    preTokenizers: [{ type: 'bert' }],
    model: { type: 'wordpiece', pieces, unknown: '[UNK]', continuingPrefix: '##', longestWord: 100 },
    decoders: [{ type: 'wordpiece', prefix: '##', cleanup: true }],
    addedTokens: ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'].map((text) => specialToken(pieces.indexOf(text), text)),
  };
}

/**
 * Universal Sentence Encoder lite (Cer et al. 2018): a SentencePiece Unigram vocabulary, used as TensorFlow.js's
 * published code uses it. The text in NFKC, a `▁` before it whatever it begins with, and `▁` for each space; other white
 * space has no piece. So two spaces give an empty word, which SentencePiece itself, with its usual settings, would not.
 *
 * @param pieces with their scores; the first is for what is unknown, and five signs follow
 */
export function useLite(pieces: readonly (readonly [piece: string, score: number])[]): TokenizerDefinition {
  return {
    name: 'use-lite',
    normalizers: [{ type: 'nfkc' }, { type: 'prepend', text: '▁' }],
    preTokenizers: [{ type: 'metaspace', replacement: '▁', prepend: 'never', split: true }],
    model: { type: 'unigram', pieces, unknownId: 0, byteFallback: false },
    decoders: [{ type: 'metaspace', replacement: '▁', prepend: 'always' }],
    addedTokens: pieces.slice(1, 6).map(([text], i) => specialToken(i + 1, text)),
  };
}
