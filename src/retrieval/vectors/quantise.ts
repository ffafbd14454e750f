// Vectors in fewer bits: each row as int8 with a scale of its own, and a query as 16-bit integers. What rounding does to a
// dot product is known, and said here, so that a search can tell when it must look closer.

/** What a row's numbers are divided by: its largest becomes 127. */
const MOST_INT8 = 127;
const MOST_INT16 = 32767;
const MOST_INT32 = 2 ** 31 - 1;

/**
 * Writes a vector (C,) as int8: `vector[i]` is about `out[i] * scale`, off by at most half a scale.
 *
 * @returns the scale; 0 for a vector of zeros.
 */
export function quantiseRow(vector: ArrayLike<number>, out: Int8Array): number {
  const scale = Math.fround(largestOf(vector) / MOST_INT8);
  if (scale === 0) {
    out.fill(0);
    return 0;
  }
  for (let i = 0; i < vector.length; i++) {
    // The smallest scales that f32 has are rounded themselves: no quotient may leave int8.
    out[i] = Math.max(-MOST_INT8, Math.min(MOST_INT8, Math.round(vector[i]! / scale)));
  }
  return scale;
}

/**
 * A query as 16-bit integers, as fine as sums of its products with int8 rows fit an i32.
 *
 * @param length of the answer: C, or more, with zeros behind.
 */
export function quantiseQuery(query: ArrayLike<number>, length: number): { numbers: Int16Array; scale: number } {
  const most = Math.min(MOST_INT16, Math.floor(MOST_INT32 / MOST_INT8 / length));
  const scale = largestOf(query) / most;
  const numbers = new Int16Array(length);
  for (let i = 0; i < query.length && scale > 0; i++) {
    numbers[i] = Math.round(query[i]! / scale);
  }
  return { numbers, scale };
}

/**
 * The standard deviation of the error of a quantised row's dot product with a query of this length: each number is off
 * by something between minus and plus half a scale, evenly spread, and these errors add up as independent ones do.
 */
export function roundingError(scale: number, queryLength: number): number {
  return (scale / Math.sqrt(12)) * queryLength;
}

/** Euclidean length. */
export function lengthOf(vector: ArrayLike<number>): number {
  return Math.sqrt(dotOf(vector, vector));
}

/** The sum of a[i] * b[i]: the cosine, where both have length 1. */
export function dotOf(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    sum += a[i]! * b[i]!;
  }
  return sum;
}

/** A vector brought to length 1; zeros stay zeros. */
export function normalised(vector: ArrayLike<number>): Float32Array {
  const length = lengthOf(vector);
  const out = new Float32Array(vector.length);
  for (let i = 0; i < vector.length && length > 0; i++) {
    out[i] = vector[i]! / length;
  }
  return out;
}

function largestOf(vector: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < vector.length; i++) {
    largest = Math.max(largest, Math.abs(vector[i]!));
  }
  return largest;
}
