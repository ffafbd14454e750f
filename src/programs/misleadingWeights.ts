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
      { name: 'first to last', learned: settled(examples) },
      { name: 'last to first', learned: settled(examples.toReversed()) },
    ];
    trace.frame({
      op: 'orders',
      label: 'Umbrellas as a third input',
      note: 'Both have learned from the same twelve mornings, in two orders, and both answer all twelve rightly.',
      source: places.learn,
      outputs: {
        mornings: trace.value(morningsTable()),
        weights: trace.value(
          tableValue(
            [
              { id: 'order', label: 'learned', type: 'text' },
              number('rain', 'rain'),
              number('way', 'way'),
              number('umbrellas', 'umbrellas'),
              number('bias', 'bias'),
              number('right', 'right of 12'),
            ],
            orders.map(({ name, learned }) => [
              name,
              ...learned.weights,
              learned.bias,
              examples.filter(({ inputs, target }) => decide(learned, inputs) === target).length,
            ]),
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
      note: `${decimal(rain)} mm of rain, 2 km to go, ${umbrellas} umbrellas: one says ${says[0]}, the other ${says[1]}. Below is what each input adds to the score.`,
      outputs: {
        shares: trace.value(
          tableValue(
            [
              { id: 'order', label: 'learned', type: 'text' },
              number('rain', 'of rain'),
              number('way', 'of way'),
              number('umbrellas', 'of umbrellas'),
              number('bias', 'bias'),
              number('score', 'score'),
              { id: 'says', label: 'it says', type: 'text' },
            ],
            orders.map(({ name, learned }, i) => [
              name,
              ...learned.weights.map((weight, at) => weight * today[at]! + 0),
              learned.bias,
              weightedSum(learned, today),
              says[i]!,
            ]),
            says[0] === says[1] ? [] : [0, 1].map((row) => ({ row, role: 'warn' as const })),
          ),
        ),
      },
    });
    yield;
  },
});

function unitsTable({ weights, bias }: Perceptron): TableValue {
  return tableValue(
    [
      { id: 'unit', label: 'way in', type: 'text' },
      number('rain', 'weight of rain'),
      number('way', 'weight of way'),
      number('bias', 'bias'),
      { id: 'day', label: 'score of day 6: 3 mm, 4 km', type: 'text' },
    ],
    [
      ['kilometres', ...IN_KM.weights, IN_KM.bias, '−3 × 3 − 3 × 4 + 14 = −7'],
      ['metres', ...weights, bias, '−3 × 3 − 0.003 × 4000 + 14 = −7'],
    ],
  );
}

function morningsTable(): TableValue {
  return tableValue(
    [
      { id: 'day', label: 'day', type: 'text' },
      number('rain', 'rain, mm'),
      number('way', 'way, km'),
      number('umbrellas', 'umbrellas'),
      { id: 'did', label: 'she took', type: 'text' },
    ],
    MORNINGS.map(([mm, km, walked], i) => [`day ${i + 1}`, mm, km, UMBRELLAS[i]!, walked === 1 ? 'a walk' : 'the bus']),
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
