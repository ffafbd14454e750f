// The perceptron's learning rule, mistake by mistake, from weights of zero: the line before and after each change.

import { decide, learn, type Perceptron } from '../model/perceptron.ts';
import type { TableValue } from '../shared/trace.ts';
import { inputNames, perceptronPlane, sumText, weightsTable } from './perceptronPlane.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue } from './views.ts';
import { type PointSet, pointSet, pointsParam } from './walks.ts';

export const perceptronRule = defineProgram({
  id: 'perceptron-rule',
  title: 'Learn from each mistake',
  session: false,
  params: {
    points: pointsParam,
    rounds: { type: 'number', label: 'At most so many rounds', default: 12, min: 1, max: 30, step: 1 },
  },
  async *run({ params: { points, rounds }, trace }) {
    const set = pointSet(points);
    const [no, yes] = set.answers;
    let now: Perceptron = { weights: [0, 0], bias: 0 };
    trace.frame({
      op: 'start',
      label: 'All weights are 0',
      note: `Every score is 0, and that means ${no}. There is no line yet.`,
      outputs: { plane: trace.value(perceptronPlane(set, now)) },
    });
    yield;
    for (let round = 1; round <= rounds; round++) {
      const parent = trace.frame({ op: 'round', label: `Round ${round}`, note: 'Each of the points once, in order.' });
      let mistakes = 0;
      for (const [i, example] of set.examples.entries()) {
        const says = decide(now, example.inputs);
        if (says === example.target) {
          continue;
        }
        mistakes++;
        const before = now;
        now = learn(before, example);
        const added = example.target === 1;
        trace.frame({
          op: round === 1 ? 'update' : 'again', // bets are for the first round
          parent,
          label: `${example.name}: ${says === 1 ? yes : no} is wrong`,
          note: `${sumText(before, example.inputs)}, so it said ${says === 1 ? yes : no}. Right is ${added ? yes : no}: its inputs are ${added ? 'added to' : 'taken off'} the weights. Now ${sumText(now, example.inputs)}.`,
          formula: added ? 'w ← w + x, b ← b + 1' : 'w ← w − x, b ← b − 1',
          source: places.learn,
          inputs: { guesses: trace.value(guesses(set, added)) },
          outputs: {
            plane: trace.value(perceptronPlane(set, now, { before, chosen: i })),
            weights: trace.value(weightsTable(set, before, now)),
          },
        });
        yield;
      }
      if (mistakes === 0) {
        trace.frame({
          op: 'result',
          label: `Settled in round ${round}`,
          note: `A whole round without a mistake: nothing will change any more. ${weightsText(set, now)}`,
          outputs: { plane: trace.value(perceptronPlane(set, now)) },
        });
        yield;
        return;
      }
    }
    trace.frame({
      op: 'result',
      label: `Not settled after ${counted(rounds, 'round')}`,
      note: `There was a mistake in every round. ${weightsText(set, now)}`,
      outputs: { plane: trace.value(perceptronPlane(set, now)) },
    });
    yield;
  },
});

/** What a mistake may do to its own score. The rule moves it towards the right answer, and so this is what to bet on. */
function guesses({ answers: [no, yes] }: PointSet, added: boolean): TableValue {
  return tableValue(
    [{ id: 'guess', label: 'what happens to the score of this point', type: 'text' }],
    [[`it rises, towards ${yes}`], [`it falls, towards ${no}`], ['it stays as it is']],
    [{ row: added ? 0 : 1, role: 'chosen' }],
  );
}

function weightsText(set: PointSet, { weights, bias }: Perceptron): string {
  const named = inputNames(set).map((name, i) => `${name} ${weights[i]}`);
  return `The weights: ${named.join(', ')}; bias ${bias}.`.replaceAll('-', '−');
}
