// One number of a computation is moved a little: what the loss does beside what its gradient says.

import { backward } from '../model/scalar.ts';
import type { Role, TableValue } from '../shared/trace.ts';
import { type BreakfastNumbers, breakfastOf, flowOf, kindParam, numberParams } from './breakfast.ts';
import { decimal } from './decimal.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const SLOPES: TableValue['columns'] = [
  { id: 'wiggle', label: 'move', type: 'number' },
  { id: 'loss', label: 'loss', type: 'number' },
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
      options: (['w', 'b', 'x', 't'] as const).map((value) => ({ value, label: numberParams[value].label })),
    },
    by: { type: 'number', label: 'Move it by', default: 0.5, min: -1, max: 1, step: 0.01 },
    ...numberParams,
  },
  async *run({ params, trace }) {
    const { kind, by } = params;
    // Of two days each has its own x and t: Saturday's is taken.
    const there = Object.keys(breakfastOf(kind, params).given);
    const which = there.includes(params.which) ? params.which : `${params.which}₁`;
    const param = which.slice(0, 1) as keyof BreakfastNumbers;
    const before = breakfastOf(kind, params);
    backward(before.loss);
    const after = breakfastOf(kind, { ...params, [param]: params[param] + by });
    const { gradient } = before.given[which]!;
    const change = after.loss.value - before.loss.value;
    const changed = new Map(
      after.all.flatMap((number, i): [typeof number, Role][] =>
        number.value === before.all[i]!.value ? [] : [[number, number === after.loss ? 'chosen' : 'new']],
      ),
    );
    const measured = by === 0 ? null : round(change / by);
    const row = [by, round(after.loss.value), round(change), measured, round(gradient)];
    trace.frame({
      op: 'wiggle',
      label: by === 0 ? `Choose how far to move ${which}` : `Move ${which} by ${decimal(by)}`,
      note:
        by === 0
          ? `Nothing is moved yet. The loss is ${decimal(before.loss.value, 4)}, and the gradient of ${which} is ${decimal(gradient, 4)}.`
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
        slopes: trace.value(tableValue(SLOPES, [row])),
      },
    });
    yield;
  },
});

function round(value: number): number {
  return Number(value.toFixed(6));
}
