// A tensor on one line of a terminal: what it is, what it holds in figures, and its first corner.

import type { TensorStatistics, TensorValue } from '../shared/trace.ts';

/** Most rows and columns of the corner. */
const ROWS = 3;
const COLUMNS = 6;

/**
 * Example: `f32 (2, 3), 1 to 6, mean 3.5, deviation 1.708: 1 2 3; 4 5 6`. Of more than two axes the corner is at index 0
 * of those in front; `…` stands where there is more.
 *
 * @param buffer of the trace that the tensor is in
 */
export function tensorText({ dtype, shape, bytes, preview, statistics }: TensorValue, buffer?: ArrayBuffer): string {
  const head = `${dtype} (${shape.join(', ')}), ${figures(statistics)}`;
  const slice = bytes ?? preview?.bytes;
  if (slice === undefined || buffer === undefined || slice.length === 0) {
    return head;
  }
  const Numbers = dtype === 'f32' ? Float32Array : Int32Array;
  const numbers = new Numbers(buffer, slice.offset, slice.length / 4);
  const held = preview?.shape ?? shape;
  const width = held.at(-1) ?? 1;
  const rows = Math.min(ROWS, held.at(-2) ?? 1);
  const columns = Math.min(COLUMNS, width);
  const lines = Array.from({ length: rows }, (_, row) => {
    const cells = Array.from(numbers.subarray(row * width, row * width + columns), brief);
    return [...cells, ...(columns < (shape.at(-1) ?? 1) ? ['…'] : [])].join(' ');
  });
  return `${head}: ${[...lines, ...(rows < (shape.at(-2) ?? 1) ? ['…'] : [])].join('; ')}`;
}

function figures({ min, max, mean, std, nan, inf }: TensorStatistics): string {
  const finite =
    min === null || max === null || mean === null || std === null
      ? 'nothing finite'
      : `${brief(min)} to ${brief(max)}, mean ${brief(mean)}, deviation ${brief(std)}`;
  return [finite, ...(nan > 0 ? [`${nan} NaN`] : []), ...(inf > 0 ? [`${inf} infinite`] : [])].join(', ');
}

/** Four digits, without zeros that say nothing. */
function brief(x: number): string {
  return Number.isInteger(x) ? String(x) : String(Number(x.toPrecision(4)));
}
