// A matrix product, first one cell of it, then all; with a batch, as many products as it has members, and then the same
// as one tall product.

import { matmul } from '../engine/ops/matmul.ts';
import { mul } from '../engine/ops/mul.ts';
import { reshape } from '../engine/ops/reshape.ts';
import { index } from '../engine/ops/slice.ts';
import { sum } from '../engine/ops/sum.ts';
import { showShape, sizeOf } from '../engine/shape.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { type FlatList, readingOf } from './flatReading.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, many, tableValue } from './views.ts';

const size = { type: 'number', min: 1, max: 6, step: 1 } as const;
const COUNT: TableValue['columns'] = [
  { id: 'what', label: 'what', type: 'text' },
  { id: 'count', label: 'count', type: 'number' },
];

export const matmulStep = defineProgram({
  id: 'matmul-step',
  title: 'A matrix product, cell by cell',
  session: false,
  params: {
    batch: { ...size, label: 'B: members of the batch', default: 2, max: 4 },
    tokens: { ...size, label: 'T: rows of each', default: 3 },
    channels: { ...size, label: 'C: numbers in a row', default: 4 },
    outputs: { ...size, label: 'D: columns of the weights', default: 5 },
    row: { ...size, label: 'Row of the cell', default: 0, min: 0, max: 5 },
    column: { ...size, label: 'Column of the cell', default: 0, min: 0, max: 5 },
  },
  async *run({ params, trace, tape, engine: load }) {
    const engine = await load();
    const { batch: B, tokens: T, channels: C, outputs: D } = params;
    const row = Math.min(params.row, T - 1);
    const column = Math.min(params.column, D - 1);
    const x = engine.fromData(smallNumbers(B * T * C, 5), [B, T, C]); // (B, T, C)
    const weight = engine.fromData(smallNumbers(C * D, 7), [C, D]); // (C, D)
    tape.describe(x, { name: 'x', axes: ['B', 'T', 'C'] });
    tape.describe(weight, { name: 'weight', axes: ['C', 'D'] });
    trace.frame({
      op: 'inputs',
      label: 'A block of rows, and weights',
      note: `x is ${counted(B, 'table')} of shape (${T}, ${C}), and so (${B}, ${T}, ${C}) in all; the weights are one table of shape (${C}, ${D}).`,
      outputs: { x: tape.value(x), weight: tape.value(weight) },
    });
    yield;

    const left = index(index(x, 0, 0), 0, row); // (C,)
    const right = index(weight, 1, column); // (C,)
    tape.describe(left, { name: `row ${row}`, axes: ['C'] });
    tape.describe(right, { name: `column ${column}`, axes: ['C'] });
    const products = engineStep(
      tape,
      engine,
      {
        label: 'One cell: a row times a column',
        note: `Row ${row} of the first table and column ${column} of the weights have ${counted(C, 'number')} each: that makes ${counted(C, 'product')}.${nearest(params.row, row, 'row')}${nearest(params.column, column, 'column')}`,
        result: { name: 'products', axes: ['C'] },
      },
      () => mul(left, right), // (C,)
    );
    yield;

    const cell = Array.from(products.toFlat()).reduce((total, product) => total + product, 0);
    engineStep(
      tape,
      engine,
      {
        label: 'Added up',
        note: `The sum of the products is ${decimal(cell)}: the dot product of the row and the column, and the cell at row ${row}, column ${column}.`,
        result: { name: 'cell' },
      },
      () => sum(products), // ()
    );
    yield;

    const y = engineStep(
      tape,
      engine,
      {
        label: 'All cells: the matrix product',
        note: `(${B}, ${T}, ${C}) times (${C}, ${D}) is (${B}, ${T}, ${D}): each of the ${counted(B * T, 'row')} meets each of the ${counted(D, 'column')}.`,
        result: { name: 'y', axes: ['B', 'T', 'D'] },
      },
      () => matmul(x, weight), // (B, T, D)
    );
    yield;

    const list: FlatList = { tensor: x, value: tape.value(x) };
    const tall = reshape(x, [B * T, C]); // (B T, C)
    trace.frame({
      op: 'fold',
      label: 'Read the block as one tall table',
      note: `The same ${B * T * C} numbers, read with the shape (${B * T}, ${C}): the ${counted(B, 'table')} stand below each other in the list as it is.`,
      outputs: { x: list.value, tall: readingOf(trace, tall, list, { axes: ['B T', 'C'] }) },
      source: places.reshape,
    });
    yield;

    tape.describe(tall, { name: 'tall', axes: ['B T', 'C'] });
    engineStep(
      tape,
      engine,
      {
        label: 'One product for the whole batch',
        note: `(${B * T}, ${C}) times (${C}, ${D}) is (${B * T}, ${D}), and it holds the same ${counted(B * T * D, 'number')} as before.`,
        result: { name: 'tallY', axes: ['B T', 'D'] },
      },
      () => matmul(tall, weight), // (B T, D)
    );
    yield;

    trace.frame({
      op: 'count',
      label: 'Count the work',
      note: `${counted(sizeOf(y.shape), 'cell')} of ${counted(C, 'multiply-add')} each: ${many(sizeOf(y.shape) * C)} in all, for ${showShape(x.shape)} times ${showShape(weight.shape)}.`,
      outputs: {
        work: trace.value(
          tableValue(COUNT, [
            ['cells of the result, B × T × D', sizeOf(y.shape)],
            ['multiply-adds a cell, C', C],
            ['multiply-adds in all', sizeOf(y.shape) * C],
            ['weights, each used B × T times', C * D],
          ]),
        ),
      },
    });
    yield;
  },
});

/** Says so where the row or column that was asked for isn't there, and the last one is taken. */
function nearest(wanted: number, taken: number, what: string): string {
  return wanted === taken ? '' : ` There is no ${what} ${wanted}, so it is the last ${what}.`;
}

/** Whole numbers from -3 to 3 in an order that repeats late: easy to multiply in the head, and no two rows alike. */
function smallNumbers(count: number, step: number): number[] {
  return Array.from({ length: count }, (_, i) => ((i * step + 3 * Math.floor(i / 3) + 1) % 7) - 3);
}
