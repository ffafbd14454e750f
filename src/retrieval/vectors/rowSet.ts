// Many vectors in little memory: int8 rows with a scale each, in the order in which they came. For maps, which need every
// vector once more and none of them exactly.

import { Fault } from '../../shared/errors.ts';
import { quantiseRow } from './quantise.ts';

const FIRST_ROWS = 1024;
const MOST_BYTES = 384 * 1024 * 1024;

export class RowSet {
  readonly dimensions: number;
  private rows = new Int8Array(0);
  private scales = new Float32Array(0);
  private used = 0;

  constructor(dimensions: number) {
    this.dimensions = dimensions;
  }

  get count(): number {
    return this.used;
  }

  /** @throws Fault `too-large` before more memory would be taken than a map may have. */
  push(vector: ArrayLike<number>): void {
    if (this.used === this.scales.length) {
      this.grow();
    }
    const start = this.used * this.dimensions;
    this.scales[this.used] = quantiseRow(vector, this.rows.subarray(start, start + this.dimensions));
    this.used++;
  }

  /** Row `index` (C,): off by at most half its scale in each number. */
  get(index: number, out: Float32Array = new Float32Array(this.dimensions)): Float32Array {
    const scale = this.scales[index]!;
    for (let c = 0, at = index * this.dimensions; c < this.dimensions; c++, at++) {
      out[c] = scale * this.rows[at]!;
    }
    return out;
  }

  private grow(): void {
    const capacity = Math.max(FIRST_ROWS, Math.ceil(this.used * 1.5));
    if (capacity * (this.dimensions + 4) > MOST_BYTES) {
      throw new Fault('too-large', `A map of more than ${this.used} vectors takes more memory than it may.`, {
        remedy: 'Leave folders out of the index.',
      });
    }
    const [rows, scales] = [new Int8Array(capacity * this.dimensions), new Float32Array(capacity)];
    rows.set(this.rows);
    scales.set(this.scales);
    this.rows = rows;
    this.scales = scales;
  }
}
