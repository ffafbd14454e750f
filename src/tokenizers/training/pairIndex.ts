// The words of a corpus as rows of symbols, and for each pair of neighbours where it stands: so that merging a pair
// touches its places and their neighbours alone, however large the corpus is. A word is a linked list of places, and all
// places where a pair begins are another one.

import { Fault } from '../../shared/errors.ts';
import { GrowingInts } from './growingInts.ts';
import { PairTable } from './pairTable.ts';
import { checkBudget } from './step.ts';

/** Words in symbols: word i is `symbols[ends[i] .. ends[i + 1]]`, and occurs `counts[i]` times. */
export interface SymbolWords {
  readonly symbols: Int32Array;
  readonly ends: Int32Array;
  readonly counts: Float64Array;
}

/** For each symbol of the different words, whatever is learned. */
const BYTES_PER_SYMBOL = 6 * 4;
/** Counts are 32-bit numbers. */
const MOST_TOKENS = 2 ** 31 - 1;
/** Places between two breaths. */
export const BREATH = 16_384;

const NONE = -1;

export class PairIndex {
  /** Numbers the pairs. */
  readonly pairs: PairTable;
  /** Of each pair: how often it occurs, its first and its last place. */
  readonly counts: GrowingInts;
  private readonly heads: GrowingInts;
  private readonly tails: GrowingInts;

  /** Tokens in the whole corpus as it is cut now. */
  tokens = 0;
  private readonly symbols: Int32Array;
  private readonly ends: Int32Array;
  private readonly wordCounts: Float64Array;
  /** Of each place: its word, its neighbours there, and its neighbours among the places of its pair. */
  private readonly wordAt: Int32Array;
  private readonly next: Int32Array;
  private readonly previous: Int32Array;
  private readonly after: Int32Array;
  private readonly before: Int32Array;

  /** Takes `symbols` over as its own. @throws Fault `too-large` */
  constructor({ symbols, ends, counts }: SymbolWords, budgetBytes: number) {
    const { length } = symbols;
    checkBudget(length * BYTES_PER_SYMBOL, budgetBytes, `Training on words of ${length} symbols`);
    this.pairs = new PairTable(budgetBytes);
    const list = () => new GrowingInts(1 << 12, budgetBytes);
    [this.counts, this.heads, this.tails] = [list(), list(), list()];
    this.symbols = symbols;
    this.wordCounts = counts;
    const places = () => new Int32Array(length);
    [this.wordAt, this.next, this.previous] = [places(), places().fill(NONE), places()];
    [this.after, this.before] = [places(), places()];
    for (let word = 0; word < counts.length; word++) {
      this.tokens += counts[word]! * (ends[word + 1]! - ends[word]!);
    }
    if (this.tokens > MOST_TOKENS) {
      const what = `A corpus of ${this.tokens} symbols is too large: at most ${MOST_TOKENS} are taken.`;
      throw new Fault('too-large', what, { where: 'corpus', remedy: 'Train on less text.' });
    }
    this.ends = ends;
  }

  /** How often each symbol occurs, for the symbols below `size`, as the words were at first. */
  symbolCounts(size: number): Float64Array {
    const all = new Float64Array(size);
    for (let word = 0; word + 1 < this.ends.length; word++) {
      for (let place = this.ends[word]!; place < this.ends[word + 1]!; place++) {
        all[this.symbols[place]!]! += this.wordCounts[word]!;
      }
    }
    return all;
  }

  /** Counts every pair of neighbours; of `aaa` both. To be run once, at first. Now and then says how many places are done. */
  *countAll(): Generator<number, void, void> {
    const { ends, next, previous, wordAt } = this;
    for (let word = 0; word + 1 < ends.length; word++) {
      const end = ends[word + 1]!;
      for (let place = ends[word]!; place < end; place++) {
        wordAt[place] = word;
        previous[place] = place > ends[word]! ? place - 1 : NONE;
        if (place + 1 < end) {
          next[place] = place + 1;
          this.add(place);
        }
        if (place % BREATH === BREATH - 1) {
          yield place;
        }
      }
    }
  }

  /** Puts `symbol` in each place of the pair, in every word from left to right. Now and then it says how many are done. */
  *merge(pair: number, symbol: number): Generator<number, void, void> {
    for (let done = 1; ; done++) {
      const place = this.heads.data[pair]!;
      if (place === NONE) {
        this.counts.data[pair] = 0;
        return;
      }
      this.mergeAt(place, pair, symbol);
      if (done % BREATH === 0) {
        yield done;
      }
    }
  }

  private mergeAt(place: number, pair: number, symbol: number): void {
    const { symbols, next, previous } = this;
    const [leftSymbol, rightSymbol] = [this.pairs.lefts.data[pair]!, this.pairs.rights.data[pair]!];
    const count = this.wordCounts[this.wordAt[place]!]!;
    const second = next[place]!;
    const left = previous[place]!;
    const right = next[second]!;
    this.unlink(place, pair);
    if (left !== NONE) {
      this.remove(left, this.pairs.numberOf(symbols[left]!, leftSymbol), count);
    }
    if (right !== NONE) {
      this.remove(second, this.pairs.numberOf(rightSymbol, symbols[right]!), count);
      previous[right] = place;
    }
    symbols[place] = symbol;
    next[place] = right;
    this.tokens -= count;
    if (left !== NONE) {
      this.add(left);
    }
    if (right !== NONE) {
      this.add(place);
    }
  }

  /** Counts the pair that begins at `place`, and puts the place at the end of its list. */
  private add(place: number): void {
    const pair = this.pairs.numberOf(this.symbols[place]!, this.symbols[this.next[place]!]!);
    if (pair === this.counts.length) {
      this.counts.push(0);
      this.heads.push(NONE);
      this.tails.push(NONE);
    }
    this.counts.data[pair]! += this.wordCounts[this.wordAt[place]!]!;
    const tail = this.tails.data[pair]!;
    this.before[place] = tail;
    this.after[place] = NONE;
    if (tail === NONE) {
      this.heads.data[pair] = place;
    } else {
      this.after[tail] = place;
    }
    this.tails.data[pair] = place;
  }

  /** The pair that began at `place` is no more. */
  private remove(place: number, pair: number, count: number): void {
    this.counts.data[pair]! -= count;
    this.unlink(place, pair);
  }

  private unlink(place: number, pair: number): void {
    const before = this.before[place]!;
    const after = this.after[place]!;
    if (before === NONE) {
      this.heads.data[pair] = after;
    } else {
      this.after[before] = after;
    }
    if (after === NONE) {
      this.tails.data[pair] = before;
    } else {
      this.before[after] = before;
    }
  }
}
