// Weights as whole numbers of 8 bits, each row or column with a scale of its own, so that one large weight spoils only
// its own row or column. Symmetric: zero stays zero.

export interface Quantised {
  readonly values: Int8Array<ArrayBuffer>;
  /** A weight is its whole number times the scale of its row or column. */
  readonly scales: Float32Array<ArrayBuffer>;
}

/**
 * A matrix (rows, columns) with a scale a column: what a product `x @ W` wants, as each output has a column.
 *
 * @param most the largest whole number used, 127 or less
 */
export function quantiseColumns(weights: Float32Array, rows: number, columns: number, most = 127): Quantised {
  const scales = new Float32Array(columns);
  for (let i = 0; i < rows * columns; i++) {
    const column = i % columns;
    scales[column] = Math.max(scales[column] as number, Math.abs(weights[i] as number));
  }
  return rounded(weights, most, scales, (index) => index % columns);
}

/** The same with a scale a row: what a table of vectors (V, C) wants, of which rows are picked. */
export function quantiseRows(weights: Float32Array, rows: number, columns: number, most = 127): Quantised {
  const scales = new Float32Array(rows);
  for (let i = 0; i < rows * columns; i++) {
    const row = Math.floor(i / columns);
    scales[row] = Math.max(scales[row] as number, Math.abs(weights[i] as number));
  }
  return rounded(weights, most, scales, (index) => Math.floor(index / columns));
}

/** @param scales the largest absolute weight of each; turned into scales in place */
function rounded(
  weights: Float32Array,
  most: number,
  scales: Float32Array<ArrayBuffer>,
  scaleOf: (index: number) => number,
): Quantised {
  for (let i = 0; i < scales.length; i++) {
    scales[i] = (scales[i] as number) / most || 1; // all zeros: any scale will do
  }
  const values = new Int8Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    values[i] = Math.round((weights[i] as number) / (scales[scaleOf(i)] as number));
  }
  return { values, scales };
}
