// The perceptron rule, round after round, as a session: the line moves, and the mistakes of each round make a curve. On
// points that no line parts it is stopped in the end; it would never settle.

import { decide, learn, type Perceptron } from '../model/perceptron.ts';
import type { PlaneValue } from '../shared/planeValue.ts';
import { perceptronPlane } from './perceptronPlane.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { counted, tableValue } from './views.ts';
import { type PointSet, pointSet, pointsParam, withCorners } from './walks.ts';

const CURVE = [
  { id: 'round', label: 'round', type: 'number' },
  { id: 'mistakes', label: 'mistakes in this round', type: 'number' },
] as const;

/** After so many rounds it is stopped. */
const MOST_ROUNDS = 60;

export const perceptronRounds = defineProgram({
  id: 'perceptron-rounds',
  title: 'The line that moves',
  session: true,
  params: {
    points: pointsParam,
    corners: { type: 'switch', label: 'Add the XOR points to the mornings', default: false },
  },
  async *run(context) {
    const { trace } = context;
    start: for (;;) {
      const { points, corners } = context.params;
      const changed = () => context.params.points !== points || context.params.corners !== corners;
      const set: PointSet = points === 'mornings' && corners ? withCorners(pointSet(points)) : pointSet(points);
      let now: Perceptron = { weights: [0, 0], bias: 0 };
      for (let round = 1; round <= MOST_ROUNDS; round++) {
        let mistakes = 0;
        for (const [i, example] of set.examples.entries()) {
          const before = now;
          mistakes += decide(now, example.inputs) === example.target ? 0 : 1;
          now = learn(now, example);
          const last = i === set.examples.length - 1;
          trace.frame({
            op: 'look',
            label: `Round ${round}, ${example.name}`,
            note: now === before ? 'Right: nothing changes.' : 'The line moves after a mistake.',
            source: places.learn,
            outputs: {
              ...(last && { curve: trace.value(tableValue(CURVE, [[round, mistakes]])) }),
              plane: trace.value(unnamed(perceptronPlane(set, now, { chosen: i }))),
            },
          });
          yield;
          if (changed()) {
            trace.frame({ op: 'restart', label: 'Start over', note: 'The points changed.' });
            continue start;
          }
        }
        if (mistakes === 0) {
          trace.frame({
            op: 'result',
            label: `Settled in round ${round}`,
            note: 'A whole round without a mistake: nothing will change any more.',
            outputs: { plane: trace.value(unnamed(perceptronPlane(set, now))) },
          });
          return;
        }
      }
      trace.frame({
        op: 'result',
        label: 'Not settled',
        note: `Stopped after ${counted(MOST_ROUNDS, 'round')}, with a mistake in every one of them.`,
        outputs: { plane: trace.value(unnamed(perceptronPlane(set, now))) },
      });
      return;
    }
  },
});

/** Names would jump about while it runs; pointer and keys still tell the points by their places. */
function unnamed(plane: PlaneValue): PlaneValue {
  return { ...plane, points: plane.points!.map(({ label: _label, ...point }) => point) };
}
