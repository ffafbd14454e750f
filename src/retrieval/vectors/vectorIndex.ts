// Exact nearest neighbours without an index structure: every row is looked at, as int8, and the few that can be among the
// best are scored anew in f32. Up to about a million rows that beats building a graph (see ivf.ts and hnsw.ts).

import {
  BLOCK_ROWS,
  type Kept,
  MOST_KEPT,
  type NearestKernels,
  type RowBlock,
  type RowTable,
} from '../../engine/kernels/nearest.ts';
import { referenceNearest } from '../../engine/kernels/reference/nearest.ts';
import { Fault } from '../../shared/errors.ts';
import { dotOf, lengthOf, quantiseQuery, quantiseRow, roundingError } from './quantise.ts';

/** What an index may hold unless told otherwise: a million vectors of 384 numbers, and room. */
export const DEFAULT_VECTOR_BYTES = 640 * 1024 * 1024;
/** More numbers than any embedding has; sums of so many products still fit 32 bits. */
const MOST_DIMENSIONS = 16_384;
/** How many rows a scan keeps beside the wanted ones, and how many times more when these were too few. */
const SPARE = 54;
const WIDER = 8;
/** So many standard deviations of the rounding error are allowed for, on either side. */
const SIGMAS = 4;

/** Which rows may be found: by key. */
export type Accept = ((key: number) => boolean) | { has(key: number): boolean };

export interface NearestOptions {
  /** All rows if absent. */
  readonly accept?: Accept;
  /**
   * The rows as they were before they were quantised. One that is absent from the answer is left out of the result. If
   * there is no such function, scores and order are those of the int8 rows.
   */
  readonly rescore?: (keys: readonly number[]) => ReadonlyMap<number, ArrayLike<number>>;
}

export interface NearestRow {
  readonly key: number;
  /** The dot product with the query: the cosine, where both have length 1. */
  readonly score: number;
}

export class VectorIndex {
  readonly dimensions: number;
  private readonly table: RowTable;
  private readonly places = new Map<number, number>();

