// The gradients of what works cell by cell. An input that was broadcast went into many cells of the output: its gradient
// is the sum over all of them.

import type { TensorSlice } from '../../../src/shared/trace.ts';
import {
  along,
  backwardOf,
  broadcastIndex,
  cellOf,
  formula,
  type Input,
  oneCell,
  type Recipe,
  type Source,
  type Term,
  take,
} from './origin.ts';
import { geluInner, normalShare } from './provenanceElementwise.ts';

/** What one cell of the output passes back, given the gradient there, the forward step's inputs and its result. */
type Pass = (dy: number, values: readonly number[], y: number) => Term;

interface Spread {
  /** One rule for each of the forward step's inputs. */
  readonly pass: readonly (Pass | undefined)[];
  /** Which of the forward step's inputs the rule reads, besides the gradient: they light up. */
  readonly reads: readonly (readonly number[])[];
  readonly readsResult?: readonly boolean[];
}

const times = (...parts: readonly number[]): Term['parts'] => parts.flatMap((x, i) => (i === 0 ? [x] : ['×', x]));
const plain: Pass = (dy) => ({ value: dy, parts: [dy] });
const none: Term = { value: 0, parts: [0] };

const rules: Readonly<Record<string, Spread>> = {
  add: { pass: [plain, plain], reads: [[], []] },
  sub: { pass: [plain, (dy) => ({ value: -dy, parts: ['−(', dy, ')'] })], reads: [[], []] },
  mul: {
    pass: [
      (dy, [, b = 0]) => ({ value: dy * b, parts: times(dy, b) }),
      (dy, [a = 0]) => ({ value: dy * a, parts: times(dy, a) }),
    ],
    reads: [[1], [0]],
  },
  div: {
    pass: [
      (dy, [, b = 0]) => ({ value: dy / b, parts: [dy, '÷', b] }),
      (dy, [, b = 0], y) => ({ value: (-dy * y) / b, parts: ['−', dy, '×', y, '÷', b] }),
    ],
    reads: [[1], [1]],
    readsResult: [false, true],
  },
  where: {
    pass: [
      undefined,
      (dy, [condition]) => (condition === 0 ? none : plain(dy, [], 0)),
      (dy, [condition]) => (condition === 0 ? plain(dy, [], 0) : none),
    ],
    reads: [[], [0], [0]],
  },
  expand: { pass: [plain], reads: [[]] },
};

/** The gradient of an input that was broadcast against others. */
export function spread(op: keyof typeof rules): Recipe {
  return (question) => {
    const found = backwardOf(question);
    const rule = rules[op];
    const pass = rule?.pass[found?.which ?? -1];
    if (found === undefined || rule === undefined || pass === undefined) {
      return undefined;
    }
    const { dy, y, values, which, at, yAt, index, shape } = found;
    const missing = dy.shape.length - shape.length;
    const base = dy.shape.map((_, axis) => (axis < missing ? 0 : (index[axis - missing] as number)));
    const repeated = dy.shape.flatMap((size, axis) =>
      size !== 1 && (axis < missing || shape[axis - missing] === 1) ? [axis] : [],
    );
    const terms = [...along(dy.shape, base, repeated)].map((place) =>
      pass(
        take(dy, place),
        values.map((value) => take(value, broadcastIndex(value.shape, place))),
        take(y, place),
      ),
    );
    const light = (input: number, { shape: whole }: Input): Source => ({
      input,
      cells: regionIn(whole, base, repeated),
    });
    return {
      sources: [
        light(0, dy),
        ...(rule.reads[which] ?? []).flatMap((value) =>
          values[value] === undefined ? [] : [light(at(value), values[value])],
        ),
        ...(rule.readsResult?.[which] === true ? [light(yAt, y)] : []),
      ],
      steps: [cellOf(terms)],
    };
  };
}

/** Where an input stands for output cells that are the same but along some axes. */
function regionIn(shape: readonly number[], base: readonly number[], repeated: readonly number[]): TensorSlice {
  const offset = base.length - shape.length;
  const whole = (axis: number) => shape[axis] !== 1 && repeated.includes(axis + offset);
  return {
    start: shape.map((size, axis) => (size === 1 || whole(axis) ? 0 : (base[axis + offset] as number))),
    step: shape.map(() => 1),
    shape: shape.map((size, axis) => (whole(axis) ? size : 1)),
  };
}

