// One round of Unigram's training (expectation-maximisation, Dempster, Laird & Rubin 1977): how often each piece is
// expected over all ways to cut the corpus, and how likely that makes it.

import { digamma } from './digamma.ts';
import type { SymbolWords } from './pairIndex.ts';
import type { PieceModel } from './pieceModel.ts';
import type { WordLattice } from './wordLattice.ts';

/** A piece that is expected less often than this is dropped at once. */
const LEAST_EXPECTED = 0.5;
/** Characters between two breaths. */
const BREATH = 4096;

export interface Expectation {
  /** How often each piece is expected in the corpus. */
  readonly expected: Float64Array;
  /** Tokens of the whole corpus, each word cut in its likeliest way. */
  readonly tokens: number;
}

/** The expectation step, over all words: what each piece's count would be if every cut counted by its probability. */
export function* expect(
  corpus: SymbolWords,
  model: PieceModel,
  lattice: WordLattice,
): Generator<void, Expectation, void> {
  const { symbols, ends, counts } = corpus;
  const expected = new Float64Array(model.size);
  let tokens = 0;
  let sinceBreath = 0;
  for (let word = 0; word < counts.length; word++) {
    const [start, end] = [ends[word]!, ends[word + 1]!];
    lattice.read(symbols, start, end);
    lattice.expect(counts[word]!, expected);
    tokens += counts[word]! * lattice.best().length;
    sinceBreath += end - start;
    if (sinceBreath > BREATH) {
      sinceBreath = 0;
      yield;
    }
  }
  return { expected, tokens };
}

/**
 * The maximisation step, which also drops what is hardly expected. Gives each piece the score ψ(its expected count) − ψ(their sum), which is less than the logarithm of its share, for
 * rare pieces much less: a prior that prefers few pieces (variational Bayes; Liang & Klein 2007).
 */
export function maximise(model: PieceModel, expected: Float64Array): void {
  const kept = model.order.filter((piece) => expected[piece]! >= LEAST_EXPECTED);
  const logSum = digamma(kept.reduce((sum, piece) => sum + expected[piece]!, 0));
  for (const piece of kept) {
    model.scores[piece] = digamma(expected[piece]!) - logSum;
  }
  model.keep(kept);
}
