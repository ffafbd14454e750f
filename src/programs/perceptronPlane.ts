// A perceptron of two inputs drawn: its scores over the plane, its line, the points, and in words what it adds up.

import { decide, type Perceptron, weightedSum } from '../model/perceptron.ts';
import type { PlaneLine, PlaneValue } from '../shared/planeValue.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { overPlane } from './overPlane.ts';
import { tableValue } from './views.ts';
import { type PointSet, planePoints } from './walks.ts';

export interface PlaneOptions {
  /** The line as it was before, drawn faintly. */
  readonly before?: Perceptron | undefined;
  /** The point that this step is about, by its place. */
  readonly chosen?: number;
}

export function perceptronPlane(
  set: PointSet,
  perceptron: Perceptron,
  { before, chosen }: PlaneOptions = {},
): PlaneValue {
  const { x, y, answers } = set;
  const far = Math.max(
    1,
    ...[x.from, x.to].flatMap((px) => [y.from, y.to].map((py) => Math.abs(weightedSum(perceptron, [px, py])))),
  );
  return {
    kind: 'plane',
    x,
    y,
    equal: true,
    groups: answers,
    heights: overPlane(
      x,
      y,
      (px, py) => weightedSum(perceptron, [px, py]),
      { label: 'score', range: [-far, far], levels: [], boundary: { at: 0, label: 'score 0' } },
      9,
    ),
    points: planePoints(set, (inputs) => decide(perceptron, inputs), chosen),
    ...(before !== undefined &&
      isLine(before) && { lines: [{ ...lineOf(before), label: 'before', role: 'dim' as const }] }),
  };
}

export function lineOf({ weights: [a = 0, b = 0], bias }: Perceptron): PlaneLine {
  return { weights: [a, b], bias };
}

/** With both weights 0 the score is the same everywhere, and there is no line. */
function isLine({ weights }: Perceptron): boolean {
  return weights.some((weight) => weight !== 0);
}

/** Whether the whole picture lies on one side: then its line can't be seen. */
export function outOfSight({ x, y }: PointSet, perceptron: Perceptron): boolean {
  const sides = [x.from, x.to].flatMap((px) =>
    [y.from, y.to].map((py) => Math.sign(weightedSum(perceptron, [px, py]))),
  );
  return sides.every((side) => side === sides[0]);
}

/** The names of the inputs, without their units. */
export function inputNames({ x, y }: PointSet): readonly [string, string] {
  const bare = (label: string) => label.replace(/,.*$/, '');
  return [bare(x.label), bare(y.label)];
}

/** Input times weight, line by line, and their sum. */
export function sumTable(set: PointSet, { weights, bias }: Perceptron, inputs: readonly number[]): TableValue {
  const names = inputNames(set);
  const short = (value: number) => Number(value.toFixed(3)) + 0;
  return tableValue(
    [
      { id: 'name', label: '', type: 'text' },
      { id: 'input', label: 'input', type: 'number' },
      { id: 'weight', label: 'weight', type: 'number' },
      { id: 'product', label: 'product', type: 'number' },
    ],
    [
      ...names.map((name, i) => [name, short(inputs[i]!), short(weights[i]!), short(inputs[i]! * weights[i]!)]),
      ['bias', null, null, short(bias)],
      ['score', null, null, short(weightedSum({ weights, bias }, inputs))],
    ],
    [{ row: names.length + 1, role: 'chosen' }],
  );
}

/** `−1 × 3 − 1 × 1 + 5 = 1` */
export function sumText({ weights, bias }: Perceptron, inputs: readonly number[]): string {
  const signed = (value: number) => `${value < 0 ? '−' : '+'} ${decimal(Math.abs(value))}`;
  const [a = 0, b = 0] = weights;
  const [x = 0, y = 0] = inputs;
  return `${decimal(a)} × ${decimal(x)} ${signed(b)} × ${decimal(y)} ${signed(bias)} = ${decimal(weightedSum({ weights, bias }, inputs))}`;
}

/** Weights and bias, before and after. */
export function weightsTable(set: PointSet, before: Perceptron, after: Perceptron): TableValue {
  const rows = [...inputNames(set), 'bias'].map((name, i) => {
    const of = ({ weights, bias }: Perceptron) => weights[i] ?? bias;
    return [name, of(before), of(after) - of(before), of(after)] as const;
  });
  return tableValue(
    [
      { id: 'name', label: '', type: 'text' },
      { id: 'before', label: 'before', type: 'number' },
      { id: 'change', label: 'change', type: 'number' },
      { id: 'after', label: 'after', type: 'number' },
    ],
    rows.map((row) => [...row]),
    rows.flatMap(([, , change], row) => (change === 0 ? [] : [{ row, role: 'new' as const }])),
  );
}
