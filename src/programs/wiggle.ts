// One number of a computation is moved a little: what the loss does beside what its gradient says.

import { backward } from '../model/scalar.ts';
import type { Role, TableValue } from '../shared/trace.ts';
import { type BreakfastNumbers, breakfastOf, flowOf, kindParam, numberParams } from './breakfast.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const SLOPES: TableValue['columns'] = [
  { id: 'wiggle', label: 'moved by', type: 'number' },
  { id: 'loss', label: 'loss then', type: 'number' },
  { id: 'change', label: 'change', type: 'number' },
  { id: 'measured', label: 'change ÷ move', type: 'number' },
  { id: 'gradient', label: 'gradient', type: 'number' },
];

export const wiggle = defineProgram({
  id: 'wiggle',
  title: 'Move one number, and measure',
  session: false,
  params: {
    kind: kindParam,
    which: {
      type: 'choice',
      label: 'Number to move',
      default: 'w',
      options: ['w', 'b', 'x', 't', 'v'].map((value) => ({ value, label: value })),
    },
    by: { type: 'number', label: 'Move it by', default: 0.5, min: -1, max: 1, step: 0.01 },
    ...numberParams,
  },
  async *run({ params, trace }) {
    const { kind, by } = params;
    // Only one of the computations has a v, and of two days each has its own x and t: the nearest number is taken.
    const there = Object.keys(breakfastOf(kind, params).given);
    const which = there.includes(params.which) ? params.which : params.which === 'v' ? 'w' : `${params.which}₁`;
    const param = which.slice(0, 1) as keyof BreakfastNumbers;
    const moved = (distance: number) => breakfastOf(kind, { ...params, [param]: params[param] + distance });
    const before = breakfastOf(kind, params);
    backward(before.loss);
    const after = moved(by);
    const { gradient } = before.given[which]!;
    const change = after.loss.value - before.loss.value;
    const changed = new Map(
      after.all.flatMap((number, i): [typeof number, Role][] =>
        number.value === before.all[i]!.value ? [] : [[number, number === after.loss ? 'chosen' : 'new']],
      ),
    );
    const row = (distance: number) => {
      const then = moved(distance).loss.value;
      const grown = then - before.loss.value;
      const measured = distance === 0 ? null : round(grown / distance);
      return [distance, round(then), round(grown), measured, round(gradient)];
    };
    trace.frame({
      op: 'wiggle',
      label: `Move ${which} by ${decimal(by)}`,
      note:
        by === 0
          ? 'Nothing is moved yet.'
          : `The loss goes from ${decimal(before.loss.value, 4)} to ${decimal(after.loss.value, 4)}. Change ÷ move is ${decimal(change / by, 4)}; the gradient says ${decimal(gradient, 4)}.`,
      outputs: {
        graph: trace.value(
          flowOf(after, {
            roles: changed,
            noteOf: (number) => {
              const was = before.all[after.all.indexOf(number)]!.value;
              const now = decimal(number.value, 3);
              return was === number.value ? now : `${decimal(was, 3)} → ${now}`;
            },
          }),
        ),
        slopes: trace.value(tableValue(SLOPES, [row(by)])),
      },
    });
    yield;
    trace.frame({
      op: 'shrink',
      label: 'The same with ever smaller moves',
      note: 'A gradient speaks of a tiny move. The smaller the move, the nearer the measurement comes to it.',
      formula: 'slope ≈ (L(w + h) − L(w)) / h',
      outputs: {
        slopes: trace.value(
          tableValue(
            SLOPES,
            [1, 0.1, 0.01, 0.001].map((share) => row(by * share)),
          ),
        ),
      },
    });
    yield;
    const twoSided = (distance: number) => (moved(distance).loss.value - moved(-distance).loss.value) / (2 * distance);
    trace.frame({
      op: 'two-sided',
      label: 'A step to each side',
      note:
        by === 0
          ? 'Nothing is moved yet.'
          : `From one side the slope comes out as ${decimal(change / by, 4)}, from both sides as ${decimal(twoSided(by), 4)}, and the gradient is ${decimal(gradient, 4)}.`,
      formula: 'slope ≈ (L(w + h) − L(w − h)) / 2h',
      outputs: { slope: trace.value({ kind: 'scalar', value: by === 0 ? 0 : round(twoSided(by)) }) },
      source: places.gradCheck,
    });
    yield;
  },
});

function round(value: number): number {
  return Number(value.toFixed(6));
}
