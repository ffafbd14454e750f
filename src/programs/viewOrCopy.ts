// When another shape is another way of reading the same list, and when it takes a new list.

import { reshape } from '../engine/ops/reshape.ts';
import { transpose } from '../engine/ops/transpose.ts';
import { showShape } from '../engine/shape.ts';
import type { TableValue } from '../shared/trace.ts';
import { type FlatList, readingOf, showWay } from './flatReading.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LENGTH, shapeParam, sizesOf, turnedParam } from './readingAList.ts';
import { tableValue } from './views.ts';

const STEPS: TableValue['columns'] = [
  { id: 'cell', label: 'cell', type: 'text' },
  { id: 'place', label: 'place', type: 'number' },
  { id: 'step', label: 'step', type: 'number' },
];

const ANSWERS: TableValue['columns'] = [{ id: 'answer', label: 'what it takes', type: 'text' }];
const SAME = 'the same list, read another way';
const COPY = 'a new list';

export const viewOrCopy = defineProgram({
  id: 'view-or-copy',
  title: 'Read again, or copy',
  session: false,
  params: {
    shape: shapeParam,
    transpose: { ...turnedParam, default: true },
    to: { ...shapeParam, label: 'Then reshape to', default: '2,6' },
  },
  async *run({ params, trace, tape, engine: load }) {
    const engine = await load();
    const tensor = engine.arange(LENGTH); // (12,)
    tape.describe(tensor, { name: 'list', axes: ['place'] });
    const list: FlatList = { tensor, value: tape.value(tensor) };
    const table = reshape(tensor, sizesOf(params.shape)); // (rows, columns)
    const turned = params.transpose ? transpose(table) : table; // (columns, rows), or as it was
    const shown = readingOf(trace, turned, list);
    trace.frame({
      op: 'read',
      label: params.transpose ? 'A table, transposed' : 'A table',
      note: `The list is read with ${showWay(turned)}.`,
      outputs: { list: list.value, table: shown },
      source: params.transpose ? places.transpose : places.reshape,
    });
    yield;

    const sizes = sizesOf(params.to);
    const result = reshape(turned, sizes);
    const copied = result.storage !== tensor.storage;
    const flat = copied ? reshape(result, [LENGTH]) : tensor; // (12,)
    const found: FlatList = copied
      ? { tensor: tape.describe(flat, { name: 'newList', axes: ['place'] }), value: tape.value(flat) }
      : list;
    trace.frame({
      op: 'choose-list',
      label: `What a reshape to ${showShape(sizes)} takes`,
      note: copied
        ? 'Row after row, this table’s cells stand in another order than the list’s. The next step walks through them.'
        : 'Row after row, this table’s cells stand in the list’s own order: the next step walks through them.',
      inputs: { table: shown, choices: trace.value(tableValue(ANSWERS, [[SAME], [COPY]])) },
      outputs: { chosen: trace.value({ kind: 'text', text: copied ? COPY : SAME }) },
      source: places.reshape,
    });
    yield;

    const order = placesInOrder(turned.shape, turned.strides);
    const steps = order.map((place, i) => (i === 0 ? null : place - order[i - 1]!));
    const columns = turned.shape[1]!;
    const even = steps.every((step) => step === null || step === 1);
    trace.frame({
      op: 'walk',
      label: 'Walk through it, row after row',
      note: even
        ? 'Row after row, the cells stand in the list’s own order: every step is 1.'
        : `Row after row, the cells stand at the places ${order.slice(0, columns + 1).join(', ')} and so on: no single step leads from each to the next.`,
      outputs: {
        list: list.value,
        cells: trace.value(
          tableValue(
            STEPS,
            order.map((place, i) => [`(${Math.floor(i / columns)}, ${i % columns})`, place, steps[i]!]),
          ),
        ),
      },
    });
    yield;

    trace.frame({
      op: 'read-reshaped',
      label: `Reshaped to ${showShape(sizes)}`,
      note: copied
        ? `The ${LENGTH} numbers were copied in the order of the walk, and the new list is read with ${showWay(result)}.`
        : `Nothing was copied: the list is read with ${showWay(result)}.`,
      outputs: {
        list: list.value,
        ...(copied && { newList: found.value }),
        table: readingOf(trace, result, found),
      },
    });
    yield;
  },
});

/** Where in the list the cells of a table stand, row after row. */
function placesInOrder([rows, columns]: readonly number[], [down, right]: readonly number[]): number[] {
  return Array.from({ length: rows! * columns! }, (_, i) => Math.floor(i / columns!) * down! + (i % columns!) * right!);
}
