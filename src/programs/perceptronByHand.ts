// Walk or take the bus: a weighted sum with its weights set by hand, over twelve mornings or a gate's four corners, and
// for one morning that can be dragged to any weather and any way.

import { decide, type Perceptron, weightedSum } from '../model/perceptron.ts';
import { inputNames, perceptronPlane, sumTable, sumText } from './perceptronPlane.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';
import { pointSet, pointsParam } from './walks.ts';

const weight = (label: string, value: number) =>
  ({ type: 'number', label, default: value, min: -4, max: 4, step: 0.5 }) as const;
const place = (label: string, value: number) =>
  ({ type: 'number', label, default: value, min: 0, max: 6, step: 0.5 }) as const;

export const perceptronByHand = defineProgram({
  id: 'perceptron-by-hand',
  title: 'Weigh it up by hand',
  session: false,
  params: {
    points: pointsParam,
    first: weight('Weight of rain, or of a', -1),
    second: weight('Weight of the way, or of b', 0),
    bias: { type: 'number', label: 'Bias', default: 2, min: -16, max: 16, step: 0.5 },
    rain: place("Today's rain", 1),
    way: place("Today's way", 5),
  },
  async *run({ params: { points, first, second, bias, rain, way }, trace }) {
    const set = pointSet(points);
    const perceptron: Perceptron = { weights: [first, second], bias };
    const [no, yes] = set.answers;
    const plane = perceptronPlane(set, perceptron);
    const wrong = plane.points!.filter((point) => point.wrong).length;
    const today = points === 'mornings' ? [rain, way] : set.examples[2]!.inputs;
    const answer = decide(perceptron, today) === 1 ? yes : no;
    const called = points === 'mornings' ? 'Today' : `The corner ${set.examples[2]!.name}`;
    trace.frame({
      op: 'picture',
      label: wrong === 0 ? 'All are right' : `${wrong} of ${set.examples.length} are wrong`,
      note: `${called} scores ${sumText(perceptron, today)}, so ${answer}.`,
      source: places.weightedSum,
      outputs: {
        plane: trace.value(
          points === 'mornings'
            ? {
                ...plane,
                points: [
                  ...plane.points!.map(({ label: _label, ...point }) => point),
                  { x: rain, y: way, label: 'today', group: answer, role: 'chosen', move: { x: 'rain', y: 'way' } },
                ],
              }
            : plane,
        ),
        sum: trace.value(sumTable(set, perceptron, today)),
      },
    });
    yield;

    const [x, y] = inputNames(set);
    trace.frame({
      op: 'all',
      label: points === 'mornings' ? 'All twelve mornings' : 'All four corners',
      note:
        wrong === 0
          ? 'Every answer is the right one. This line parts the two kinds.'
          : `${wrong === 1 ? 'One answer is' : `${wrong} answers are`} wrong. Set other weights, or another bias.`,
      source: places.decide,
      outputs: {
        answers: trace.value(
          tableValue(
            [
              { id: 'name', label: '', type: 'text' },
              { id: 'first', label: x, type: 'number' },
              { id: 'second', label: y, type: 'number' },
              { id: 'score', label: 'score', type: 'number' },
              { id: 'says', label: 'it says', type: 'text' },
              { id: 'right', label: 'right is', type: 'text' },
            ],
            set.examples.map(({ name, inputs, target }) => [
              name,
              inputs[0]!,
              inputs[1]!,
              weightedSum(perceptron, inputs),
              set.answers[decide(perceptron, inputs)],
              set.answers[target],
            ]),
            set.examples.flatMap(({ inputs, target }, row) =>
              decide(perceptron, inputs) === target ? [] : [{ row, role: 'warn' as const }],
            ),
          ),
        ),
      },
    });
    yield;
  },
});
