// Two hidden neurons, their four weights set by hand: the corners of XOR as they are, and where the neurons put them. Where
// one line parts them there, the line is drawn, and what it amounts to among the corners as they were.

import type { PlaneValue } from '../shared/planeValue.ts';
import { decimal } from './decimal.ts';
import { overPlane } from './overPlane.ts';
import { defineProgram } from './program.ts';
import { type Place2, widestGap } from './segments.ts';
import { tableValue } from './views.ts';
import { planePoints, pointSet } from './walks.ts';

const weight = (label: string, value: number) =>
  ({ type: 'number', label, default: value, min: -1.5, max: 1.5, step: 0.25 }) as const;
const bias = (label: string) => ({ type: 'number', label, default: 0, min: -1.5, max: 1.5, step: 0.25 }) as const;

type Bend = 'relu' | 'step' | 'none';

/** How far the bent view reaches: near, as long as all is there, else far. */
const [NEAR, FAR] = [1.6, 4];

export const xorByHand = defineProgram({
  id: 'xor-by-hand',
  title: 'Bend the plane until one line is enough',
  session: false,
  params: {
    pa: weight('Neuron p, weight of a', 1),
    pb: weight('Neuron p, weight of b', 0),
    qa: weight('Neuron q, weight of a', 0),
    qb: weight('Neuron q, weight of b', 1),
    pBias: bias('Bias of p'),
    qBias: bias('Bias of q'),
    bend: {
      type: 'choice',
      label: 'Bend',
      default: 'relu',
      options: [
        { value: 'relu', label: 'ReLU: below 0 becomes 0' },
        { value: 'step', label: 'Step: 0 or 1' },
        { value: 'none', label: 'None' },
      ],
    },
  },
  async *run({ params, trace }) {
    const set = pointSet('xor');
    const { pa, pb, qa, qb, pBias, qBias } = params;
    const bent = (x: number, y: number): Place2 => [
      bend(params.bend as Bend, pa * x + pb * y + pBias),
      bend(params.bend as Bend, qa * x + qb * y + qBias),
    ];
    const corners = set.examples.map(({ inputs: [a = 0, b = 0], target, name }) => ({
      a,
      b,
      target,
      name,
      at: bent(a, b),
    }));
    const of = (target: 0 | 1) => corners.filter((corner) => corner.target === target).map(({ at }) => at);
    const gap = widestGap(of(0) as [Place2, Place2], of(1) as [Place2, Place2]);
    const far = Math.max(...corners.flatMap(({ at }) => at.map(Math.abs))) > NEAR ? FAR : NEAR;
    const axis = (label: string, reach: number) => ({ label, from: -reach, to: reach });
    const [x, y] = [axis('a', 2), axis('b', 2)];
    const input: PlaneValue = {
      kind: 'plane',
      x,
      y,
      equal: true,
      groups: set.answers,
      ...(gap !== undefined && {
        heights: overPlane(
          x,
          y,
          (a, b) => {
            const [p, q] = bent(a, b);
            return Math.sign(gap.weights[0] * p + gap.weights[1] * q + gap.bias);
          },
          {
            label: 'side of the line',
            range: [-1.6, 1.6],
            levels: [],
            boundary: { at: 0, label: 'the same line, back here' },
          },
          81,
        ),
      }),
      points: [
        ...planePoints(
          set,
          ([a = 0, b = 0]) => set.examples.find(({ inputs }) => inputs[0] === a && inputs[1] === b)!.target,
        ).map(({ wrong: _right, ...point }) => ({ ...point, label: point.label!.replace(' and ', ', ') })),
        { x: pa, y: pb, from: [0, 0], label: 'p', role: 'chosen', move: { x: 'pa', y: 'pb' } },
        { x: qa, y: qb, from: [0, 0], label: 'q', role: 'chosen', move: { x: 'qa', y: 'qb' } },
      ],
    };
    const after: PlaneValue = {
      kind: 'plane',
      x: { label: 'p', from: far === NEAR ? -0.4 : -FAR, to: far },
      y: { label: 'q', from: far === NEAR ? -0.4 : -FAR, to: far },
      equal: true,
      groups: set.answers,
      points: together(
        corners.map(({ at: [p, q], target, name }) => ({
          x: p,
          y: q,
          group: set.answers[target],
          label: name.replace(' and ', ', '),
        })),
      ),
      ...(gap !== undefined && { lines: [{ ...gap, label: 'one line is enough' }] }),
    };
    trace.frame({
      op: 'bend',
      label: gap === undefined ? 'No line parts them yet' : 'One line is enough',
      note: noteOf(params.bend as Bend, gap?.width),
      inputs: { corners: trace.value(input) },
      outputs: {
        bent: trace.value(after),
        numbers: trace.value(
          tableValue(
            [
              { id: 'corner', label: 'a, b', type: 'text' },
              { id: 'pSum', label: 'p, sum', type: 'number' },
              { id: 'qSum', label: 'q, sum', type: 'number' },
              { id: 'p', label: 'p', type: 'number' },
              { id: 'q', label: 'q', type: 'number' },
            ],
            corners.map(({ a: x1, b: x2, at }) => [
              `${x1}, ${x2}`,
              pa * x1 + pb * x2 + pBias,
              qa * x1 + qb * x2 + qBias,
              ...at,
            ]),
          ),
        ),
      },
    });
    yield;
  },
});

function bend(kind: Bend, sum: number): number {
  return kind === 'relu' ? Math.max(0, sum) : kind === 'step' ? (sum > 0 ? 1 : 0) : sum;
}

/** Of about one length, whatever it says: the picture below it must not jump while an arrow is dragged. */
function noteOf(kind: Bend, width: number | undefined): string {
  if (width !== undefined) {
    return `A straight line parts the zeros from the ones, with a gap of ${decimal(width)}.`;
  }
  return kind === 'none'
    ? 'Without a bend the square is only turned, stretched or squashed.'
    : 'No straight line parts the zeros from the ones. Drag the arrows.';
}

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly group: string;
  readonly label: string;
}

/** Corners that fall on one place share a label there. */
function together(corners: readonly Corner[]): Corner[] {
  return corners.map((corner, i) => {
    const same = corners.filter(({ x, y }) => x === corner.x && y === corner.y);
    const first = corners.findIndex(({ x, y }) => x === corner.x && y === corner.y) === i;
    return { ...corner, label: first ? same.map(({ label }) => label).join(' and ') : '' };
  });
}
