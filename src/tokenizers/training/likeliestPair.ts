// Which pair to merge next by WordPiece's likelihood: count(ab) / (count(a) count(b)), the highest first. A merge changes
// the counts of its two symbols, and with them the score of every pair that holds one, up and down: so all pairs are
// looked through each time.

import { GrowingInts } from './growingInts.ts';
import type { Chooser } from './mergeTraining.ts';
import type { PairIndex } from './pairIndex.ts';

export class LikeliestPair implements Chooser {
  private readonly index: PairIndex;
  private readonly minFrequency: number;
  private readonly symbolCounts: number[];
  /** Pairs that occur often enough. Counts only fall: one that is out stays out. */
  private readonly open: GrowingInts;
  private seen = 0;

  constructor(index: PairIndex, symbols: number, minFrequency: number, budgetBytes: number) {
    this.index = index;
    this.minFrequency = minFrequency;
    this.symbolCounts = [...index.symbolCounts(symbols)];
    this.open = new GrowingInts(1 << 12, budgetBytes);
  }

  *takeNew(): Generator<number, void, void> {
    for (; this.seen < this.index.pairs.size; this.seen++) {
      this.open.push(this.seen);
      if (this.seen % 16_384 === 0) {
        yield this.seen;
      }
    }
  }

  /** Of pairs with the same score the one with the smaller left id, then with the smaller right one. */
  pop(): number | undefined {
    const { open, symbolCounts, minFrequency } = this;
    const { counts, pairs } = this.index;
    let best: number | undefined;
    let highest = 0;
    let kept = 0;
    for (let i = 0; i < open.length; i++) {
      const pair = open.data[i]!;
      const count = counts.data[pair]!;
      if (count < minFrequency) {
        continue;
      }
      open.data[kept++] = pair;
      const score = count / (symbolCounts[pairs.lefts.data[pair]!]! * symbolCounts[pairs.rights.data[pair]!]!);
      if (score > highest || (score === highest && this.isSmaller(pair, best!))) {
        highest = score;
        best = pair;
      }
    }
    open.length = kept;
    return best;
  }

  merged(pair: number, symbol: number, times: number): void {
    const { lefts, rights } = this.index.pairs;
    this.symbolCounts[lefts.data[pair]!]! -= times;
    this.symbolCounts[rights.data[pair]!]! -= times;
    this.symbolCounts[symbol] = (this.symbolCounts[symbol] ?? 0) + times;
  }

  private isSmaller(pair: number, other: number): boolean {
    const { lefts, rights } = this.index.pairs;
    const left = lefts.data[pair]! - lefts.data[other]!;
    return left !== 0 ? left < 0 : rights.data[pair]! < rights.data[other]!;
  }
}
