// Cells that are made of a row of an input: sums and means, the largest, softmax, layer norm.

import {
  along,
  axesOf,
  formula,
  line,
  type Origin,
  oneCell,
  type Question,
  type Recipe,
  type Step,
  sum,
  type Term,
  take,
} from './origin.ts';

/** Attributes `axis` or `axes`; the output may keep the axes at size 1 or drop them. */
export function sumOrMean(mean: boolean): Recipe {
  return ({ inputs, attributes, shape, index }) => {
    const [input] = inputs;
    if (input === undefined) {
      return undefined;
    }
    const axes = axesOf(attributes, input.shape.length).sort((a, b) => a - b);
    const kept = shape.length === input.shape.length;
    let next = 0;
    const start = input.shape.map((_, axis) => {
      const gone = axes.includes(axis);
      const at = kept ? (index[axis] as number) : gone ? 0 : (index[next] as number);
      next += gone ? 0 : 1;
      return gone ? 0 : at;
    });
    const terms = [...along(input.shape, start, axes)].map((at): Term => {
      const value = take(input, at);
      return { value, parts: [value] };
    });
    const total = sum(mean ? 'total' : 'cell', terms);
    const divided: Step = {
      kind: 'formula',
      name: 'cell',
      parts: [total.value, '÷', terms.length],
      value: total.value / terms.length,
    };
    return {
      sources: [{ input: 0, cells: line(input.shape, start, axes) }],
      steps: mean ? [total, divided] : [total],
    };
  };
}

/** Attribute `axis`, the last one if absent. The largest of the row is taken off first, as every softmax does. */
export function softmax({ inputs, attributes, index }: Question): Origin | undefined {
  const [input] = inputs;
  if (input === undefined || index.length === 0) {
    return undefined;
  }
  const axis = axesOf({ axis: attributes.axis ?? -1 }, index.length)[0] as number;
  const row = [...along(input.shape, index, [axis])].map((at) => take(input, at));
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  const own = take(input, index);
  const power = (value: number): Term => ({
    value: Math.exp(value - largest),
    parts: ['e^(', value, '−', largest, ')'],
  });
  const numerator = power(own);
  const denominator = sum('denominator', row.map(power));
  return {
    sources: [{ input: 0, cells: line(input.shape, index, [axis]) }],
    steps: [
      { kind: 'formula', name: 'largest', parts: [largest], value: largest },
      { kind: 'formula', name: 'numerator', parts: numerator.parts, value: numerator.value },
      denominator,
      {
        kind: 'formula',
        name: 'cell',
        parts: [numerator.value, '÷', denominator.value],
        value: numerator.value / denominator.value,
      },
    ],
  };
}

/** As softmax, and the logarithm of it taken without forming it. */
export function logSoftmax(question: Question): Origin | undefined {
  const found = softmax(question);
  const [input] = question.inputs;
  const [largest, , denominator] = found?.steps ?? [];
  if (found === undefined || input === undefined || largest === undefined || denominator === undefined) {
    return undefined;
  }
  const own = take(input, question.index);
  const cell: Step = {
    kind: 'formula',
    name: 'cell',
    parts: [own, '−', largest.value, '− ln(', denominator.value, ')'],
    value: own - largest.value - Math.log(denominator.value),
  };
  return { sources: found.sources, steps: [largest, denominator, cell] };
}

/** Over the last axis. Inputs: x, and where there is one, the weight; attribute `epsilon`, 1e-5 if absent. */
export function rmsNorm({ inputs, attributes, index }: Question): Origin | undefined {
  const [input, weight] = inputs;
  const axis = index.length - 1;
  if (input === undefined || axis < 0) {
    return undefined;
  }
  const epsilon = typeof attributes.epsilon === 'number' ? attributes.epsilon : 1e-5;
  const row = [...along(input.shape, index, [axis])].map((at) => take(input, at));
  const own = take(input, index);
  const squares = sum(
    'squares',
    row.map((value) => ({ value: value * value, parts: [value, '²'] })),
  );
  const mean = squares.value / row.length;
  const at = [index[axis] as number];
  const scale = weight === undefined ? undefined : take(weight, at);
  const times = scale === undefined ? [] : ['×', scale];
  return {
    sources: [
      { input: 0, cells: line(input.shape, index, [axis]) },
      ...(scale === undefined ? [] : [{ input: 1, cells: oneCell(at) }]),
    ],
    steps: [
      squares,
      { kind: 'formula', name: 'mean', parts: [squares.value, '÷', row.length], value: mean },
      {
        kind: 'formula',
        name: 'cell',
        parts: [own, '÷ √(', mean, '+', epsilon, ')', ...times],
        value: (own / Math.sqrt(mean + epsilon)) * (scale ?? 1),
      },
    ],
  };
}

