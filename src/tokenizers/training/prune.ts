// Which pieces of a Unigram vocabulary the corpus misses least (Kudo 2018, section 3.2).

import type { SymbolWords } from './pairIndex.ts';
import type { PieceModel } from './pieceModel.ts';
import { slicedSort } from './slicedSort.ts';
import { UNKNOWN, type WordLattice } from './wordLattice.ts';

/** Characters between two breaths, and pieces. */
const BREATH = 4096;
const PIECES_BREATH = 256;

/**
 * How many tokens more there are where a piece gives way: `alternatives`, by the pieces that take its place, as
 * SentencePiece counts; `all-pieces`, by the size of the vocabulary, as Hugging Face's trainer does, which thereby keeps
 * frequent pieces longer.
 */
export type LossCounting = 'alternatives' | 'all-pieces';

/**
 * The pieces to keep, `size` of them: first those without which something can't be cut, or that are cut up further
 * anyway; then those whose loss costs the corpus most likelihood. That cost is an estimate: wherever a piece stands it
 * gives way to the likeliest other way to cut it.
 */
export function* prune(
  corpus: SymbolWords,
  model: PieceModel,
  lattice: WordLattice,
  size: number,
  counting: LossCounting,
): Generator<void, Int32Array, void> {
  const uses = yield* countUses(corpus, model, lattice);
  const sum = uses.reduce((all, count) => all + count, 0);
  const words = corpus.counts.reduce((all, count) => all + count, 0);
  const losses = new Float64Array(model.size);
  const kept: number[] = [];
  const candidates: number[] = [];
  for (const [i, piece] of model.order.entries()) {
    const used = uses[piece]!;
    const { isBest, others } = otherWay(model, lattice, piece);
    if (isBest && others.length > 0) {
      if (used > 0) {
        candidates.push(piece);
        // Its occurrences become those of the others, and there are more tokens in all.
        const more = counting === 'alternatives' ? others.length - 1 : model.order.length;
        const logSum = Math.log(sum + used * more);
        const instead = others.reduce(
          (all, other) => all + Math.log(uses[other === UNKNOWN ? model.size : other]! + used) - logSum,
          0,
        );
        losses[piece] = (used / words) * (Math.log(used) - Math.log(sum) - instead);
      }
    } else if (isBest || used > 0) {
      kept.push(piece);
    }
    if (i % PIECES_BREATH === 0) {
      yield;
    }
  }
  const byLoss = Int32Array.from(candidates);
  yield* slicedSort(byLoss, (a, b) => losses[b]! - losses[a]!);
  return Int32Array.from([...kept, ...byLoss.subarray(0, Math.max(0, size - kept.length))]);
}

/** How often each piece stands in the corpus when every word is cut in its likeliest way; after them the unknown ones. */
function* countUses(corpus: SymbolWords, model: PieceModel, lattice: WordLattice): Generator<void, Float64Array, void> {
  const { symbols, ends, counts } = corpus;
  const uses = new Float64Array(model.size + 1);
  let sinceBreath = 0;
  for (let word = 0; word < counts.length; word++) {
    const [start, end] = [ends[word]!, ends[word + 1]!];
    lattice.read(symbols, start, end);
    for (const piece of lattice.best()) {
      uses[piece === UNKNOWN ? model.size : piece]! += counts[word]!;
    }
    sinceBreath += end - start;
    if (sinceBreath > BREATH) {
      sinceBreath = 0;
      yield;
    }
  }
  return uses;
}

/** Whether a piece is the likeliest way to cut what it spells, and if so the likeliest other one, where there is one. */
function otherWay(model: PieceModel, lattice: WordLattice, piece: number): { isBest: boolean; others: number[] } {
  const { text, start, end } = model.place(piece);
  if (end - start === 1) {
    return { isBest: true, others: [] };
  }
  lattice.read(text, start, end);
  const isBest = lattice.best().length === 1;
  return { isBest, others: isBest ? lattice.best(false) : [] };
}
