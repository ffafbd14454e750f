// What exact nearest neighbours are computed with: a table of quantised rows and a scan over it. Two backends: plain loops
// (reference/nearest.ts) and compiled SIMD (wasmNearest.ts). What the numbers mean is the caller's business.

/** Rows of a block. A table grows block by block. */
export const BLOCK_ROWS = 1024;
/** The most entries that one scan keeps. */
export const MOST_KEPT = 4096;
/** Rows take a multiple of so many bytes: what is behind their numbers is 0. */
export const STRIDE_STEP = 32;

/** A part of a table. Views: made anew whenever the table has grown. */
export interface RowBlock {
  /** BLOCK_ROWS x stride */
  readonly rows: Int8Array;
  /** What a row's integers are multiplied by. */
  readonly scales: Float32Array;
  /** By which the caller knows a row; among equal scores the lowest is best. */
  readonly keys: Float64Array;
  /** A bit a row, lowest bit first: whether a filtered scan takes it. */
  readonly accepted: Uint8Array;
}

/** The best rows of a scan, best first. */
export interface Kept {
  /** Places in the table. */
  readonly places: readonly number[];
  readonly keys: readonly number[];
  /** Scale times the sum of row[i] * query[i], in f32. */
  readonly scores: readonly number[];
}

export interface RowTable {
  /** Bytes that a row takes. */
  readonly stride: number;
  /** Bytes that are held. */
  readonly bytes: number;
  readonly blocks: number;
  block(index: number): RowBlock;
  /** @throws Fault `too-large` when the budget would be passed, or the machine has no more. */
  addBlock(): void;
  /**
   * The rows with the highest scores, equal ones by lower keys.
   *
   * @param query `stride` integers; the sum of 127 times their sizes must fit an i32.
   * @param count how many rows are in use, from the first on.
   * @param keep at most {@link MOST_KEPT}.
   * @param filtered whether only rows count whose bit in `accepted` is set.
   */
  scan(query: Int16Array, count: number, keep: number, filtered: boolean): Kept;
}

export interface NearestKernels {
  readonly name: string;
  /** An empty table for rows of so many integers. */
  table(dimensions: number, budgetBytes: number): RowTable;
}

/** Bytes of a row of so many integers. */
export function strideOf(dimensions: number): number {
  return Math.ceil(dimensions / STRIDE_STEP) * STRIDE_STEP;
}

/** Bytes of a block: rows, scales, keys, bits. */
export function blockBytes(stride: number): number {
  return BLOCK_ROWS * (stride + 4 + 8) + BLOCK_ROWS / 8;
}

/** A block's views on a buffer. Keys first: they need addresses that are multiples of 8. */
export function blockAt(buffer: ArrayBufferLike, address: number, stride: number): RowBlock {
  const scales = address + BLOCK_ROWS * 8;
  const rows = scales + BLOCK_ROWS * 4;
  return {
    keys: new Float64Array(buffer, address, BLOCK_ROWS),
    scales: new Float32Array(buffer, scales, BLOCK_ROWS),
    rows: new Int8Array(buffer, rows, BLOCK_ROWS * stride),
    accepted: new Uint8Array(buffer, rows + BLOCK_ROWS * stride, BLOCK_ROWS / 8),
  };
}
