// The gradients of what works along a row: sums and means, the largest, softmax, layer norm, RMS norm.

import {
  along,
  axesOf,
  backwardOf,
  cellOf,
  formula,
  line,
  type Origin,
  oneCell,
  type Question,
  type Recipe,
  type Source,
  sum,
  type Term,
  take,
} from './origin.ts';
import { placeOfExtreme } from './provenanceRows.ts';

/** The place in a reduced tensor of a cell that went into it; the axes may be kept at size 1 or gone. */
function reducedIndex(index: readonly number[], axes: readonly number[], kept: boolean): number[] {
  return kept
    ? index.map((at, axis) => (axes.includes(axis) ? 0 : at))
    : index.filter((_, axis) => !axes.includes(axis));
}

/** Every cell that was added up gets the sum's gradient; of a mean, its share. */
export function sumBackward(mean: boolean): Recipe {
  return (question) => {
    const found = backwardOf(question);
    if (found === undefined) {
      return undefined;
    }
    const { dy, index, shape } = found;
    const axes = axesOf(question.attributes, shape.length);
    const place = reducedIndex(index, axes, dy.shape.length === shape.length);
    const pull = take(dy, place);
    const count = axes.reduce((product, axis) => product * (shape[axis] as number), 1);
    return {
      sources: [{ input: 0, cells: oneCell(place) }],
      steps: [mean ? formula('cell', [pull, '÷', count], pull / count) : formula('cell', [pull], pull)],
    };
  };
}

/** The gradient goes to where the largest (or smallest) was found, and nowhere else. Attribute `axis`. */
export function extremeBackward(smallest: boolean): Recipe {
  return (question) => {
    const found = backwardOf(question);
    const [input] = found?.values ?? [];
    const { axis } = question.attributes;
    if (found === undefined || input === undefined || typeof axis !== 'number') {
      return undefined;
    }
    const { dy, index, shape, at } = found;
    const row = [...along(shape, index, [axis])].map((one) => take(input, one));
    const place = reducedIndex(index, [axis], dy.shape.length === shape.length);
    const pull = placeOfExtreme(row, smallest) === index[axis] ? take(dy, place) : 0;
    return {
      sources: [
        { input: 0, cells: oneCell(place) },
        { input: at(0), cells: line(shape, index, [axis]) },
      ],
      steps: [formula('cell', [pull], pull)],
    };
  };
}

/** Attribute `axis`. What a row passes back sums to zero: more for one is less for the others. */
export function softmaxBackward(log: boolean): Recipe {
  return (question) => {
    const found = backwardOf(question);
    if (found === undefined || found.index.length === 0) {
      return undefined;
    }
    const { dy, y, yAt, index, shape } = found;
    const [axis = 0] = axesOf({ axis: question.attributes.axis ?? -1 }, shape.length);
    const row = [...along(shape, index, [axis])];
    const pulled = sum(
      'pull',
      row.map((at): Term => {
        const [pull, weight] = [take(dy, at), take(y, at)];
        return log ? { value: pull, parts: [pull] } : { value: pull * weight, parts: [pull, '×', weight] };
      }),
    );
    const [pull, own] = [take(dy, index), take(y, index)];
    const all = pulled.value;
    const cell = log
      ? formula('cell', [pull, '− e^', own, '×', all], pull - Math.exp(own) * all)
      : formula('cell', [own, '× (', pull, '−', all, ')'], own * (pull - all));
    return {
      sources: [0, yAt].map((input) => ({ input, cells: line(shape, index, [axis]) })),
      steps: [pulled, cell],
    };
  };
}

/** A row, normalised; `minus` is its mean for layer norm and 0 for RMS norm. */
function normalised(row: readonly number[], centred: boolean, epsilon: number) {
  const minus = centred ? row.reduce((a, b) => a + b, 0) / row.length : 0;
  const spread = Math.sqrt(row.reduce((total, x) => total + (x - minus) ** 2, 0) / row.length + epsilon);
  return { values: row.map((x) => (x - minus) / spread), spread };
}

