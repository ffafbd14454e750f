// What a key does in a heatmap. Pure.

import type { Extent } from './viewport.ts';

export interface CellPlace {
  readonly row: number;
  readonly column: number;
}

/** The cell itself, or the nearest one that there is. */
export function within({ row, column }: CellPlace, { rows, columns }: Extent): CellPlace {
  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
}

/** The parts of a keyboard event that matter. */
export type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/**
 * The cell to go to, kept within the grid (for Enter and Space, the cell itself), or how to zoom; undefined for a key that means nothing here.
 *
 * @param page rows that PageUp and PageDown go by.
 */
export function keyAction(
  { key, altKey, ctrlKey, metaKey }: Key,
  { row, column }: CellPlace,
  { rows, columns }: Extent,
  page: number,
): CellPlace | 'in' | 'out' | 'fit' | undefined {
  const far = ctrlKey || metaKey;
  if (altKey || (far && key !== 'Home' && key !== 'End')) {
    return undefined;
  }
  const to = (r: number, c: number) => within({ row: r, column: c }, { rows, columns });
  switch (key) {
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'PageUp':
      return to(row - page, column);
    case 'PageDown':
      return to(row + page, column);
    case 'Home':
      return to(far ? 0 : row, 0);
    case 'End':
      return to(far ? rows - 1 : row, columns - 1);
    case 'Enter':
    case ' ':
      return to(row, column);
    case '+':
    case '=':
      return 'in';
    case '-':
      return 'out';
    case '0':
      return 'fit';
    default:
      return undefined;
  }
}
