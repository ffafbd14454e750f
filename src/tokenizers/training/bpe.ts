// Trains byte-level BPE for vocabularies of tens of thousands on tens of megabytes: what ../bpe.ts does in the open, with
// pair counts that are kept (Sennrich, Haddow and Birch 2016; over bytes Radford et al. 2019). Pieces, merges and ids
// are those of Hugging Face's BpeTrainer for the same words and settings. Not handled: end-of-word suffixes, dropout.

import { specialToken } from '../addedTokens.ts';
import { byteCharacter, bytesOfCharacters } from '../byteCharacters.ts';
import { spell } from '../bytes.ts';
import type { TokenizerDefinition } from '../definition.ts';
import { trainMerges } from './mergeTraining.ts';
import { checkCorpus, checkOptions, checkRoom, type TrainingOptions, type TrainingStep } from './step.ts';
import type { WordCounts } from './words.ts';

/**
 * Learns a vocabulary from `words`, which must be cut into bytes (`byteLevel` in cuttings.ts). Ids: the special tokens,
 * the 256 bytes in the order of their visible characters, then the pieces as they are learned. Linear in the corpus in
 * practice.
 *
 * @returns the tokenizer, when the last step has been taken: one that is left before gives nothing.
 * @throws Fault `bad-params` when the size leaves no room for the bytes, `bad-input` when the corpus is empty, `too-large`
 */
export function* trainBpe(
  words: WordCounts,
  options: TrainingOptions,
): Generator<TrainingStep, TokenizerDefinition, void> {
  checkOptions(options);
  checkCorpus(words, 'bytes');
  const { name, vocabularySize, minFrequency = 2, specialTokens = [], budgetBytes } = options;
  const { bytes, ends, counts, cutting, textBytes } = words;
  const alphabet = Array.from({ length: 256 }, (_, byte) => byteCharacter(byte));
  const pieces = [...new Set([...specialTokens, ...alphabet.toSorted()])];
  checkRoom(vocabularySize, pieces.length);
  const idOfByte = Int32Array.from(alphabet, (character) => pieces.indexOf(character));
  const symbols = new Int32Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    symbols[at] = idOfByte[bytes[at]!]!;
  }
  const merges = yield* trainMerges({
    pieces,
    words: { symbols, ends, counts },
    join: (left, right) => left + right,
    vocabularySize,
    minFrequency,
    textBytes,
    budgetBytes,
    show: (piece) => spell(bytesOfCharacters(piece)!),
  });
  return {
    name,
    normalizers: cutting.normalizers,
    preTokenizers: cutting.preTokenizers,
    model: {
      type: 'bpe',
      pieces,
      merges: merges.map(([left, right]) => [pieces[left]!, pieces[right]!]),
      unknown: null,
      fuseUnknown: false,
      byteFallback: false,
      ignoreMerges: false,
      continuingPrefix: '',
      endOfWordSuffix: '',
    },
    decoders: cutting.decoders,
    addedTokens: specialTokens.map((text, id) => specialToken(id, text)),
  };
}
