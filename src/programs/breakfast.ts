// Three small computations for the lesson on gradients, each ending in a loss: a breakfast, two of them, and a breakfast
// whose guess goes through a squash. With how they are drawn.

import { add, inputsFirst, mul, type Scalar, scalar, sub, tanh } from '../model/scalar.ts';
import type { GraphValue, Role } from '../shared/trace.ts';
import { decimal } from './decimal.ts';

/** What is given: rolls a guest and spare ones, guests, rolls eaten; and the weight behind the squash. */
export interface BreakfastNumbers {
  readonly w: number;
  readonly b: number;
  readonly x: number;
  readonly t: number;
  readonly v: number;
}

export type BreakfastKind = 'breakfast' | 'weekend' | 'squash';

/** A computation whose numbers have names. */
export interface NamedScalars {
  /** Each after what it was made of; the loss is the last. */
  readonly all: readonly Scalar[];
  readonly loss: Scalar;
  /** `w`: of what was given, and of what was computed. */
  readonly nameOf: (number: Scalar) => string;
  /** `p = w × x`; of what was given its name. */
  readonly labelOf: (number: Scalar) => string;
  /** The numbers that may be changed to make the loss smaller, by name. */
  readonly weights: Readonly<Record<string, Scalar>>;
  /** All that was given, by name. */
  readonly given: Readonly<Record<string, Scalar>>;
}

/** Sunday's guests and what they ate. */
export const SUNDAY = { x: 1, t: 4 } as const;

export const numberParams = {
  w: { type: 'number', label: 'w: rolls a guest', default: 2, min: -4, max: 4, step: 0.1 },
  b: { type: 'number', label: 'b: spare rolls', default: 1, min: -4, max: 4, step: 0.1 },
  x: { type: 'number', label: 'x: guests', default: 3, min: 0, max: 6, step: 1 },
  t: { type: 'number', label: 't: rolls eaten', default: 5, min: 0, max: 12, step: 1 },
  v: { type: 'number', label: 'v: weight behind the squash', default: 2, min: -4, max: 4, step: 0.1 },
} as const;

export const kindParam = {
  type: 'choice',
  label: 'What is computed',
  default: 'breakfast',
  options: [
    { value: 'breakfast', label: 'One breakfast' },
    { value: 'weekend', label: 'Saturday and Sunday' },
    { value: 'squash', label: 'A hidden number, squashed' },
  ],
} as const;

export function breakfastOf(kind: string, numbers: BreakfastNumbers): NamedScalars {
  const names = new Map<Scalar, { readonly name: string; readonly by?: string }>();
  const given: Record<string, Scalar> = {};
  const leaf = (name: string, value: number): Scalar => {
    const number = scalar(value);
    given[name] = number;
    names.set(number, { name });
    return number;
  };
  /** Names a result; `by` is how it was made, with `#` in the place of the names of its inputs. */
  const named = (name: string, sign: string, number: Scalar): Scalar => {
    const [one = '', two = ''] = number.inputs.map((input) => names.get(input)?.name ?? '');
    names.set(number, { name, by: two === '' ? `${sign}(${one})` : `${one} ${sign} ${two}` });
    return number;
  };
  const w = leaf('w', numbers.w);
  const b = leaf('b', numbers.b);
  const squared = (end: string, difference: Scalar) => named(`L${end}`, '×', mul(difference, difference));
  const day = (end: string, x: number, t: number): Scalar => {
    const p = named(`p${end}`, '×', mul(w, leaf(`x${end}`, x)));
    const s = named(`s${end}`, '+', add(p, b));
    return squared(end, named(`e${end}`, '−', sub(s, leaf(`t${end}`, t))));
  };
  let loss: Scalar;
  const weights: Record<string, Scalar> = { w, b };
  if (kind === 'weekend') {
    loss = named('L', '+', add(day('₁', numbers.x, numbers.t), day('₂', SUNDAY.x, SUNDAY.t)));
  } else if (kind === 'squash') {
    const p = named('p', '×', mul(w, leaf('x', numbers.x)));
    const h = named('h', 'tanh', tanh(named('z', '+', add(p, b))));
    const v = leaf('v', numbers.v);
    weights.v = v;
    const s = named('s', '×', mul(h, v));
    loss = squared('', named('e', '−', sub(s, leaf('t', numbers.t))));
  } else {
    loss = day('', numbers.x, numbers.t);
  }
  const nameOf = (number: Scalar) => names.get(number)?.name ?? '';
  const labelOf = (number: Scalar) => {
    const by = names.get(number)?.by;
    return by === undefined ? nameOf(number) : `${nameOf(number)} = ${by}`;
  };
  return { all: inputsFirst(loss), loss, nameOf, labelOf, weights, given };
}

/** With three decimals; of a small number its first three digits, so that products of what is shown come out right. */
export function short(value: number): string {
  return Math.abs(value) < 0.1 ? decimal(Number(value.toPrecision(3)), 8) : decimal(value, 3);
}

/** What of a computation is drawn, beside its numbers. */
export interface FlowLook {
  /** The local slopes stand at the edges. */
  readonly slopes?: boolean;
  /** These have passed their gradient on: what went along their edges stands there. */
  readonly passed?: ReadonlySet<Scalar>;
  /** Numbers that have a gradient by now. */
  readonly reached?: ReadonlySet<Scalar>;
  readonly roles?: ReadonlyMap<Scalar, Role>;
  /** In place of a number's value. */
  readonly noteOf?: (number: Scalar) => string;
  /** The number whose edges were passed along last. */
  readonly last?: Scalar;
}

export function flowOf({ all, labelOf }: NamedScalars, look: FlowLook): GraphValue {
  const { slopes = false, passed = new Set(), reached = new Set(), roles, noteOf, last } = look;
  return {
    kind: 'graph',
    look: 'flow',
    nodes: all.map((number) => {
      const role = roles?.get(number);
      return {
        label: labelOf(number),
        note: noteOf?.(number) ?? short(number.value),
        ...(reached.has(number) && { under: `grad ${short(number.gradient)}` }),
        ...(role !== undefined && { role }),
      };
    }),
    edges: all.flatMap((number, to) =>
      number.inputs.map((input, i) => {
        const slope = number.slopes[i] as number;
        return {
          from: all.indexOf(input),
          to,
          label: slopes ? `×${short(slope)}` : '',
          ...(passed.has(number) && { note: short(number.gradient * slope) }),
          ...(number === last && { role: 'new' as const }),
        };
      }),
    ),
  };
}