/**
 * Over the last axis. Inputs: x, and where there are any, weight and bias, a bias alone if `hasWeight` is false;
 * attribute `epsilon`, 1e-5 if absent.
 */
export function layerNorm({ inputs, attributes, index }: Question): Origin | undefined {
  const [input, second, third] = inputs;
  const biasAt = attributes.hasWeight === false ? 1 : 2;
  const [weight, bias] = biasAt === 1 ? [undefined, second] : [second, third];
  const axis = index.length - 1;
  if (input === undefined || axis < 0) {
    return undefined;
  }
  const epsilon = typeof attributes.epsilon === 'number' ? attributes.epsilon : 1e-5;
  const row = [...along(input.shape, index, [axis])].map((at) => take(input, at));
  const own = take(input, index);
  const total = sum(
    'total',
    row.map((value) => ({ value, parts: [value] })),
  );
  const mean = total.value / row.length;
  const squares = sum(
    'squares',
    row.map((value) => ({ value: (value - mean) ** 2, parts: ['(', value, '−', mean, ')²'] })),
  );
  const variance = squares.value / row.length;
  const normalised = (own - mean) / Math.sqrt(variance + epsilon);
  const at = [index[axis] as number];
  const [scale, shift] = [weight && take(weight, at), bias && take(bias, at)];
  const steps: Step[] = [
    total,
    { kind: 'formula', name: 'mean', parts: [total.value, '÷', row.length], value: mean },
    squares,
    { kind: 'formula', name: 'variance', parts: [squares.value, '÷', row.length], value: variance },
    {
      kind: 'formula',
      name: scale === undefined && shift === undefined ? 'cell' : 'normalised',
      parts: ['(', own, '−', mean, ') ÷ √(', variance, '+', epsilon, ')'],
      value: normalised,
    },
  ];
  if (scale !== undefined || shift !== undefined) {
    const times = scale === undefined ? [] : ['×', scale];
    steps.push({
      kind: 'formula',
      name: 'cell',
      parts: [normalised, ...times, ...(shift === undefined ? [] : ['+', shift])],
      value: normalised * (scale ?? 1) + (shift ?? 0),
    });
  }
  const also = (given: unknown, number: number) => (given === undefined ? [] : [{ input: number, cells: oneCell(at) }]);
  return {
    sources: [{ input: 0, cells: line(input.shape, index, [axis]) }, ...also(scale, 1), ...also(shift, biasAt)],
    steps,
  };
}

/** Attribute `axis`; the output may keep it at size 1 or drop it. `argmax` gives the place instead of the number. */
export function extreme(kind: 'max' | 'min' | 'argmax'): Recipe {
  return ({ inputs: [input], attributes, shape, index }) => {
    const axis = attributes.axis;
    if (input === undefined || typeof axis !== 'number') {
      return undefined;
    }
    const start = shape.length === input.shape.length ? index.with(axis, 0) : index.toSpliced(axis, 0, 0);
    const row = [...along(input.shape, start, [axis])].map((at) => take(input, at));
    const at = placeOfExtreme(row, kind === 'min');
    const value = kind === 'argmax' ? at : (row[at] as number);
    const name = kind === 'min' ? 'min(' : 'max(';
    const parts =
      row.length > 12 || kind === 'argmax'
        ? [value]
        : [name, ...row.flatMap((x, i) => (i === 0 ? [x] : [',', x])), ')'];
    return {
      sources: [{ input: 0, cells: line(input.shape, start, [axis]) }],
      steps: [formula('cell', parts, value)],
    };
  };
}

/** The first place of the largest (or smallest) number; NaN is larger (or smaller) than all. */
export function placeOfExtreme(row: readonly number[], smallest: boolean): number {
  return row.reduce((best, value, at) => {
    const most = row[best] as number;
    return Number.isNaN(most) || !(Number.isNaN(value) || (smallest ? value < most : value > most)) ? best : at;
  }, 0);
}
