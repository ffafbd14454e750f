// A small network learns "one or the other, but not both" from starts that are more or less alike: where two hidden
// neurons begin as twins, they stay twins.

import { add, backward, mul, type Scalar, scalar, sub, tanh } from '../model/scalar.ts';
import { type Random, seededRandom } from '../shared/environment.ts';
import type { TableValue } from '../shared/trace.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'step', label: 'step', type: 'number' },
  { id: 'loss', label: 'loss', type: 'number' },
  { id: 'apart', label: 'difference of the two hidden neurons', type: 'number' },
];
const EXAMPLES = [
  [0, 0, -1],
  [0, 1, 1],
  [1, 0, 1],
  [1, 1, -1],
] as const;
/** Two hidden neurons of two weights, a bias and an outgoing weight each; and a bias of the output. */
const [HIDDEN, EACH] = [2, 4];
/** Where all numbers begin before they are spread. */
const MIDDLE = 0.3;
const EVERY = 4;

export const twins = defineProgram({
  id: 'twins',
  title: 'Two neurons that begin alike',
  session: false,
  params: {
    spread: { type: 'number', label: 'Spread of the start', default: 0, min: 0, max: 3, step: 0.1 },
    start: { type: 'number', label: 'Which start', default: 1, min: 1, max: 20, step: 1 },
    rate: { type: 'number', label: 'Rate', default: 0.2, min: 0.01, max: 1, step: 0.01 },
    steps: { type: 'number', label: 'Steps', default: 400, min: 10, max: 1000, step: 10 },
  },
  async *run({ params: { spread, start, rate, steps }, trace }) {
    const random = seededRandom(start);
    let weights = Array.from({ length: HIDDEN * EACH + 1 }, () => MIDDLE + spread * normal(random));
    const rows: number[][] = [];
    for (let step = 0; step <= steps; step++) {
      const leaves = weights.map(scalar);
      const loss = lossOf(leaves);
      if (step % EVERY === 0) {
        rows.push([step, round(loss.value), round(apart(weights))]);
        yield;
      }
      backward(loss);
      weights = leaves.map(({ value, gradient }) => value - rate * gradient);
    }
    trace.frame({
      op: 'trained',
      label: `${steps} steps of learning`,
      note: `The loss went from ${rows[0]?.[1]} to ${rows.at(-1)?.[1]}.`,
      outputs: { curve: trace.value(tableValue(COLUMNS, rows, [], rows.length)) },
    });
    yield;
  },
});

/** The mean of the squared misses over the four examples. */
function lossOf(weights: readonly Scalar[]): Scalar {
  const misses = EXAMPLES.map(([x, y, wanted]) => {
    const miss = sub(outputOf(weights, x, y), scalar(wanted));
    return mul(miss, miss);
  });
  return mul(misses.reduce(add), scalar(1 / EXAMPLES.length));
}

function outputOf(weights: readonly Scalar[], x: number, y: number): Scalar {
  const hidden = Array.from({ length: HIDDEN }, (_, i) => {
    const [wx, wy, bias, out] = weights.slice(i * EACH, (i + 1) * EACH) as [Scalar, Scalar, Scalar, Scalar];
    return mul(tanh(add(add(mul(wx, scalar(x)), mul(wy, scalar(y))), bias)), out);
  });
  return add(hidden.reduce(add), weights.at(-1) as Scalar);
}

/** How far the numbers of the one hidden neuron are from those of the other. */
function apart(weights: readonly number[]): number {
  const [one, other] = [weights.slice(0, EACH), weights.slice(EACH, 2 * EACH)];
  return Math.hypot(...one.map((value, i) => value - (other[i] as number)));
}

/** A draw from a normal distribution (Box and Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
