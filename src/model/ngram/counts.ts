// What came next, counted: after each run of up to n - 1 symbols of a text, how often each symbol followed. That is the
// whole of an n-gram model (Markov 1913, Shannon 1948); what is made of the counts is in smoothing.ts.

import { EMPTY, Grams, longer, UNMET } from './grams.ts';

export interface Follower {
  readonly symbol: number;
  readonly count: number;
}

/** Counts of all grams of 1 to `longest` symbols. Only what was met takes room. */
export class NgramCounts {
  readonly longest: number;
  private readonly grams = new Grams();
  /** How often each gram stands in the text. */
  private counts = new Int32Array(512);
  /** How often anything came after it: less than its count where it stands at the end. */
  private followed = new Int32Array(512);
  /** How many different symbols came after it. */
  private different = new Int32Array(512);
  /** The newest gram that is one symbol longer, and each gram's older brother. */
  private newest = new Int32Array(512);
  private older = new Int32Array(512);

  constructor(longest: number) {
    this.longest = longest;
  }

  /** How many different grams of 1 to `longest` symbols there are. */
  get size(): number {
    return this.grams.size - 1;
  }

  /** One more `symbol` after the gram `context`. Returns the gram that the two make. */
  add(context: number, symbol: number): number {
    const before = this.grams.size;
    const gram = this.grams.add(context, symbol);
    if (gram === this.counts.length) {
      this.makeRoom();
    }
    if (gram === before) {
      this.different[context] = (this.different[context] as number) + 1;
      this.older[gram] = this.newest[context] as number;
      this.newest[context] = gram;
    }
    this.counts[gram] = (this.counts[gram] as number) + 1;
    this.followed[context] = (this.followed[context] as number) + 1;
    return gram;
  }

  /** The gram that `symbol` makes of `context`; UNMET where the text doesn't hold it. */
  find(context: number, symbol: number): number {
    return this.grams.find(context, symbol);
  }

  /** How often `symbol` came after `context`. */
  count(context: number, symbol: number): number {
    const gram = this.find(context, symbol);
    return gram === UNMET ? 0 : (this.counts[gram] as number);
  }

  /** How often anything came after `context`: the sum of its followers' counts. */
  total(context: number): number {
    return context === UNMET ? 0 : (this.followed[context] as number);
  }

  /** How many different symbols came after `context`. */
  kinds(context: number): number {
    return context === UNMET ? 0 : (this.different[context] as number);
  }

  /** What came after `context`: most frequent first, of equals the lower number. */
  followers(context: number): Follower[] {
    const found: Follower[] = [];
    let gram = context === UNMET ? EMPTY : (this.newest[context] as number);
    for (; gram !== EMPTY; gram = this.older[gram] as number) {
      found.push({ symbol: this.grams.lastOf(gram), count: this.counts[gram] as number });
    }
    return found.sort((a, b) => b.count - a.count || a.symbol - b.symbol);
  }

  private makeRoom(): void {
    this.counts = longer(this.counts);
    this.followed = longer(this.followed);
    this.different = longer(this.different);
    this.newest = longer(this.newest);
    this.older = longer(this.older);
  }
}

/**
 * Goes through a text once, and counts at each symbol all the grams that end there.
 *
 * Example: of the symbols 0 1 0 1 2, up to pairs: 0 and 1 twice, 2 once; 0 1 twice, 1 0 and 1 2 once.
 *
 * @param longest n: the most symbols of a gram, from 1
 */
export function countNgrams(ids: Int32Array, longest: number): NgramCounts {
  const counts = new NgramCounts(longest);
  const last = new Int32Array(longest).fill(EMPTY); // last[m]: the m symbols before this one, as a gram
  for (let at = 0; at < ids.length; at++) {
    for (let m = Math.min(longest - 1, at); m >= 0; m--) {
      const gram = counts.add(last[m] as number, ids[at] as number);
      if (m + 1 < longest) {
        last[m + 1] = gram; // m goes down, so the old last[m + 1] has been used
      }
    }
  }
  return counts;
}

/** Where a reader stands in a text: the last 0, 1, ... n - 1 symbols, each row of them as a gram. */
export class Reading {
  readonly counts: NgramCounts;
  /** How many of the last symbols are looked at: n - 1, and fewer at the beginning. */
  length = 0;
  private readonly last: Int32Array;

  /** @param n from 1 to the longest grams that were counted */
  constructor(counts: NgramCounts, n: number) {
    this.counts = counts;
    this.last = new Int32Array(n).fill(EMPTY);
  }

  /** The last `length` symbols as a gram; UNMET where the text doesn't hold them in a row. */
  context(length: number): number {
    return this.last[length] as number;
  }

  /** Goes on by a symbol. */
  read(symbol: number): void {
    const { last, counts } = this;
    this.length = Math.min(this.length + 1, last.length - 1);
    for (let m = this.length; m > 0; m--) {
      last[m] = counts.find(last[m - 1] as number, symbol);
    }
  }
}
