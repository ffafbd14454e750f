// Trains a Unigram vocabulary (Kudo 2018): begins with every frequent substring, and drops again and again those that
// the corpus misses least. The steps are those of Hugging Face's UnigramTrainer, in the same precision, and so are the
// pieces; what theirs leaves to the order of a hash table, and so to chance, is fixed here: characters that have no
// likelihood of their own, which get the least there is, come in the order of their frequency, and equal losses and
// scores stay in the order in which the pieces stood. SentencePiece's own trainer takes its candidates from whole
// sentences, so that a word counts as often as it occurs, estimates losses otherwise (`lossCounting`), and computes in
// 32 bits: its vocabularies differ.

import { specialToken } from '../addedTokens.ts';
import type { TokenizerDefinition } from '../definition.ts';
import { charactersOf } from './characters.ts';
import { expect, maximise } from './expectation.ts';
import { frequentSubstrings } from './frequentSubstrings.ts';
import type { SymbolWords } from './pairIndex.ts';
import { PieceModel } from './pieceModel.ts';
import { type LossCounting, prune } from './prune.ts';
import {
  checkCorpus,
  checkOptions,
  checkRoom,
  each,
  TRAINING_BUDGET_BYTES,
  type TrainingOptions,
  type TrainingPhase,
  type TrainingStep,
} from './step.ts';
import { WordLattice } from './wordLattice.ts';
import type { WordCounts } from './words.ts';

export interface UnigramOptions extends TrainingOptions {
  /** Stands for what no piece covers; put before the special tokens unless it is one of them. `<unk>` if absent. */
  readonly unknown?: string;
  /** In characters; 16 if absent. */
  readonly longestPiece?: number;
  /** Most candidates; a million if absent. */
  readonly seeds?: number;
  /** How a piece's loss is estimated when pieces are dropped; as Hugging Face does it, `all-pieces`, if absent. */
  readonly lossCounting?: LossCounting;
}

/** Rounds of expectation and maximisation between two prunings. */
const ROUNDS = 2;
/** What a pruning leaves. */
const SHRINK = 0.75;
/** What sets apart the scores of characters that the training had dropped. */
const SCORE_STEP = 0.0001;

/**
 * Learns a vocabulary from `words`, which must consist of characters (`metaspaceWords` in cuttings.ts). Ids: the special
 * tokens, then the pieces, the likeliest first; every character of the corpus is one. Its time is linear in the
 * different words, for each of some ten rounds; its memory 24 bytes for each of their characters, and at most 300 for
 * each candidate.
 *
 * @throws Fault `bad-params` when the size leaves no room for the characters; `bad-input` when the corpus is empty;
 *   `too-large`
 */
