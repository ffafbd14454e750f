// The candidates for a Unigram vocabulary while it is trained: what they spell, and how likely each is. Candidates only
// ever drop out, so that the trie that finds them is made once.

import { UNKNOWN_PENALTY } from '../lattice.ts';
import type { Substrings } from './frequentSubstrings.ts';
import { PieceTrie } from './pieceTrie.ts';
import { checkBudget } from './step.ts';

const BREATH = 1 << 12;
/** Scores, expectations, counts and losses, and the trie that the candidates share. */
const BYTES_PER_PIECE = 64;

export class PieceModel {
  readonly size: number;
  readonly trie: PieceTrie;
  /** Natural logarithm of each one's probability. */
  readonly scores: Float64Array;
  /** 1 for those that are still in. */
  readonly isIn: Uint8Array;
  /** Those that are in; what is kept for certain first. */
  order: Int32Array;
  leastScore = 0;
  private readonly characters: Int32Array;
  private readonly substrings: Substrings;

  private constructor(characters: Int32Array, substrings: Substrings, budgetBytes: number) {
    this.characters = characters;
    this.substrings = substrings;
    this.size = characters.length + substrings.starts.length;
    checkBudget(this.size * BYTES_PER_PIECE, budgetBytes, `Training on ${this.size} candidates`);
    this.trie = new PieceTrie(budgetBytes);
    this.scores = new Float64Array(this.size);
    this.isIn = new Uint8Array(this.size).fill(1);
    this.order = Int32Array.from({ length: this.size }, (_, piece) => piece);
  }

  /**
   * Begins with every character and every substring, each as likely as its share in all their scores.
   *
   * @param characters with how often each occurs, in the order in which they become pieces
   * @throws Fault `too-large`
   */
  static *seed(
    characters: readonly (readonly [codePoint: number, count: number])[],
    substrings: Substrings,
    budgetBytes: number,
  ): Generator<void, PieceModel, void> {
    const codePoints = Int32Array.from(characters, ([codePoint]) => codePoint);
    const model = new PieceModel(codePoints, substrings, budgetBytes);
    let sum = 0;
    for (const piece of model.order) {
      const inSubstrings = piece - characters.length;
      const score = inSubstrings < 0 ? characters[piece]![1] : substrings.scores[inSubstrings]!;
      const { text, start, end } = model.place(piece);
      model.trie.add(text, start, end, piece);
      model.scores[piece] = Math.log(score);
      sum += score;
      if (piece % BREATH === 0) {
        yield;
      }
    }
    const logSum = Math.log(sum);
    model.scores.forEach((score, piece) => {
      model.scores[piece] = score - logSum;
    });
    model.findLeast();
    return model;
  }

  /** Where a piece's characters stand. */
  place(piece: number): { readonly text: Int32Array; readonly start: number; readonly end: number } {
    const { characters, substrings } = this;
    if (piece < characters.length) {
      return { text: characters, start: piece, end: piece + 1 };
    }
    const start = substrings.starts[piece - characters.length]!;
    return { text: substrings.text, start, end: start + substrings.lengths[piece - characters.length]! };
  }

  spell(piece: number): string {
    const { text, start, end } = this.place(piece);
    return String.fromCodePoint(...text.subarray(start, end));
  }

  /** What stands for a character that no piece covers. */
  get unknownScore(): number {
    return this.leastScore - UNKNOWN_PENALTY;
  }

  /** Leaves only these in, in this order. */
  keep(pieces: Int32Array): void {
    this.isIn.fill(0);
    for (const piece of pieces) {
      this.isIn[piece] = 1;
    }
    this.order = pieces;
    this.findLeast();
  }

  private findLeast(): void {
    this.leastScore = this.order.reduce((least, piece) => Math.min(least, this.scores[piece]!), 0);
  }
}
