// Which pair to merge next: a binary heap of pairs, by the counts that they had when they came in. As merges go on these
// counts fall, and each is set right only when it comes to the top.

import { GrowingInts } from './growingInts.ts';
import type { Chooser } from './mergeTraining.ts';
import type { PairIndex } from './pairIndex.ts';

/** What is known of a pair that is not in the queue. */
const OUT = -1;

export class MergeQueue implements Chooser {
  private readonly index: PairIndex;
  /** Of each pair: the count that the queue goes by. */
  private readonly known: GrowingInts;
  private readonly heap: GrowingInts;

  constructor(index: PairIndex, budgetBytes: number) {
    this.index = index;
    this.known = new GrowingInts(1 << 12, budgetBytes);
    this.heap = new GrowingInts(1 << 12, budgetBytes);
  }

  /** Takes in the pairs that are new in the index, and says now and then how many it has. @throws Fault `too-large` */
  *takeNew(): Generator<number, void, void> {
    const { known, index } = this;
    for (let pair = known.length; pair < index.pairs.size; pair++) {
      known.push(index.counts.data[pair]!);
      this.heap.push(pair);
      this.raise(this.heap.length - 1);
      if (pair % 16_384 === 0) {
        yield this.heap.length;
      }
    }
  }

  /** Takes out the most frequent pair, of equally frequent ones that with the smaller ids; undefined when empty. */
  pop(): number | undefined {
    const { counts } = this.index;
    const [heap, known] = [this.heap.data, this.known.data];
    while (this.heap.length > 0) {
      const top = heap[0]!;
      const count = counts.data[top]!;
      if (count === known[top]) {
        known[top] = OUT;
        this.heap.length--;
        this.sinkTop(heap[this.heap.length]!);
        return top;
      }
      known[top] = count;
      this.sinkTop(top);
    }
    return undefined;
  }

  private raise(from: number): void {
    const { data } = this.heap;
    const pair = data[from]!;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.before(pair, data[parent]!)) {
        break;
      }
      data[at] = data[parent]!;
      at = parent;
    }
    data[at] = pair;
  }

  /** Puts `pair` at the top or below, where it belongs. */
  private sinkTop(pair: number): void {
    const { data, length } = this.heap;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) {
        break;
      }
      if (child + 1 < length && this.before(data[child + 1]!, data[child]!)) {
        child++;
      }
      if (!this.before(data[child]!, pair)) {
        break;
      }
      data[at] = data[child]!;
      at = child;
    }
    data[at] = pair;
  }

  private before(a: number, b: number): boolean {
    const difference = this.known.data[a]! - this.known.data[b]!;
    if (difference !== 0) {
      return difference > 0;
    }
    const { lefts, rights } = this.index.pairs;
    const left = lefts.data[a]! - lefts.data[b]!;
    return left !== 0 ? left < 0 : rights.data[a]! < rights.data[b]!;
  }
}
