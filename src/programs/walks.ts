// Points that a line may or may not part: twelve mornings on which somebody walked or took the bus, made for this course,
// and the four corners of gates.

import type { Example } from '../model/perceptron.ts';
import type { PlaneAxis, PlanePoint } from '../shared/planeValue.ts';

/** Points of two classes in the plane, with the names of the axes. */
export interface PointSet {
  readonly x: PlaneAxis;
  readonly y: PlaneAxis;
  /** What 0 and 1 stand for. */
  readonly answers: readonly [no: string, yes: string];
  readonly examples: readonly (Example & { readonly name: string })[];
}

/** Millimetres of rain in the hour, kilometres to go, and whether she walked; in the order of the days. */
export const MORNINGS: readonly (readonly [rain: number, way: number, walked: 0 | 1])[] = [
  [0, 2, 1],
  [5, 1, 0],
  [0, 4, 1],
  [4, 3, 0],
  [1, 1, 1],
  [3, 4, 0],
  [1, 3, 1],
  [2, 6, 0],
  [2, 2, 1],
  [5, 4, 0],
  [3, 1, 1],
  [6, 2, 0],
];

/** Umbrellas that she counted at the bus stop on the same mornings: about two for each millimetre. */
export const UMBRELLAS: readonly number[] = [1, 9, 0, 8, 3, 6, 1, 3, 4, 11, 6, 11];

const bit = (label: string): PlaneAxis => ({
  label,
  from: -0.5,
  to: 1.5,
  names: [
    { at: 0, text: '0' },
    { at: 1, text: '1' },
  ],
});

function gate(...targets: readonly (0 | 1)[]): PointSet {
  return {
    x: bit('a'),
    y: bit('b'),
    answers: ['0', '1'],
    examples: [0, 1, 2, 3].map((i) => {
      const [a, b] = [i >> 1, i & 1];
      return { inputs: [a, b], target: targets[i]!, name: `${a} and ${b}` };
    }),
  };
}

const mornings: PointSet = {
  x: { label: 'rain, mm', from: -1, to: 7 },
  y: { label: 'way, km', from: 0, to: 7 },
  answers: ['bus', 'walk'],
  examples: MORNINGS.map(([rain, way, target], i) => ({ inputs: [rain, way], target, name: `day ${i + 1}` })),
};

/** By the value of {@link pointsParam}. */
const SETS: Readonly<Record<string, PointSet>> = {
  mornings,
  and: gate(0, 0, 0, 1),
  or: gate(0, 1, 1, 1),
  nand: gate(1, 1, 1, 0),
  xor: gate(0, 1, 1, 0),
};

export const pointsParam = {
  type: 'choice',
  label: 'Points',
  default: 'mornings',
  options: [
    { value: 'mornings', label: 'Twelve mornings: walk or bus' },
    { value: 'and', label: 'AND: both are 1' },
    { value: 'or', label: 'OR: at least one is 1' },
    { value: 'nand', label: 'NAND: not both are 1' },
    { value: 'xor', label: 'XOR: exactly one is 1' },
  ],
} as const;

export function pointSet(name: string): PointSet {
  return SETS[name]!;
}

/** The points as a plane draws them, those ringed that `says` gets wrong; `chosen` by its place among them. */
export function planePoints(set: PointSet, says: (inputs: readonly number[]) => 0 | 1, chosen?: number): PlanePoint[] {
  return set.examples.map(({ inputs: [x = 0, y = 0], target, name }, i) => ({
    x,
    y,
    label: name,
    group: set.answers[target],
    wrong: says([x, y]) !== target,
    ...(i === chosen && { role: 'chosen' as const }),
  }));
}

/** Four mornings more, at the corners, of which the opposite ones are alike: no line parts them. */
const CORNERS: PointSet['examples'] = [
  { inputs: [0, 0.5], target: 0, name: 'dry and near' },
  { inputs: [0, 6.5], target: 1, name: 'dry and far' },
  { inputs: [6.5, 0.5], target: 1, name: 'wet and near' },
  { inputs: [6.5, 6.5], target: 0, name: 'wet and far' },
];

export function withCorners(set: PointSet): PointSet {
  return { ...set, examples: [...set.examples, ...CORNERS] };
}
