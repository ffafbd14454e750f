// Trains WordPiece: pieces inside a word carry `##` before them, and the encoder later takes the longest that fits.
// By `frequency` it merges like BPE, as Hugging Face's WordPieceTrainer does; by `likelihood` as the paper has it
// (Schuster & Nakajima 2012): the pair whose merging raises the likelihood of the corpus most, count(ab) against
// count(a) count(b). Google never published its own trainer.

import { Fault } from '../../shared/errors.ts';
import { specialToken } from '../addedTokens.ts';
import type { TokenizerDefinition } from '../definition.ts';
import { charactersOf } from './characters.ts';
import { LikeliestPair } from './likeliestPair.ts';
import { trainMerges } from './mergeTraining.ts';
import type { SymbolWords } from './pairIndex.ts';
import {
  checkCorpus,
  checkOptions,
  checkRoom,
  TRAINING_BUDGET_BYTES,
  type TrainingOptions,
  type TrainingStep,
} from './step.ts';
import type { WordCounts } from './words.ts';

export const WORDPIECE_SPECIAL_TOKENS: readonly string[] = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const PREFIX = '##';
/** In characters, as in BERT. */
const LONGEST_WORD = 100;

export interface WordPieceOptions extends TrainingOptions {
  /** One of the special tokens; `[UNK]` if absent. */
  readonly unknown?: string;
  /** Which pair is merged next; by `frequency` if absent. */
  readonly criterion?: 'frequency' | 'likelihood';
  /**
   * The characters inside words, as `##e`, in the order of their ids: that of their code points if absent. Hugging Face
   * numbers them in the order of a hash table, anew in each run, and which pair is merged, of equally frequent ones,
   * depends on it: with its order the pieces are its own.
   */
  readonly insideWords?: readonly string[];
}

/**
 * Learns a vocabulary from `words`, which must consist of characters (`bertWords` in cuttings.ts). Ids: the special
 * tokens, the characters by their code points, then those inside words, then the pieces as they are learned.
 *
 * @throws Fault `bad-params` when the size leaves no room for the characters, or the unknown token is no special one;
 *   `bad-input` when the corpus is empty; `too-large`
 */
export function* trainWordPiece(
  words: WordCounts,
  options: WordPieceOptions,
): Generator<TrainingStep, TokenizerDefinition, void> {
  const { name, vocabularySize, minFrequency = 2, unknown = '[UNK]', criterion = 'frequency' } = options;
  const { budgetBytes = TRAINING_BUDGET_BYTES } = options;
  const specialTokens = options.specialTokens ?? WORDPIECE_SPECIAL_TOKENS;
  checkOptions({ ...options, specialTokens });
  checkCorpus(words, 'characters');
  if (!specialTokens.includes(unknown)) {
    throw new Fault('bad-params', `The unknown token "${unknown}" is not among the special tokens.`, {
      where: 'unknown',
    });
  }
  const { words: characters, alphabet } = withInsideWords(charactersOf(words), options.insideWords);
  const pieces = [...new Set([...specialTokens, ...alphabet])];
  checkRoom(vocabularySize, pieces.length);
  const ids = new Map(pieces.map((piece, id) => [piece, id]));
  const idOf = alphabet.map((piece) => ids.get(piece)!);
  const { cutting, textBytes } = words;
  yield* trainMerges({
    pieces,
    words: { ...characters, symbols: characters.symbols.map((place) => idOf[place]!) },
    join: (left, right) => left + right.slice(right.startsWith(PREFIX) ? PREFIX.length : 0),
    vocabularySize,
    minFrequency,
    textBytes,
    budgetBytes,
    ...(criterion === 'likelihood' && {
      choose: (index) => new LikeliestPair(index, pieces.length, minFrequency, budgetBytes),
    }),
  });
  return {
    name,
    normalizers: cutting.normalizers,
    preTokenizers: cutting.preTokenizers,
    model: { type: 'wordpiece', pieces, unknown, continuingPrefix: PREFIX, longestWord: LONGEST_WORD },
    decoders: cutting.decoders,
    addedTokens: specialTokens.map((text, id) => specialToken(id, text)),
  };
}

/** The characters that words begin with or hold, then those inside words; each word's symbols are places in that list. */
function withInsideWords(
  words: SymbolWords,
  given: readonly string[] = [],
): { words: SymbolWords; alphabet: string[] } {
  const { symbols, ends } = words;
  const inside = new Uint8Array(symbols.length).fill(1);
  for (const begin of ends.subarray(0, -1)) {
    inside[begin] = 0;
  }
  const all = [...new Set(symbols)].sort((a, b) => a - b);
  const within = [...new Set(symbols.filter((_, at) => inside[at] === 1))].sort((a, b) => a - b);
  const spelledWithin = within.map((codePoint) => PREFIX + String.fromCodePoint(codePoint));
  const alphabet = [
    ...all.map((codePoint) => String.fromCodePoint(codePoint)),
    ...given.filter((piece) => spelledWithin.includes(piece)),
    ...spelledWithin.filter((piece) => !given.includes(piece)),
  ];
  const [outer, inner] = [new Int32Array(0x110000), new Int32Array(0x110000)];
  const placeOf = new Map(alphabet.map((piece, place) => [piece, place]));
  for (const codePoint of all) {
    outer[codePoint] = placeOf.get(String.fromCodePoint(codePoint))!;
    inner[codePoint] = placeOf.get(PREFIX + String.fromCodePoint(codePoint)) ?? 0;
  }
  const places = symbols.map((codePoint, at) => (inside[at] === 1 ? inner : outer)[codePoint]!);
  return { words: { ...words, symbols: places }, alphabet };
}
