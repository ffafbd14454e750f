import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

interface Matrix {
  readonly list: readonly number[];
  readonly shape: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly offset: number;
}

/** Read row after row, or transposed; from the front of its list, or from further on. */
function drawMatrix(random: Random, rows: number, columns: number): Matrix {
  const offset = random() < 0.5 ? 0 : 1 + Math.floor(random() * 2);
  const list = Array.from({ length: offset + rows * columns }, () => Math.floor(random() * 9) - 4);
  return { list, shape: [rows, columns], strides: random() < 0.5 ? [columns, 1] : [1, rows], offset };
}

const plain = (list: number[], rows: number, columns: number): Matrix => ({
  list,
  shape: [rows, columns],
  strides: [columns, 1],
  offset: 0,
});

export const check = defineCheck<[a: Matrix, b: Matrix]>({
  parameters: ['a', 'b'],
  draw: (random, size) => {
    // Three sizes, no two of them equal.
    const sizes = Array.from({ length: 2 + size }, (_, i) => 1 + i).toSorted(() => random() - 0.5);
    const [rows, inner, columns] = sizes;
    return [drawMatrix(random, rows, inner), drawMatrix(random, inner, columns)];
  },
  planted: [
    { inputs: () => [plain([2, 3], 1, 2), plain([4, 1], 2, 1)], why: 'one cell' },
    {
      inputs: () => [{ list: [1, 2, 3, 4], shape: [2, 2], strides: [1, 2], offset: 0 }, plain([1, 0, 0, 1], 2, 2)],
      why: 'a transposed matrix, as square as the other',
    },
    { inputs: () => [plain([1, 2, 3, 4, 5, 6], 2, 3), plain([1, 2, 3, 4], 2, 2)], why: 'the inner sizes differ' },
    { inputs: () => [plain([1, 2], 1, 2), plain([1, 2, 3], 3, 1)], why: 'too short a row' },
    {
      inputs: () => [plain([1, 2, 3, 4], 2, 2), { list: [5, 6], shape: [2, 2], strides: [0, 1], offset: 0 }],
      why: 'ghost rows',
    },
  ],
  parts: [
    {
      id: 'one-cell',
      title: 'One row times one column',
      cases: [
        { inputs: () => [plain([2, 3], 1, 2), plain([4, 1], 2, 1)], why: 'the worked example' },
        { inputs: () => [plain([1, -2, 3], 1, 3), plain([2, 2, 5], 3, 1)], why: 'of three terms' },
      ],
    },
  ],
  mutants: {
    'ignores-strides':
      'You read each matrix row after row. A transposed one lies in its list the other way: let its strides say where a cell is.',
    'ignores-offset': 'You read from the front of the list. A view may begin further on: at its offset.',
    'row-with-row':
      'You take row i of `a` with row j of `b`. It should be column j: along it the first index runs, so `k` is the row of `b`.',
    'column-with-column':
      'You take column i of `a`. It should be row i: along it the second index runs, so `k` is the column of `a`.',
    'shared-rows':
      'All your rows are one and the same list: `fill(list)` puts that list in every place. Make a new one for each row.',
    'number-by-number':
      'You multiply cells that stand at the same place. That is another operation: here a cell is a sum over a whole row and a whole column.',
    'last-term':
      'Each cell holds its last product alone. All products of row and column are added up: `+=` and not `=`.',
    'turned-result':
      'Your result lies on its side: cell (i, j) stands at row j. There should be as many rows as `a` has.',
    'no-refusal':
      'You multiply although a row of `a` isn’t as long as a column of `b`. Throw an error: nobody could pair the numbers that are left over.',
  },
});
