import { defineCheck } from 'inside-llms/check';

type Inputs = [dy: number[][], ids: number[], rows: number, channels: number];

const example = (): Inputs => [
  [
    [1, 0],
    [5, 5],
    [0, 3],
  ],
  [2, 0, 2],
  4,
  2,
];
const sums = (table: readonly (readonly number[])[], channels: number) =>
  Array.from({ length: channels }, (_, c) => table.reduce((sum, row) => sum + (row[c] ?? 0), 0));

export const check = defineCheck<Inputs>({
  parameters: ['dy', 'ids', 'rows', 'channels'],
  draw: (random, size) => {
    const [T, V, C] = [size + Math.floor(random() * 3), size + 2, 1 + (size % 4)];
    const ids = Array.from({ length: T }, () => Math.floor(random() * V));
    const dy = ids.map(() => Array.from({ length: C }, () => Math.round(random() * 20) - 10));
    return [dy, ids, V, C];
  },
  planted: [
    { inputs: example, why: 'an id repeated, and rows never used' },
    { inputs: () => [[[1], [1], [1]], [1, 1, 1], 2, 1], why: 'one id three times' },
    { inputs: () => [[], [], 3, 2], why: 'a text without tokens' },
  ],
  invariants: [
    {
      holds: (result, [dy, , , channels]) => {
        const [there, came] = [sums(result as number[][], channels), sums(dy, channels)];
        return there.every((sum, c) => Math.abs(sum - (came[c] as number)) < 1e-6);
      },
      otherwise: 'Nothing should get lost: each column of the table’s gradient adds up to the same column of dy.',
    },
  ],
  parts: [
    {
      id: 'different',
      title: 'Each id once',
      cases: [
        {
          inputs: () => [
            [
              [1, 2],
              [3, 4],
            ],
            [2, 0],
            3,
            2,
          ],
          why: 'nothing to add up',
        },
      ],
    },
  ],
  mutants: {
    overwrites:
      'When an id comes twice, its row keeps only what came last. Both uses asked the row to move, and what they ask for adds up.',
    'first-use':
      'When an id comes twice, its row gets only what its first use sent. Every use of a row sends something back, and all of it adds up.',
    'all-rows':
      'Every row gets what was meant for all. Array(rows).fill(row) puts the same list in all places, so writing to one writes to each: make a list for every row.',
    averaged:
      'A row that is used twice gets the mean of what came back. Two uses make two wishes, and they add up: row 2 of the example gets [1, 3].',
    'by-place': 'You add to the row with the number of the place, t. The row that was looked up there is ids[t].',
  },
});
