// One row of a table is moved by hand, and every two words are compared before and after.

import type { Engine } from '../engine/engine.ts';
import { add } from '../engine/ops/add.ts';
import { div } from '../engine/ops/div.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { mul } from '../engine/ops/mul.ts';
import { sqrt } from '../engine/ops/sqrt.ts';
import { sub } from '../engine/ops/sub.ts';
import { sum } from '../engine/ops/sum.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { MapPoint, PointsValue, TableValue } from '../shared/trace.ts';
import { decimal, decimals } from './decimal.ts';
import { engineStep } from './engineStep.ts';
import { defineProgram } from './program.ts';
import { WEIGHTS, WORDS, wordTable } from './sixWords.ts';
import { counted, rounded, tableValue } from './views.ts';

/** The word whose row is moved: `ship`. */
const MOVED = 1;
/** Keeps a row of zeros from being divided by 0; too small to change any other. */
const TINY = 1e-12;

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
    const [before, after] = engine.noGrad(() => [cosines(engine, table), cosines(engine, moved)]); // (V, V)
    const names = { axes: ['V', 'V'], labels: { 0: WORDS, 1: WORDS } };
    tape.describe(before!, { name: 'before', ...names });
    tape.describe(after!, { name: 'after', ...names });

    const neighbours = WORDS.map((other, id) => [other, before!.at(MOVED, id), after!.at(MOVED, id)] as const)
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
        result: { name: 'change', ...names },
      },
      () => sub(after!, before!), // (V, V)
    );
    yield;
  },
});

/** Of each two rows of (V, C) the cosine: (V, V). That of a row of zeros is 0. */
function cosines(engine: Engine, table: Tensor): Tensor {
  return engine.scope(() => {
    const lengths = sqrt(sum(mul(table, table), -1, { keepAxes: true })); // (V, 1)
    const directions = div(table, add(lengths, TINY)); // (V, C)
    return matmul(directions, transpose(directions)); // (V, V)
  });
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
function mapOf(rows: readonly (readonly [number, number])[]): PointsValue {
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
