// Twelve numbers in a row, and the ways of reading them: by rows, turned, and with the first rows left out. The list
// never changes. Where it holds the weights of words, the steps speak of words and places; else of shape and strides.

import { reshape } from '../engine/ops/reshape.ts';
import { slice } from '../engine/ops/slice.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { type FlatList, readingOf, showWay } from './flatReading.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { WEIGHTS, WORDS } from './sixWords.ts';
import { counted, tableValue } from './views.ts';

/** How long the list is. */
export const LENGTH = 12;

/** The shapes of two axes that twelve numbers fit. */
export const shapeParam = {
  type: 'choice',
  label: 'Read as',
  default: '3,4',
  options: [
    { value: '1,12', label: '1 row of 12' },
    { value: '2,6', label: '2 rows of 6' },
    { value: '3,4', label: '3 rows of 4' },
    { value: '4,3', label: '4 rows of 3' },
    { value: '6,2', label: '6 rows of 2' },
    { value: '12,1', label: '12 rows of 1' },
  ],
} as const;

export const turnedParam = { type: 'switch', label: 'Transpose', default: false } as const;

/** `"3,4"` as [3, 4]. */
export function sizesOf(shape: string): [number, number] {
  return shape.split(',').map(Number) as [number, number];
}

const CELLS: TableValue['columns'] = [
  { id: 'cell', label: 'cell', type: 'text' },
  { id: 'arithmetic', label: 'start, row, column', type: 'text' },
  { id: 'place', label: 'place', type: 'number' },
];

const ROWS: TableValue['columns'] = [
  { id: 'row', label: 'row', type: 'text' },
  { id: 'places', label: 'places', type: 'text' },
  { id: 'numbers', label: 'numbers', type: 'text' },
];

export const readingAList = defineProgram({
  id: 'reading-a-list',
  title: 'One list, read in several ways',
  session: false,
  params: {
    numbers: {
      type: 'choice',
      label: 'The list holds',
      default: 'places',
      options: [
        { value: 'places', label: '0, 1, 2, … so that each number is its place' },
        { value: 'weights', label: 'the weights of the last lesson’s table' },
      ],
    },
    shape: shapeParam,
    transpose: turnedParam,
    skip: { type: 'number', label: 'Leave out the first rows', default: 0, min: 0, max: 11, step: 1 },
  },
  async *run({ params, trace, tape, engine: load }) {
    const engine = await load();
    const ofWords = params.numbers === 'weights';
    const tensor = ofWords
      ? engine.fromData(WEIGHTS.flat(), [LENGTH]) // (12,)
      : engine.arange(LENGTH); // (12,)
    tape.describe(tensor, { name: 'list', axes: ['place'] });
    const list: FlatList = { tensor, value: tape.value(tensor) };
    /** What the rows are called: where there are as many as words, each is a word's. */
    const namesOf = (reading: Tensor, skipped: number) =>
      ofWords && reading.shape[0]! + skipped === WORDS.length ? WORDS.slice(skipped) : undefined;
    const shown = (reading: Tensor, skipped = 0) => {
      const names = namesOf(reading, skipped);
      return readingOf(trace, reading, list, names === undefined ? {} : { labels: { 0: names } });
    };
    const way = (reading: Tensor) => (ofWords ? showRows(reading) : showWay(reading));

    trace.frame({
      op: 'list',
      label: 'The list',
      note: `${LENGTH} numbers stand in a row, at the places 0 to ${LENGTH - 1}: this is all that is stored.`,
      outputs: { list: list.value },
    });
    yield;

    const [rows, columns] = sizesOf(params.shape);
    const table = reshape(tensor, [rows, columns]); // (rows, columns)
    trace.frame({
      op: 'read',
      label: 'Read it as a table',
      note: `${sentence(way(table))}. ${ofWords ? rowsNote(table) : strideNote(table)}`,
      outputs: { list: list.value, table: shown(table) },
      source: places.reshape,
    });
    yield;

    const turned = params.transpose ? transpose(table) : table; // (columns, rows), or as it was
    trace.frame({
      op: 'read-transposed',
      label: params.transpose ? 'Transposed' : 'Not transposed',
      // Both sentences are as long as each other, so that the list keeps its place on the screen.
      note: params.transpose ? `Rows became columns: ${way(turned)}.` : `Rows are still rows: ${way(turned)}.`,
      outputs: { list: list.value, table: shown(turned) },
      source: places.transpose,
    });
    yield;

    const skip = Math.min(params.skip, turned.shape[0]! - 1);
    const cut = slice(turned, 0, skip); // (rows - skip, columns)
    const start = cut.offset - tensor.offset;
    if (!ofWords || params.skip > 0) {
      trace.frame({
        op: 'read-part',
        label: skip === 0 ? 'All rows' : `Without the first ${skip === 1 ? 'row' : `${skip} rows`}`,
        note: skipNote(skip, params.skip, start, turned.strides[0]!),
        outputs: { list: list.value, table: shown(cut, skip) },
        source: places.slice,
      });
      yield;
    }

    if (ofWords) {
      const rows = wholeRows(cut, start, list, namesOf(cut, skip));
      const told = rows.find(([name]) => name === 'tide') ?? rows[0]!;
      trace.frame({
        op: 'rows',
        label: 'Where each row is read',
        note: `“${told[0]}” is read at ${told[1].includes(',') ? 'the places' : 'place'} ${told[1].replace(/, (?=\d+$)/u, ' and ')}: (${told[2]}).`,
        outputs: { list: list.value, rows: trace.value(tableValue(ROWS, rows)) },
      });
    } else {
      const cells = cellRows(cut, start);
      const last = cells.at(-1)!;
      trace.frame({
        op: 'places',
        label: 'Where each cell is read',
        note: `Cell ${last[0]} is read at place ${last[2]}, as ${last[1]} = ${last[2]}.`,
        outputs: { list: list.value, cells: trace.value(tableValue(CELLS, cells)) },
      });
    }
    yield;
  },
});