/** How steep a function of one number is there: from its argument and its value. */
interface Slope {
  readonly of: (x: number, y: number) => number;
  readonly write: (x: number, y: number) => Term['parts'];
  readonly from: 'x' | 'y';
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));
const bell = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

const slopes: Readonly<Record<string, Slope>> = {
  neg: { of: () => -1, write: () => [-1], from: 'x' },
  exp: { of: (_, y) => y, write: (_, y) => [y], from: 'y' },
  log: { of: (x) => 1 / x, write: (x) => ['1 ÷', x], from: 'x' },
  sqrt: { of: (_, y) => 1 / (2 * y), write: (_, y) => ['1 ÷ (2 ×', y, ')'], from: 'y' },
  relu: { of: (_, y) => (y > 0 ? 1 : 0), write: (_, y) => [y, y > 0 ? '> 0 → 1' : '≤ 0 → 0'], from: 'y' },
  tanh: { of: (_, y) => 1 - y * y, write: (_, y) => ['1 −', y, '²'], from: 'y' },
  sigmoid: { of: (_, y) => y * (1 - y), write: (_, y) => [y, '× (1 −', y, ')'], from: 'y' },
  silu: {
    of: (x) => logistic(x) * (1 + x * (1 - logistic(x))),
    write: (x) => [logistic(x), '× (1 +', x, '× (1 −', logistic(x), '))'],
    from: 'x',
  },
};

/** Dy times the slope, for a function of one number. */
export function sloped(op: keyof typeof slopes): Recipe {
  return (question) => (slopes[op] === undefined ? undefined : throughSlope(question, slopes[op]));
}

/** Attribute `exponent`. */
export const powBackward: Recipe = (question) => {
  const { exponent } = question.attributes;
  return typeof exponent !== 'number'
    ? undefined
    : throughSlope(question, {
        of: (x) => (exponent === 0 ? 0 : exponent * x ** (exponent - 1)),
        write: (x) => (exponent === 0 ? [0] : [exponent, '×', x, '^', exponent - 1]),
        from: 'x',
      });
};

/** Attribute `form`: `erf` or `tanh`. */
export const geluBackward: Recipe = (question) => {
  const { form } = question.attributes;
  if (form === 'erf') {
    return throughSlope(question, {
      of: (x) => normalShare(x) + x * bell(x),
      write: (x) => [normalShare(x), '+', x, '×', bell(x)],
      from: 'x',
    });
  }
  const squeezed = (x: number) => Math.tanh(geluInner(x));
  const steep = (x: number) => Math.sqrt(2 / Math.PI) * (1 + 0.134145 * x * x);
  return form !== 'tanh'
    ? undefined
    : throughSlope(question, {
        of: (x) => (1 + squeezed(x)) / 2 + (x / 2) * (1 - squeezed(x) ** 2) * steep(x),
        write: (x) => ['(1 +', squeezed(x), ') ÷ 2 +', x, '÷ 2 × (1 −', squeezed(x), '²) ×', steep(x)],
        from: 'x',
      });
};

/** What was dropped passes nothing back. Attribute `rate`. */
export const dropoutBackward: Recipe = (question) => {
  const { rate } = question.attributes;
  return typeof rate !== 'number'
    ? undefined
    : throughSlope(question, {
        of: (x, y) => (y === 0 && x !== 0 ? 0 : 1 / (1 - rate)),
        write: (x, y) => (y === 0 && x !== 0 ? [0] : ['1 ÷ (1 −', rate, ')']),
        from: 'y',
      });
};

const throughSlope = (question: Parameters<Recipe>[0], { of, write, from }: Slope): ReturnType<Recipe> => {
  const found = backwardOf(question);
  const [input] = found?.values ?? [];
  if (found === undefined || input === undefined) {
    return undefined;
  }
  const { dy, y, at, yAt, index } = found;
  const [pull, x, result] = [take(dy, index), take(input, index), take(y, index)];
  const slope = of(x, result);
  return {
    sources: [
      { input: 0, cells: oneCell(index) },
      { input: from === 'x' ? at(0) : yAt, cells: oneCell(index) },
    ],
    steps: [formula('slope', write(x, result), slope), formula('cell', times(pull, slope), pull * slope)],
  };
};
