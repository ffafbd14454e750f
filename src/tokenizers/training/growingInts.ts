// A list of 32-bit numbers in one typed array that grows as it must.

import { checkBudget } from './step.ts';

export class GrowingInts {
  /** The first `length` are in use. Another array after every {@link push}: don't keep it across one. */
  data: Int32Array;
  length = 0;
  private readonly budgetBytes: number;

  /** @param budgetBytes most that the old array and the new one may take together while it grows */
  constructor(capacity: number, budgetBytes: number) {
    this.data = new Int32Array(Math.max(16, capacity));
    this.budgetBytes = budgetBytes;
  }

  /** @returns the place of the new number. @throws Fault `too-large` */
  push(value: number): number {
    if (this.length === this.data.length) {
      checkBudget(this.data.byteLength * 3, this.budgetBytes, 'A list of pairs');
      const grown = new Int32Array(this.data.length * 2);
      grown.set(this.data);
      this.data = grown;
    }
    this.data[this.length] = value;
    return this.length++;
  }
}