/** `6 rows of 2`. */
function showRows({ shape: [rows, columns] }: Tensor): string {
  return `${counted(rows!, 'row')} of ${columns}`;
}

function rowsNote({ shape: [rows, columns] }: Tensor): string {
  if (rows === 1 || columns === 1) {
    return rows === 1 ? 'All of the list is row 0.' : 'Each number of the list is a row of its own.';
  }
  return `The first ${columns} numbers of the list make row 0, the next ${columns} row 1${rows! > 2 ? ', and so on' : ''}.`;
}

function skipNote(skip: number, wanted: number, start: number, stride: number): string {
  const kept = wanted > skip ? ' One row always stays.' : '';
  return skip === 0
    ? `No row is left out, so reading starts at place 0.${kept}`
    : `Reading starts at place ${start}: ${counted(skip, 'row')} down, ${counted(stride, 'place')} each. The strides stay, and nothing is moved.${kept}`;
}

/** Each row's name, where its numbers stand in the list, and the numbers. */
function wholeRows(
  { shape: [rows, columns], strides: [down, right] }: Tensor,
  start: number,
  list: FlatList,
  names: readonly string[] | undefined,
) {
  const numbers = list.tensor.toFlat();
  return Array.from({ length: rows! }, (_, row): [string, string, string] => {
    const at = Array.from({ length: columns! }, (_, column) => start + row * down! + column * right!);
    return [names?.[row] ?? `row ${row}`, at.join(', '), at.map((place) => decimal(numbers[place]!)).join(', ')];
  });
}

function strideNote({ strides: [down, right] }: Tensor): string {
  return `One row down is ${counted(down!, 'place')} further in the list, one column to the right is ${counted(right!, 'place')} further.`;
}

function cellRows({ shape: [rows, columns], strides: [down, right] }: Tensor, start: number) {
  return Array.from({ length: rows! * columns! }, (_, i): [string, string, number] => {
    const [row, column] = [Math.floor(i / columns!), i % columns!];
    const place = start + row * down! + column * right!;
    return [`(${row}, ${column})`, `${start} + ${row} × ${down} + ${column} × ${right}`, place];
  });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
