// The functions that bend a weighted sum, over the input of one neuron: what its weight and its bias do to them.

import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

/** Inputs drawn, from -REACH to REACH. */
const REACH = 5;
const POINTS = 101;

const number = (id: string, label: string) => ({ id, label, type: 'number' as const });

export const activationCurves = defineProgram({
  id: 'activation-curves',
  title: 'Four ways to bend',
  session: false,
  params: {
    weight: { type: 'number', label: 'Weight', default: 1, min: -4, max: 4, step: 0.25 },
    bias: { type: 'number', label: 'Bias', default: 0, min: -4, max: 4, step: 0.25 },
  },
  async *run({ params: { weight, bias }, trace }) {
    const rows = Array.from({ length: POINTS }, (_, i) => {
      const x = Number((-REACH + (2 * REACH * i) / (POINTS - 1)).toFixed(6));
      const sum = weight * x + bias;
      return [x, sum > 0 ? 1 : 0, 1 / (1 + Math.exp(-sum)), Math.tanh(sum), Math.max(0, sum)];
    });
    trace.frame({
      op: 'curves',
      label: 'Step, sigmoid, tanh and ReLU',
      note: 'The sum is weight × input + bias; each curve is what a function makes of it.',
      outputs: {
        curves: trace.value(
          tableValue(
            [
              number('x', 'input'),
              number('step', 'step'),
              number('sigmoid', 'sigmoid'),
              number('tanh', 'tanh'),
              number('relu', 'ReLU'),
            ],
            rows,
            [],
            rows.length,
          ),
        ),
      },
    });
    yield;
  },
});
