// The different pairs of numbers that were ever met, numbered in the order in which they were: a hash table with open
// addressing in typed arrays. A million pairs in a Map cost several times the memory.

import { GrowingInts } from './growingInts.ts';
import { checkBudget } from './step.ts';

export class PairTable {
  readonly lefts: GrowingInts;
  readonly rights: GrowingInts;
  private readonly budgetBytes: number;
  /** 1 + number of a pair, 0 where there is none; the size is a power of two, at least twice the pairs. */
  private slots = new Int32Array(1 << 12);

  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes;
    this.lefts = new GrowingInts(1 << 11, budgetBytes);
    this.rights = new GrowingInts(1 << 11, budgetBytes);
  }

  get size(): number {
    return this.lefts.length;
  }

  /** The number of the pair; a new one, equal to `size` before, when it was never met. @throws Fault `too-large` */
  numberOf(left: number, right: number): number {
    const lefts = this.lefts.data;
    const rights = this.rights.data;
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = hash(left, right) & mask; ; at = (at + 1) & mask) {
      const pair = slots[at]! - 1;
      if (pair === -1) {
        slots[at] = this.lefts.push(left) + 1;
        this.rights.push(right);
        if (this.size * 2 > slots.length) {
          this.grow();
        }
        return this.size - 1;
      }
      if (lefts[pair] === left && rights[pair] === right) {
        return pair;
      }
    }
  }

  /** The number of the pair, or -1 when it was never met. */
  find(left: number, right: number): number {
    const lefts = this.lefts.data;
    const rights = this.rights.data;
    const { slots } = this;
    const mask = slots.length - 1;
    for (let at = hash(left, right) & mask; ; at = (at + 1) & mask) {
      const pair = slots[at]! - 1;
      if (pair === -1 || (lefts[pair] === left && rights[pair] === right)) {
        return pair;
      }
    }
  }

  private grow(): void {
    checkBudget(this.slots.byteLength * 3, this.budgetBytes, 'The table of pairs');
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    const lefts = this.lefts.data;
    const rights = this.rights.data;
    for (let pair = 0; pair < this.size; pair++) {
      let at = hash(lefts[pair]!, rights[pair]!) & mask;
      while (slots[at] !== 0) {
        at = (at + 1) & mask;
      }
      slots[at] = pair + 1;
    }
    this.slots = slots;
  }
}

function hash(left: number, right: number): number {
  const mixed = Math.imul(left, 0x9e3779b1) ^ Math.imul(right + 0x7f4a7c15, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
