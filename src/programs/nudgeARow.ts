// One row of a table is moved by hand, and every two words are compared before and after.

import type { Engine } from '../engine/engine.ts';
import { sub } from '../engine/ops/sub.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { MapPoint, PointsValue, TableValue } from '../shared/trace.ts';
import { decimal, decimals } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { defineProgram } from './program.ts';
import { WEIGHTS, WORDS, wordTable } from './sixWords.ts';
import { counted, rounded, tableValue } from './views.ts';

/** The word whose row is moved: `ship`. */
const MOVED = 1;

type Row = readonly [number, number];

const COLUMNS: TableValue['columns'] = [
  { id: 'word', label: 'word', type: 'text' },
  { id: 'before', label: 'cosine before', type: 'number' },
  { id: 'now', label: 'cosine now', type: 'number' },
];

const place = { type: 'number', min: -1, max: 1, step: 0.05 } as const;

export const nudgeARow = defineProgram({
  id: 'nudge-a-row',
  title: 'One row, moved by hand',
  session: false,
  params: {
    x: { ...place, label: 'First number of the row of ship', default: WEIGHTS[MOVED]![0] },
    y: { ...place, label: 'Second number of the row of ship', default: WEIGHTS[MOVED]![1] },
  },
  async *run({ params: { x, y }, trace, tape, engine: load }) {
    const engine = await load();
    const word = WORDS[MOVED]!;
    const rows = WEIGHTS.with(MOVED, [x, y]);
    const table = wordTable(engine, tape); // (V, C)
    const moved = wordTable(engine, tape, rows, 'moved'); // (V, C)
    const [before, after] = [cosines(engine, WEIGHTS), cosines(engine, rows)]; // (V, V)
    const names = { axes: ['V', 'V'], labels: { 0: WORDS, 1: WORDS } };
    tape.describe(before, { name: 'before', ...names });
    tape.describe(after, { name: 'after', ...names });

    const neighbours = WORDS.map((other, id) => [other, before.at(MOVED, id), after.at(MOVED, id)] as const)
      .filter((_, id) => id !== MOVED)
      .sort((a, b) => b[2] - a[2]);
    trace.frame({
      op: 'nudge',
      label: `Move the row of “${word}”`,
      note: nudgeNote([x, y], neighbours[0]!),
      outputs: {
        map: trace.value(mapOf(rows)),
        neighbours: trace.value(
          tableValue(
            COLUMNS,
            neighbours.map(([other, was, now]) => [other, rounded(was), rounded(now)]),
          ),
        ),
      },
    });
    yield;

    const same = rows.filter((row, id) => row.every((number, i) => number === WEIGHTS[id]![i])).length;
    trace.frame({
      op: 'table',
      label: 'The table before and after',
      note: `${counted(same, 'row')} of ${WORDS.length} ${same === 1 ? 'holds' : 'hold'} the numbers that ${same === 1 ? 'it' : 'they'} held before.`,
      inputs: { table: tape.value(table) },
      outputs: { moved: tape.value(moved) },
    });
    yield;

    const changes = neighbours.filter(([, was, now]) => was !== now).length;
    engineStep(
      tape,
      engine,
      {
        label: 'How every cosine has changed',
        note:
          changes === 0
            ? `Nothing: the row of “${word}” points where it pointed before.`
            : `The row of “${word}” has another cosine with ${counted(changes, 'word')}. Between any two other words the change is 0.`,
        formula: 'change = after - before',
        result: { name: 'change', ...names },
      },
      () => sub(after, before), // (V, V)
    );
    yield;
  },
});

/** Of each two rows the cosine: (V, V). That of a row of zeros is 0. */
function cosines(engine: Engine, rows: readonly Row[]): Tensor {
  return engine.tensor(rows.map((a) => rows.map((b) => cosine(a, b))));
}

/** In doubles: single precision would give some rows 1.0000001 with themselves. */
function cosine([ax, ay]: Row, [bx, by]: Row): number {
  const lengths = Math.hypot(ax, ay) * Math.hypot(bx, by);
  return lengths === 0 ? 0 : (ax * bx + ay * by) / lengths;
}

function nudgeNote(row: readonly number[], [word, , cosine]: readonly [string, number, number]): string {
  const [x, y] = WEIGHTS[MOVED]!;
  if (row.every((number) => number === 0)) {
    return `The row of “${WORDS[MOVED]}” is ${decimals(row)}: it has no direction, so every cosine with it stands at 0.`;
  }
  const from = row[0] === x && row[1] === y ? 'is still' : `went from ${decimals([x, y])} to`;
  return `The row of “${WORDS[MOVED]}” ${from} ${decimals(row)}; the nearest to it is “${word}”, at a cosine of ${decimal(cosine)}.`;
}

/** All rows as arrows; the one that can be moved, and where it was. */
function mapOf(rows: readonly Row[]): PointsValue {
  const points = rows.map(([x, y], id): MapPoint => {
    const own = { x, y, label: WORDS[id]! };
    return id === MOVED ? { ...own, role: 'chosen', move: { x: 'x', y: 'y' } } : own;
  });
  const was = WEIGHTS[MOVED]!;
  const now = rows[MOVED]!;
  const stayed = was[0] === now[0] && was[1] === now[1];
  return {
    kind: 'points',
    look: 'arrows',
    points,
    ...(!stayed && { lines: [{ from: was, to: now, role: 'dim' as const }] }),
    xLabel: 'first number',
    yLabel: 'second number',
  };
}
