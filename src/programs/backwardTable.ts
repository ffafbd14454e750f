// A layer of weights over two days, forward and backward: the engine's own operations, each step with its shapes.

import { backward } from '../engine/autograd.ts';
import { add } from '../engine/ops/add.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { pow } from '../engine/ops/pow.ts';
import { sub } from '../engine/ops/sub.ts';
import { sum } from '../engine/ops/sum.ts';
import { engineStep } from './engineStep.ts';
import { defineProgram } from './program.ts';

const DAYS = ['Sat', 'Sun'];
const GUESTS = ['adults', 'teens', 'kids'];
const FOODS = ['rolls', 'eggs', 'apples', 'cups'];
/** Who came, what we plan for each, what we always add, and what was eaten. */
const CAME = [
  [2, 1, 0],
  [1, 0, 3],
];
const PLAN = [
  [2, 1, 0, 2],
  [3, 2, 1, 1],
  [1, 1, 1, 0],
];
const SPARE = [1, 0, 2, 1];
const EATEN = [
  [6, 5, 3, 5],
  [5, 3, 6, 3],
];

export const backwardTable = defineProgram({
  id: 'backward-table',
  title: 'Backward through a layer',
  session: false,
  params: {
    rolls: { type: 'number', label: 'Rolls planned for an adult', default: 2, min: -2, max: 6, step: 0.5 },
  },
  async *run({ params: { rolls }, tape, engine: load }) {
    const engine = await load();
    const leaf = { requiresGrad: true } as const;
    const days = { axes: ['B', 'D'], labels: { 0: DAYS, 1: FOODS } };
    const x = engine.tensor(CAME); // (B, C)
    const weight = engine.tensor(
      PLAN.map((row, i) => (i === 0 ? row.with(0, rolls) : row)),
      leaf,
    ); // (C, D)
    const bias = engine.tensor(SPARE, leaf); // (D,)
    const eaten = engine.tensor(EATEN); // (B, D)
    tape.describe(x, { name: 'x', axes: ['B', 'C'], labels: { 0: DAYS, 1: GUESTS } });
    tape.describe(weight, { name: 'W', axes: ['C', 'D'], labels: { 0: GUESTS, 1: FOODS } });
    tape.describe(bias, { name: 'b', axes: ['D'], labels: { 0: FOODS } });
    tape.describe(eaten, { name: 'eaten', ...days });
    const p = engineStep(
      tape,
      engine,
      {
        label: 'Guests times plan',
        note: 'Two days of three kinds of guests, and a plan of four foods for each kind: (2, 3) times (3, 4) is (2, 4).',
        back: {
          note: 'For each day: how many of these guests came, times what came back that day. Then both days are added up.',
          formula: 'dW = xᵀ dp: (3, 2) times (2, 4) is (3, 4)',
        },
        result: { name: 'p', ...days },
      },
      () => matmul(x, weight), // (B, D)
    );
    yield;
    const s = engineStep(
      tape,
      engine,
      {
        label: 'Add the spare ones, to both days',
        note: 'b has four numbers, and is read twice: once a day.',
        back: {
          note: 'p gets what came, unchanged. b went to both days, so its gradient is the sum of both rows.',
          formula: 'dp = ds, db = ds added up over the days',
        },
        result: { name: 's', ...days },
      },
      () => add(p, bias), // (B, D)
    );
    yield;
    const e = engineStep(
      tape,
      engine,
      {
        label: 'Too many, or too few',
        note: 'What was made, less what was eaten.',
        back: { note: 'e grows with s, one for one. So s gets what came, unchanged.', formula: 'ds = de' },
        result: { name: 'e', ...days },
      },
      () => sub(s, eaten), // (B, D)
    );
    yield;
    const squares = engineStep(
      tape,
      engine,
      {
        label: 'Squared',
        note: 'Each error times itself.',
        back: {
          note: 'The slope of a square is twice what was squared. From above comes 1, so each cell gets 2 times its error.',
          formula: 'de = dsquares × 2e, cell by cell',
        },
        result: { name: 'squares', ...days },
      },
      () => pow(e, 2), // (B, D)
    );
    yield;
    const loss = engineStep(
      tape,
      engine,
      {
        label: 'Added up: the loss',
        note: 'One number for both days and all foods.',
        back: {
          note: 'Each of the eight squares went into the loss once, so each gets the 1.',
          formula: 'dsquares = 1',
        },
        result: { name: 'L' },
      },
      () => sum(squares), // ()
    );
    yield;
    tape.record(engine, () => backward(loss));
    yield;
  },
});
