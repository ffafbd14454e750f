// The tokens of a text in work: ids in one typed array that grows, within a budget of memory.

import { tooLarge } from '../faults.ts';

export class TokenBuffer {
  length = 0;
  private ids = new Uint32Array(0);
  private textBytes = 0;
  private readonly budgetBytes: number;

  /** @param budgetBytes most memory for a text's bytes and its tokens together */
  constructor(budgetBytes: number) {
    this.budgetBytes = budgetBytes;
  }

  /** Empties it, and makes room for a text of `textBytes` bytes. @throws Fault `too-large` */
  begin(textBytes: number): void {
    this.length = 0;
    this.textBytes = textBytes;
    const first = Math.max(64, textBytes >> 2);
    this.reserve(first * 4);
    this.ids = new Uint32Array(first);
  }

  /** @throws Fault `too-large` */
  push(id: number): void {
    if (this.length === this.ids.length) {
      this.grow();
    }
    this.ids[this.length++] = id;
  }

  /** The ids from `from` on, as a view that the next push may leave behind. */
  since(from: number): Uint32Array<ArrayBuffer> {
    return this.ids.subarray(from, this.length);
  }

  /** Copies the ids out. @param bytesEach what each will take beside its id @throws Fault `too-large` */
  take(bytesEach: number): Uint32Array<ArrayBuffer> {
    this.reserve(this.ids.byteLength + this.length * (4 + bytesEach));
    return this.ids.slice(0, this.length);
  }

  /** Gives the memory back. */
  end(): void {
    this.ids = new Uint32Array(0);
  }

  private grow(): void {
    this.reserve(this.ids.byteLength * 3); // the old array and the new one
    const grown = new Uint32Array(this.ids.length * 2);
    grown.set(this.ids);
    this.ids = grown;
  }

  /** @throws Fault `too-large` when `more` bytes beside the text would pass the budget. */
  private reserve(more: number): void {
    if (this.textBytes + more > this.budgetBytes) {
      throw tooLarge(this.budgetBytes, `after ${this.length.toLocaleString('en')} tokens`);
    }
  }
}