  /**
   * @param kernels plain loops if absent.
   * @throws Fault `bad-input` for a number of dimensions that no embedding has.
   */
  constructor(dimensions: number, kernels: NearestKernels = referenceNearest, budgetBytes = DEFAULT_VECTOR_BYTES) {
    if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > MOST_DIMENSIONS) {
      throw new Fault('bad-input', `Vectors have 1 to ${MOST_DIMENSIONS} numbers, not ${dimensions}.`);
    }
    this.dimensions = dimensions;
    this.table = kernels.table(dimensions, budgetBytes);
  }

  /** How many rows there are. */
  get size(): number {
    return this.places.size;
  }

  /** What the rows take, in bytes, the index's own lists left aside. */
  get bytes(): number {
    return this.table.bytes;
  }

  has(key: number): boolean {
    return this.places.has(key);
  }

  keys(): IterableIterator<number> {
    return this.places.keys();
  }

  /**
   * Adds a row (C,), or replaces the one of this key.
   *
   * @throws Fault `bad-input` for another number of dimensions or numbers that aren't finite; `too-large` past the budget.
   *   The index is then as it was.
   */
  set(key: number, vector: ArrayLike<number>): void {
    this.check(vector, `Vector ${key}`);
    const numbers = new Int8Array(this.dimensions);
    this.setQuantised(key, numbers, quantiseRow(vector, numbers));
  }

  /** The same for a row that {@link quantiseRow} has made before. */
  setQuantised(key: number, numbers: ArrayLike<number>, scale: number): void {
    if (numbers.length !== this.dimensions || !Number.isFinite(scale)) {
      const fault = `Row ${key} has ${numbers.length} numbers and a scale of ${scale}`;
      throw new Fault('bad-input', `${fault}, where ${this.dimensions} and a finite one are due.`);
    }
    const place = this.places.get(key) ?? this.nextPlace();
    const { block, row } = this.rowAt(place);
    this.numbersOf(block, row).set(numbers);
    block.scales[row] = scale;
    block.keys[row] = key;
    this.places.set(key, place);
  }

  /** Removes a row: the last one takes its place. @returns whether there was one. */
  delete(key: number): boolean {
    const place = this.places.get(key);
    if (place === undefined) {
      return false;
    }
    const to = this.rowAt(place);
    const from = this.rowAt(this.size - 1);
    const moved = from.block.keys[from.row]!;
    this.numbersOf(to.block, to.row).set(this.numbersOf(from.block, from.row));
    to.block.scales[to.row] = from.block.scales[from.row]!;
    to.block.keys[to.row] = moved;
    this.places.set(moved, place);
    this.places.delete(key);
    return true;
  }

  /** Forgets all rows. The memory stays, for those to come. */
  clear(): void {
    this.places.clear();
  }

  /**
   * The rows with the highest dot products, best first; equal ones by lower keys.
   *
   * The scan's scores are off by a rounding error whose spread is known. All rows are scored anew that could, within
   * four times this spread, be among the best; where more rows are that close than the scan kept, it is run again with
   * more room, once.
   *
   * @param limit fewer come back where there are fewer; at most MOST_KEPT.
   * @throws Fault `bad-input` for a query of another size or with numbers that aren't finite.
   */
  nearest(query: ArrayLike<number>, limit: number, { accept, rescore }: NearestOptions = {}): NearestRow[] {
    this.check(query, 'The query');
    const { numbers, scale } = quantiseQuery(query, this.table.stride);
    if (accept !== undefined) {
      this.mark(typeof accept === 'function' ? accept : (key) => accept.has(key));
    }
    const scan = (keep: number) => this.table.scan(numbers, this.size, Math.min(keep, MOST_KEPT), accept !== undefined);
    if (rescore === undefined) {
      const { keys, scores } = scan(limit);
      return keys.map((key, i) => ({ key, score: scores[i]! * scale }));
    }
    const keep = 2 * limit + SPARE;
    const length = lengthOf(query);
    let kept = scan(keep);
    let close = this.close(kept, limit, scale, length);
    if (close === kept.keys.length && kept.keys.length === keep) {
      kept = scan(WIDER * keep);
      close = this.close(kept, limit, scale, length);
    }
    const rows = rescore(kept.keys.slice(0, close));
    return [...rows]
      .map(([key, row]) => ({ key, score: dotOf(row, query) }))
      .sort((a, b) => b.score - a.score || a.key - b.key)
      .slice(0, limit);
  }

  /** How many of the kept could be among the best `limit`, within the rounding error. */
  private close({ places, scores }: Kept, limit: number, scale: number, queryLength: number): number {
    if (scores.length <= limit) {
      return scores.length;
    }
    const errors = places.map((place) => {
      const { block, row } = this.rowAt(place);
      return SIGMAS * roundingError(block.scales[row]!, queryLength);
    });
    // The best `limit` are, in truth, no lower than this.
    const least = Math.min(...scores.slice(0, limit).map((score, i) => score * scale - errors[i]!));
    let close = scores.length;
    while (close > limit && scores[close - 1]! * scale + errors[close - 1]! < least) {
      close--;
    }
    return close;
  }

  private mark(accepts: (key: number) => boolean): void {
    for (let place = 0; place < this.size; place += BLOCK_ROWS) {
      const { keys, accepted } = this.table.block(place / BLOCK_ROWS);
      accepted.fill(0);
      const rows = Math.min(BLOCK_ROWS, this.size - place);
      for (let row = 0; row < rows; row++) {
        if (accepts(keys[row]!)) {
          accepted[row >> 3]! |= 1 << (row & 7);
        }
      }
    }
  }

  private nextPlace(): number {
    const place = this.size;
    if (place === this.table.blocks * BLOCK_ROWS) {
      this.table.addBlock();
    }
    return place;
  }

  private rowAt(place: number): { block: RowBlock; row: number } {
    return { block: this.table.block(Math.floor(place / BLOCK_ROWS)), row: place % BLOCK_ROWS };
  }

  private numbersOf(block: RowBlock, row: number): Int8Array {
    return block.rows.subarray(row * this.table.stride, row * this.table.stride + this.dimensions);
  }

  private check(vector: ArrayLike<number>, what: string): void {
    if (vector.length !== this.dimensions) {
      throw new Fault('bad-input', `${what} has ${vector.length} numbers, where ${this.dimensions} are due.`);
    }
    for (let i = 0; i < vector.length; i++) {
      if (!Number.isFinite(vector[i]!)) {
        throw new Fault('bad-input', `${what} holds ${vector[i]} at ${i}: only finite numbers can be compared.`);
      }
    }
  }
}