/** Layer norm, or RMS norm, which takes no mean off. Attributes `epsilon`, `hasWeight`. */
export function normBackward(centred: boolean): Recipe {
  return (question) => {
    const found = backwardOf(question);
    const [x, second] = found?.values ?? [];
    if (found === undefined || x === undefined) {
      return undefined;
    }
    const { hasWeight, epsilon } = question.attributes;
    const weight = centred && hasWeight === false ? undefined : second;
    const settings = { centred, epsilon: typeof epsilon === 'number' ? epsilon : 1e-5 };
    if (found.which === 0) {
      return inputGradient(found, x, weight, settings);
    }
    return parameterGradient(found, x, weight !== undefined && found.which === 1, settings);
  };
}

type Found = NonNullable<ReturnType<typeof backwardOf>>;
type Value = Question['inputs'][number];
interface Settings {
  readonly centred: boolean;
  readonly epsilon: number;
}

/** dx = (g - mean(g) - n mean(g n)) / spread, with g = dy * weight; without the mean of g for RMS norm. */
function inputGradient(
  { dy, at, index, shape }: Found,
  x: Value,
  weight: Value | undefined,
  { centred, epsilon }: Settings,
): Origin {
  const axis = index.length - 1;
  const row = [...along(shape, index, [axis])];
  const { values, spread } = normalised(
    row.map((one) => take(x, one)),
    centred,
    epsilon,
  );
  const scale = (one: readonly number[]) => (weight === undefined ? 1 : take(weight, [one[axis] as number]));
  const pulls = row.map((one) => take(dy, one) * scale(one));
  const count = row.length;
  const gradients = sum(
    'gradientMean',
    pulls.map((pull): Term => ({ value: pull / count, parts: [pull, '÷', count] })),
  );
  const products = sum(
    'productMean',
    pulls.map((pull, i): Term => {
      const n = values[i] as number;
      return { value: (pull * n) / count, parts: [pull, '×', n, '÷', count] };
    }),
  );
  const own = index[axis] as number;
  const [pull, n] = [pulls[own] as number, values[own] as number];
  const value = (pull - (centred ? gradients.value : 0) - n * products.value) / spread;
  const minus = centred ? ['−', gradients.value] : [];
  const lit: Source[] = [0, at(0)].map((input) => ({ input, cells: line(shape, index, [axis]) }));
  return {
    sources: weight === undefined ? lit : [...lit, { input: at(1), cells: line(weight.shape, [0], [0]) }],
    steps: [
      ...(centred ? [gradients] : []),
      products,
      formula('cell', ['(', pull, ...minus, '−', n, '×', products.value, ') ÷', spread], value),
    ],
  };
}

/** dweight[c] = sum over the rows of dy n; dbias[c] the same without n. */
function parameterGradient(
  { dy, at, index }: Found,
  x: Value,
  ofWeight: boolean,
  { centred, epsilon }: Settings,
): Origin {
  const axis = x.shape.length - 1;
  const rows = Array.from({ length: axis }, (_, one) => one);
  const column = [...x.shape.map(() => 0).slice(0, -1), index[0] as number];
  const terms = [...along(x.shape, column, rows)].map((one): Term => {
    const pull = take(dy, one);
    if (!ofWeight) {
      return { value: pull, parts: [pull] };
    }
    const row = [...along(x.shape, one, [axis])].map((place) => take(x, place));
    const n = normalised(row, centred, epsilon).values[index[0] as number] as number;
    return { value: pull * n, parts: [pull, '×', n] };
  });
  const lit: Source[] = [{ input: 0, cells: line(dy.shape, column, rows) }];
  return {
    sources: ofWeight ? [...lit, { input: at(0), cells: line(x.shape, column, [...rows, axis]) }] : lit,
    steps: [cellOf(terms)],
  };
}
