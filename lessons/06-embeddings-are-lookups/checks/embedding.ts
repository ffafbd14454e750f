import { defineCheck } from 'inside-llms/check';

type Inputs = [table: number[][], ids: number[]];

const OWN_ROWS =
  'You hand out the table’s own rows. Whoever adds 100 to a number of one of them changes the word itself, in every sentence to come: hand out copies.';

export const check = defineCheck<Inputs>({
  parameters: ['table', 'ids'],
  draw: (random, size) => {
    const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
    const [rows, channels, tokens] = [2 + size, 1 + Math.ceil(size / 2), whole(0, 2 * size)];
    const table = Array.from({ length: rows }, () => Array.from({ length: channels }, () => whole(-99, 99) / 10));
    return [table, Array.from({ length: tokens }, () => whole(0, rows - 1))];
  },
  planted: [
    {
      inputs: () => [
        [
          [0.9, 0.1],
          [-0.7, 0.5],
          [0.2, -0.8],
        ],
        [2, 0, 2],
      ],
      why: 'an id that is repeated',
    },
    {
      inputs: () => [
        [
          [1, 2, 3],
          [4, 5, 6],
          [7, 8, 9],
        ],
        [1, 0],
      ],
      why: 'as many columns as rows',
    },
    {
      inputs: () => [
        [
          [1, 2],
          [3, 4],
        ],
        [2],
      ],
      why: 'the first id behind the table',
    },
    {
      inputs: () => [
        [
          [1, 2],
          [3, 4],
        ],
        [-1],
      ],
      why: 'an id below 0',
    },
    {
      inputs: () => [
        [
          [1, 2],
          [3, 4],
        ],
        [0, 5, 1],
      ],
      why: 'a bad id among good ones',
    },
    {
      inputs: () => [
        [
          [1, 2],
          [3, 4],
        ],
        [],
      ],
      why: 'no token',
    },
  ],
  /** The rows as they came, and all there is after somebody has added 100 to the first number of the first of them. */
  run: (answer, [table, ids]) => {
    const embed = answer.embed as (table: readonly (readonly number[])[], ids: readonly number[]) => number[][];
    const rows = embed(table, ids);
    if (!Array.isArray(rows)) {
      return { rows };
    }
    const came = rows.map((row) => (Array.isArray(row) ? [...row] : row));
    if (Array.isArray(rows[0])) {
      rows[0][0] += 100;
    }
    return { rows: came, tableAfter: table.map((row) => [...row]), otherRowsAfter: rows.slice(1) };
  },
  // A table that was changed is seen in the result already.
  changesInputs: true,
  parts: [
    {
      id: 'one-row',
      title: 'Looks up one id',
      cases: [
        {
          inputs: () => [
            [
              [1, 2],
              [3, 4],
              [5, 6],
            ],
            [1],
          ],
          why: 'a row in the middle',
        },
        { inputs: () => [[[7]], [0]], why: 'the only row' },
      ],
    },
  ],
  mutants: {
    view: OWN_ROWS,
    'view-checked': OWN_ROWS,
    'one-copy-a-word':
      'You copy each row once, and a word that comes twice gets the same copy twice. Change one of the two, and the other changes: each token needs a row of its own.',
    columns: 'You take a column of the table for an id. An id names a row: all the numbers of one word.',
    'from-1': 'You count the rows from 1. Ids are counted from 0: id 0 is the first row.',
    'types-not-tokens':
      'You return one row for each different id. There should be one for each token, repeats included: T ids make T rows.',
    unchecked:
      'An id outside the table gets an empty row from you, or none. Throw an error: a wrong id means that text and table don’t belong together.',
    'from-behind': 'You let -1 mean the last row. That hides a mistake: an id below 0 should be an error.',
    clamped:
      'You give an id outside the table the nearest row. The model would go on with a wrong word, and nobody would know: throw an error.',
    'as-amount':
      'You multiply the first row by the id. An id is a ticket and no amount: then all words would point the same way.',
  },
});
