// The perceptron's learning rule, mistake by mistake, from weights of zero: the line before and after each change.

import { decide, learn, type Perceptron, weightedSum } from '../model/perceptron.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal, decimals } from './decimal.ts';
import { inputNames, outOfSight, perceptronPlane, sumText, weightsTable } from './perceptronPlane.ts';
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
        const [told, truth] = says === 1 ? [yes, no] : [no, yes];
        const [was, is] = [before, now].map((perceptron) => weightedSum(perceptron, example.inputs)) as [
          number,
          number,
        ];
        const enough = decide(now, example.inputs) === example.target;
        const sign = added ? '+' : '−';
        trace.frame({
          op: round === 1 ? 'update' : 'again', // bets are for the first round
          parent,
          label: `${example.name}, score ${decimal(was)}: ${told} is wrong`,
          note: `Before: ${sumText(before, example.inputs)}, so ${told}. Right is ${truth}, so the inputs are ${added ? 'added' : 'taken off'}. After: ${sumText(now, example.inputs)}, ${enough ? `so ${truth}` : `still ${told}`}.${outOfSight(set, now) ? ' The line lies outside the picture.' : ''}`,
          formula: `weights ${decimals(before.weights)} ${sign} ${decimals(example.inputs)}, bias ${decimal(before.bias)} ${sign} 1`,
          source: places.learn,
          inputs: { guesses: trace.value(guesses(enough, Math.abs(is) < Math.abs(was))) },
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

/** What one correction may come to: the last of these never happens, which is for the learner to find. */
function guesses(enough: boolean, nearer: boolean): TableValue {
  return tableValue(
    [{ id: 'guess', label: 'after this one change', type: 'text' }],
    [['yes, its answer is right now'], ['not yet, but its score is nearer to 0'], ['no, its score is farther from 0']],
    [{ row: enough ? 0 : nearer ? 1 : 2, role: 'chosen' }],
  );
}

function weightsText(set: PointSet, { weights, bias }: Perceptron): string {
  const named = inputNames(set).map((name, i) => `${name} ${weights[i]}`);
  return `The weights: ${named.join(', ')}; bias ${bias}.`.replaceAll('-', '−');
}