export function* trainUnigram(
  words: WordCounts,
  options: UnigramOptions,
): Generator<TrainingStep, TokenizerDefinition, void> {
  const { name, vocabularySize, budgetBytes = TRAINING_BUDGET_BYTES, unknown = '<unk>', longestPiece = 16 } = options;
  const given = options.specialTokens ?? [];
  const specialTokens = given.includes(unknown) ? given : [unknown, ...given];
  checkOptions({ ...options, specialTokens });
  checkCorpus(words, 'characters');
  const corpus = charactersOf(words);
  const required = frequencies(corpus);
  checkRoom(vocabularySize, specialTokens.length + required.length);

  // Hugging Face's trainer counts the unknown token among the pieces.
  const enough = Math.floor((vocabularySize * 11) / 10) - 1;
  let model: PieceModel | undefined;
  let tokens: number | undefined;
  const step = (phase: TrainingPhase, done = 0, total = 1): TrainingStep => ({
    phase,
    vocabulary: specialTokens.length + (model?.order.length ?? required.length),
    ...(tokens !== undefined && { tokens }),
    bytes: words.textBytes,
    done,
    total,
  });
  const most = (options.seeds ?? 1_000_000) - required.length;
  const substrings = yield* each(frequentSubstrings(corpus, longestPiece, most, budgetBytes), () => step('seed'));
  model = yield* each(PieceModel.seed(required, substrings, budgetBytes), () => step('seed'));

  const lattice = new WordLattice(model, budgetBytes);
  const rounds = roundsFrom(model.size, enough);
  for (let round = 1; ; round++) {
    const expectation = yield* each(expect(corpus, model, lattice), () => step('em', round - 1, rounds));
    tokens = expectation.tokens;
    yield step('em', round, Math.max(round, rounds));
    maximise(model, expectation.expected);
    if (round % ROUNDS !== 0) {
      continue;
    }
    const { length } = model.order;
    if (length <= enough) {
      break;
    }
    const size = Math.max(enough, Math.floor((length + 1) * SHRINK) - 1);
    const kept = yield* each(prune(corpus, model, lattice, size, options.lossCounting ?? 'all-pieces'), () =>
      step('prune', round, rounds),
    );
    model.keep(kept);
    yield step('prune', round, Math.max(round, rounds));
    if (kept.length === length) {
      break; // nothing more can go
    }
  }
  const pieces = finalPieces(model, required, specialTokens, vocabularySize - specialTokens.length);
  const vocabulary = specialTokens.length + pieces.length;
  if (vocabulary < vocabularySize) {
    yield { ...step('prune', 1), vocabulary, early: 'The corpus has no more pieces that are worth keeping.' };
  }
  return {
    name,
    normalizers: words.cutting.normalizers,
    preTokenizers: words.cutting.preTokenizers,
    model: {
      type: 'unigram',
      pieces: [...specialTokens.map((token) => [token, 0] as const), ...pieces],
      unknownId: specialTokens.indexOf(unknown),
      byteFallback: false,
    },
    decoders: words.cutting.decoders,
    addedTokens: specialTokens.map((text, id) => specialToken(id, text)),
  };
}

/** Every character with how often it occurs, the most frequent first, of equally frequent ones the later in Unicode. */
function frequencies({ symbols, ends, counts }: SymbolWords): (readonly [codePoint: number, count: number])[] {
  const all = new Float64Array(0x110000);
  for (let word = 0; word < counts.length; word++) {
    for (let at = ends[word]!; at < ends[word + 1]!; at++) {
      all[symbols[at]!]! += counts[word]!;
    }
  }
  const found: (readonly [codePoint: number, count: number])[] = [];
  all.forEach((count, codePoint) => {
    if (count > 0) {
      found.push([codePoint, count]);
    }
  });
  return found.sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || b - a);
}

/** How many rounds there will be if each pruning leaves the share that it wants to. */
function roundsFrom(size: number, enough: number): number {
  const prunings = Math.max(0, Math.ceil(Math.log(enough / size) / Math.log(SHRINK)));
  return ROUNDS * (1 + prunings);
}

/**
 * Every character, and then what the last pruning put first, up to `size`; the likeliest first. Not what spells a
 * special token: no text may make one.
 */
function finalPieces(
  model: PieceModel,
  characters: readonly (readonly [codePoint: number, count: number])[],
  specialTokens: readonly string[],
  size: number,
): [piece: string, score: number][] {
  const special = new Set(specialTokens);
  let dropped = 0;
  const required = characters
    .map(([codePoint], piece): [string, number] => {
      const score = model.isIn[piece] ? model.scores[piece]! : model.leastScore + SCORE_STEP * dropped++;
      return [String.fromCodePoint(codePoint), score];
    })
    .filter(([character]) => !special.has(character));
  const others = model.order
    .filter((piece) => piece >= characters.length && !special.has(model.spell(piece)))
    .subarray(0, size - required.length);
  const pieces = [
    ...required,
    ...Array.from(others, (piece): [string, number] => [model.spell(piece), model.scores[piece]!]),
  ];
  return pieces.sort(([, a], [, b]) => b - a);
}
