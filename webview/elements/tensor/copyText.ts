// A tensor as text for other tools: JSON, NumPy, CSV. Pure.

import type { DType } from '../../../src/shared/trace.ts';
import { exact } from './numberText.ts';

export type CopyFormat = 'json' | 'numpy' | 'csv';

/** Reads the element at an index. */
export type Read = (index: readonly number[]) => number;

/** Copies of more elements than this are refused: the text would be larger than a clipboard likes. */
export const MAX_COPY = 1 << 20;

/**
 * JSON as nested lists: NaN, which JSON lacks, is null, and infinities are ±1e999, which every reader takes for one.
 * NumPy as an expression with `np`. CSV is for two axes: one line a row; more axes go on below, after an empty line.
 */
export function copyText(format: CopyFormat, shape: readonly number[], dtype: DType, read: Read): string {
  switch (format) {
    case 'json':
      return nested(shape, (index) => jsonNumber(read(index), dtype), ',');
    case 'numpy': {
      const list = nested(shape, (index) => numpyNumber(read(index), dtype), ', ');
      const array = `np.array(${list}, dtype=np.${dtype === 'f32' ? 'float32' : 'int32'})`;
      // Lists can't say how long an axis is behind one of no length.
      return shape.includes(0) ? `${array}.reshape(${shape.join(', ')})` : array;
    }
    case 'csv':
      return csv(shape, dtype, read);
  }
}

function nested(shape: readonly number[], write: (index: readonly number[]) => string, between: string): string {
  const index = shape.map(() => 0);
  const list = (axis: number): string => {
    if (axis === shape.length) {
      return write(index);
    }
    const parts: string[] = [];
    for (let at = 0; at < (shape[axis] as number); at++) {
      index[axis] = at;
      parts.push(list(axis + 1));
    }
    return `[${parts.join(between)}]`;
  };
  return list(0);
}

function jsonNumber(value: number, dtype: DType): string {
  return Number.isNaN(value) ? 'null' : Number.isFinite(value) ? exact(value, dtype) : value > 0 ? '1e999' : '-1e999';
}

function numpyNumber(value: number, dtype: DType): string {
  const text = exact(value, dtype);
  return Number.isFinite(value) ? text : text === 'NaN' ? 'np.nan' : text.replace('inf', 'np.inf');
}

function csv(shape: readonly number[], dtype: DType, read: Read): string {
  const columns = shape.at(-1) ?? 1;
  const rows = shape.at(-2) ?? 1;
  const outer = shape.slice(0, -2);
  const blocks: string[] = [];
  const block = (before: readonly number[]) => {
    const lines: string[] = [];
    for (let row = 0; row < rows; row++) {
      const cells: string[] = [];
      for (let column = 0; column < columns; column++) {
        cells.push(exact(read([...before, row, column].slice(-shape.length || 0).slice(0, shape.length)), dtype));
      }
      lines.push(cells.join(','));
    }
    blocks.push(lines.join('\n'));
  };
  const walk = (before: readonly number[]) => {
    if (before.length === outer.length) {
      block(before);
      return;
    }
    for (let at = 0; at < (outer[before.length] as number); at++) {
      walk([...before, at]);
    }
  };
  walk([]);
  return `${blocks.join('\n\n')}\n`;
}
