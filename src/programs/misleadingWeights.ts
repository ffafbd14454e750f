// When a weight is no importance: kilometres written as metres, and two inputs that say nearly the same.

import { decide, type Example, type Perceptron, round, weightedSum } from '../model/perceptron.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';
import { MORNINGS, UMBRELLAS } from './walks.ts';

/** What learning found on the twelve mornings as they are, and what it is with the way in metres. */
const IN_KM: Perceptron = { weights: [-3, -3], bias: 14 };
const METRES = 1000;
const INPUTS = ['rain', 'way', 'umbrellas'] as const;

const number = (id: string, label: string) => ({ id, label, type: 'number' as const });

export const misleadingWeights = defineProgram({
  id: 'misleading-weights',
  title: 'What does a weight say?',
  session: false,
  params: {
    rain: { type: 'number', label: 'Rain on the thirteenth morning, mm', default: 6, min: 0, max: 6, step: 0.5 },
    umbrellas: { type: 'number', label: 'Umbrellas seen', default: 0, min: 0, max: 12, step: 1 },
  },
  async *run({ params: { rain, umbrellas }, trace }) {
    const inMetres: Perceptron = { weights: [-3, -3 / METRES], bias: 14 };
    const same = MORNINGS.every(
      ([mm, km]) => weightedSum(IN_KM, [mm, km]) === Number(weightedSum(inMetres, [mm, km * METRES]).toFixed(9)),
    );
    trace.frame({
      op: 'units',
      label: 'The same way, in metres',
      note: `${same ? 'All twelve scores are the same' : 'The scores differ'}. The weight of the way is a thousand times smaller, and the way itself a thousand times larger.`,
      source: places.weightedSum,
      outputs: { weights: trace.value(unitsTable(inMetres)) },
    });
    yield;

    const examples = MORNINGS.map(([mm, km, target], i): Example => ({ inputs: [mm, km, UMBRELLAS[i]!], target }));
    const orders = [
      { name: '1 to 12', learned: settled(examples) },
      { name: '12 to 1', learned: settled(examples.toReversed()) },
    ];
    const row = (name: string, of: (learned: Perceptron) => number) => [
      name,
      ...orders.map(({ learned }) => of(learned)),
    ];
    const rightOf = (learned: Perceptron) =>
      examples.filter(({ inputs, target }) => decide(learned, inputs) === target).length;
    trace.frame({
      op: 'orders',
      label: 'Umbrellas as a third input',
      note: 'Both have learned from the same twelve mornings: one from day 1 to day 12, the other from day 12 to day 1. Both answer all twelve rightly.',
      source: places.learn,
      outputs: {
        mornings: trace.value(morningsTable()),
        weights: trace.value(
          besideEachOther(
            orders.map(({ name }) => name),
            [
              ...INPUTS.map((input, at) => row(input, ({ weights }) => weights[at]!)),
              row('bias', ({ bias }) => bias),
              row('right of 12', rightOf),
            ],
          ),
        ),
      },
    });
    yield;

    const today = [rain, 2, umbrellas];
    const says = orders.map(({ learned }) => (decide(learned, today) === 1 ? 'walk' : 'bus'));
    trace.frame({
      op: 'thirteenth',
      label: 'A thirteenth morning',
      note: `${decimal(rain)} mm of rain, 2 km to go, ${umbrellas} umbrellas: ${says[0] === says[1] ? `both say ${says[0]}` : `one says ${says[0]}, the other ${says[1]}`}. Below is what each input adds to the score.`,
      outputs: {
        shares: trace.value(
          besideEachOther(
            orders.map(({ name }, i) => `${name}: ${says[i]}`),
            [
              ...INPUTS.map((input, at) => row(input, ({ weights }) => weights[at]! * today[at]! + 0)),
              row('bias', ({ bias }) => bias),
              row('score', (learned) => weightedSum(learned, today)),
            ],
          ),
        ),
      },
    });
    yield;
  },
});

/** Day 6 was 3 mm and 4 km. */
function unitsTable(inMetres: Perceptron): TableValue {
  const [mm, km] = MORNINGS[5]!;
  return besideEachOther(
    ['in kilometres', 'in metres'],
    [
      ['weight of rain', IN_KM.weights[0]!, inMetres.weights[0]!],
      ['weight of the way', IN_KM.weights[1]!, inMetres.weights[1]!],
      ['bias', IN_KM.bias, inMetres.bias],
      ['the way on day 6', km, km * METRES],
      ['the score of day 6', weightedSum(IN_KM, [mm, km]), weightedSum(inMetres, [mm, km * METRES])],
    ],
  );
}

/** Two ways to say it, a column each: narrow enough for any window. */
function besideEachOther(names: readonly string[], rows: TableValue['rows']): TableValue {
  return tableValue(
    [{ id: 'name', label: '', type: 'text' }, ...names.map((name, i) => number(`way${i}`, name))],
    rows,
  );
}

function morningsTable(): TableValue {
  return tableValue(
    [
      number('day', 'day'),
      number('rain', 'rain, mm'),
      number('way', 'way, km'),
      number('umbrellas', 'umbrellas'),
      { id: 'did', label: 'she took', type: 'text' },
    ],
    MORNINGS.map(([mm, km, walked], i) => [i + 1, mm, km, UMBRELLAS[i]!, walked === 1 ? 'a walk' : 'the bus']),
  );
}

/** Learned from zero until a round brings no mistake. These points can be parted, so it comes to an end. */
function settled(examples: readonly Example[]): Perceptron {
  let now: Perceptron = { weights: [0, 0, 0], bias: 0 };
  for (let mistakes = 1; mistakes > 0; ) {
    ({ perceptron: now, mistakes } = round(now, examples));
  }
  return now;
}
