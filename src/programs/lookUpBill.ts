// What a text's look-ups cost in a table of any size, by the product with one-hot rows and by picking rows.

import type { TableValue } from '../shared/trace.ts';
import { lookUpCost } from './lookUpCost.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue } from './views.ts';

/** Of a number in a table, and of an id. */
const BYTES = 4;

const COLUMNS: TableValue['columns'] = [
  { id: 'work', label: 'work', type: 'text' },
  { id: 'lookUp', label: 'look-up', type: 'number' },
  { id: 'product', label: 'product', type: 'number' },
];

export const lookUpBill = defineProgram({
  id: 'look-up-bill',
  title: 'What a look-up saves',
  session: false,
  params: {
    rows: { type: 'number', label: 'Rows of the table (V)', default: 50_257, min: 1, max: 200_000, step: 1 },
    columns: { type: 'number', label: 'Numbers in each row (C)', default: 768, min: 1, max: 20_000, step: 1 },
    tokens: { type: 'number', label: 'Tokens to look up (T)', default: 1, min: 1, max: 100_000, step: 1 },
  },
  async *run({ params: { rows, columns, tokens }, trace }) {
    const { multiplications, additions, copied } = lookUpCost(rows, columns);
    const bill = [
      ['multiplications', 0, tokens * multiplications],
      ['additions', 0, tokens * additions],
      ['numbers copied', tokens * copied, 0],
      ['bytes of ids or switches', tokens * BYTES, tokens * rows * BYTES],
    ];
    trace.frame({
      op: 'count',
      label: 'The bill',
      note: `For ${counted(tokens, 'token')} and a table of shape (${rows}, ${columns}): ${counted(tokens * multiplications, 'multiplication')}, or ${counted(tokens * copied, 'number')} copied.`,
      outputs: { bill: trace.value(tableValue(COLUMNS, bill)) },
    });
    yield;
  },
});
