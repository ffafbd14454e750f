// How far a measured slope is off, by the size of the step: too large a step sees the bend, too small a one only rounding.

import { backward } from '../model/scalar.ts';
import type { TableValue } from '../shared/trace.ts';
import { breakfastOf } from './breakfast.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'step', label: 'step, as a power of ten', type: 'number' },
  { id: 'oneSide', label: 'from one side', type: 'number' },
  { id: 'bothSides', label: 'from both sides', type: 'number' },
];
/** Powers of ten, in halves: from 1/10 down to where a double has no digits left. */
const [FIRST, LAST] = [-1, -14];
/** Below what a double can tell: an error of 0 has no logarithm. */
const LEAST = 1e-17;

export const slopeErrors = defineProgram({
  id: 'slope-errors',
  title: 'How small a step measures best',
  session: false,
  params: {
    w: { type: 'number', label: 'w: where the slope is measured', default: 0.4, min: -2, max: 2, step: 0.1 },
  },
  async *run({ params: { w }, trace }) {
    const at = (weight: number) => breakfastOf('squash', { w: weight, b: 0.2, x: 1, t: 3, v: 2 });
    const lossAt = (weight: number) => at(weight).loss.value;
    const here = at(w);
    backward(here.loss);
    const { gradient } = here.weights.w!;
    const off = (measured: number) => round(Math.log10(Math.max(LEAST, Math.abs(measured - gradient))));
    const rows: number[][] = [];
    for (let power = FIRST; power >= LAST; power -= 0.5) {
      const h = 10 ** power;
      rows.push([power, off((lossAt(w + h) - lossAt(w)) / h), off((lossAt(w + h) - lossAt(w - h)) / (2 * h))]);
    }
    trace.frame({
      op: 'measure',
      label: 'Measure with steps of all sizes',
      note: 'Each error as a power of ten: −3 is a thousandth.',
      outputs: { errors: trace.value(tableValue(COLUMNS, rows)) },
    });
    yield;
  },
});

function round(power: number): number {
  return Math.round(power * 100) / 100;
}
