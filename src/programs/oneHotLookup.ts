// One word's row, found twice: by multiplying a row of switches with the whole table, and by picking it.

import { embedding, oneHot } from '../engine/ops/embedding.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { mul } from '../engine/ops/mul.ts';
import { reshape } from '../engine/ops/reshape.ts';
import { sum } from '../engine/ops/sum.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimals } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { type LookUpCost, lookUpCost } from './lookUpCost.ts';
import { defineProgram } from './program.ts';
import { WEIGHTS, WIDTH, WORDS, wordTable } from './sixWords.ts';
import { counted, tableValue } from './views.ts';

const COST: TableValue['columns'] = [
  { id: 'table', label: 'table', type: 'text' },
  { id: 'multiplications', label: 'multiplications', type: 'number' },
  { id: 'copied', label: 'or copied', type: 'number' },
];
/** A table of the size that a small language model has: its rows, and the numbers in each. */
const LARGE = [50_000, 512] as const;

export const oneHotLookup = defineProgram({
  id: 'one-hot-lookup',
  title: 'One-hot times a table',
  session: false,
  params: {
    id: { type: 'number', label: 'The 1 stands at', default: 2, min: 0, max: WORDS.length - 1, step: 1 },
  },
  async *run({ params: { id }, trace, tape, engine: load }) {
    const engine = await load();
    const V = WORDS.length;
    const word = WORDS[id]!;
    const table = wordTable(engine, tape); // (V, C)
    const ids = engine.tensor([id], { dtype: 'i32' }); // (1,)
    tape.describe(ids, { name: 'id', axes: ['T'], labels: { 0: [word] } });

    trace.frame({
      op: 'table',
      label: 'A table with a row for each word',
      note: `${counted(V, 'row')} (V), one a word, with ${counted(WIDTH, 'number')} (C) in each: the table’s shape is (${V}, ${WIDTH}).`,
      outputs: { table: tape.value(table) },
    });
    yield;

    const switches = engineStep(
      tape,
      engine,
      {
        label: 'A row of switches, one of them on',
        note: `“${word}” is number ${id}, so the 1 stands at place ${id}, and the other ${V - 1} places hold 0.`,
        formula: 'oneHot[v] = 1 where v is id, else 0',
        result: { name: 'oneHot', axes: ['T', 'V'], labels: { 0: [word], 1: WORDS } },
      },
      () => oneHot(ids, V), // (1, V)
    );
    yield;

    const column = reshape(switches, [V, 1]); // (V, 1)
    tape.describe(column, { name: 'switches', axes: ['V', ''], labels: { 0: WORDS } });
    const products = engineStep(
      tape,
      engine,
      {
        label: 'Multiply each row by its switch',
        note: `Of the ${V * WIDTH} products ${(V - 1) * WIDTH} are a number times 0; the row of “${word}” is times 1 and stays as it was.`,
        formula: 'products[v, c] = switches[v] * table[v, c]',
        result: { name: 'products', axes: ['V', 'C'], labels: { 0: WORDS } },
      },
      () => mul(column, table), // (V, C)
    );
    yield;

    const row = decimals(WEIGHTS[id]!);
    engineStep(
      tape,
      engine,
      {
        label: 'Add up each column',
        note: `In each column ${V - 1} zeros and one number add up to that number: the sums are ${row}, the row of “${word}”.`,
        formula: 'sums[c] = sum over v of products[v, c]',
        result: { name: 'sums', axes: ['C'] },
      },
      () => sum(products, 0), // (C,)
    );
    yield;

    const cost = lookUpCost(V, WIDTH);
    const result = { name: 'row', axes: ['T', 'C'], labels: { 0: [word] } };
    engineStep(
      tape,
      engine,
      {
        label: 'Both at once: a dot product with each column',
        note: `The dot product of the switches with each column: ${cost.multiplications} multiplications and ${cost.additions} additions give ${row} once more.`,
        formula: 'row[c] = sum over v of oneHot[v] * table[v, c]',
        result,
      },
      () => matmul(switches, table), // (1, C)
    );
    yield;

    engineStep(
      tape,
      engine,
      {
        label: 'Or pick the row',
        note: `Row ${id} of the table is copied: ${cost.copied} numbers, no multiplication, and ${row} again.`,
        formula: 'row = table[id]',
        result,
      },
      () => embedding(table, ids), // (1, C)
    );
    yield;

    const large = lookUpCost(...LARGE);
    const costRow = (shape: string, { multiplications, copied }: LookUpCost) => [shape, multiplications, copied];
    const costs = [costRow(`(${V}, ${WIDTH})`, cost), costRow(`(${LARGE.join(', ')})`, large)];
    trace.frame({
      op: 'count',
      label: 'Count the work',
      note: `In a table of ${counted(LARGE[0], 'row')} with ${counted(LARGE[1], 'number')} each, the product takes ${counted(large.multiplications, 'multiplication')} to find what picking copies: ${counted(LARGE[1], 'number')}.`,
      outputs: { cost: trace.value(tableValue(COST, costs)) },
    });
    yield;
  },
});
