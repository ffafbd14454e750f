// The cross entropy's cells: forward the mean of the rows' surprise, or each row's; backward the probabilities, less 1 at
// the right answer.

import {
  along,
  backwardOf,
  formula,
  type Input,
  line,
  type Origin,
  oneCell,
  type Question,
  type Step,
  sum,
  type Term,
  take,
} from './origin.ts';

/** Targets with this id don't count. */
const IGNORED = -1;

/** A row's scores, its target, and the logarithm of what softmax divides by. */
function rowOf(logits: Input, targets: Input, place: readonly number[]) {
  const axis = logits.shape.length - 1;
  const row = [...along(logits.shape, [...place, 0], [axis])].map((at) => take(logits, at));
  const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
  const powers = row.reduce((total, value) => total + Math.exp(value - largest), 0);
  return { row, target: take(targets, place), largest, powers, logSum: largest + Math.log(powers) };
}

function* places(targets: Input): Generator<number[]> {
  yield* along(
    targets.shape,
    targets.shape.map(() => 0),
    targets.shape.map((_, axis) => axis),
  );
}

/** Inputs: logits (..., V) and targets (...). The output is one number, or one for each target. */
export function crossEntropy({ inputs: [logits, targets], shape, index }: Question): Origin | undefined {
  if (logits === undefined || targets === undefined) {
    return undefined;
  }
  const surprise = (place: readonly number[]): Term => {
    const { row, target, logSum } = rowOf(logits, targets, place);
    const score = row[target] as number;
    return target === IGNORED
      ? { value: 0, parts: [0] }
      : { value: logSum - score, parts: ['ln(Σ eˣ) =', logSum, '−', score] };
  };
  const perRow = shape.length === targets.shape.length && shape.length > 0;
  if (perRow) {
    const term = surprise(index);
    return {
      sources: [
        { input: 0, cells: line(logits.shape, [...index, 0], [logits.shape.length - 1]) },
        { input: 1, cells: oneCell(index) },
      ],
      steps: [formula('cell', term.parts, term.value)],
    };
  }
  const counted = [...places(targets)].filter((place) => take(targets, place) !== IGNORED);
  const total = sum('total', counted.map(surprise));
  return {
    sources: [logits, targets].map(({ shape: whole }, input) => ({
      input,
      cells: { start: whole.map(() => 0), step: whole.map(() => 1), shape: whole },
    })),
    steps: [total, formula('cell', [total.value, '÷', counted.length], total.value / counted.length)],
  };
}

/** The gradient of the logits. */
export function crossEntropyBackward(question: Question): Origin | undefined {
  const found = backwardOf(question);
  const [logits, targets] = found?.values ?? [];
  if (found === undefined || logits === undefined || targets === undefined || found.which !== 0) {
    return undefined;
  }
  const { dy, index, at } = found;
  const place = index.slice(0, -1);
  const { row, target, largest, powers } = rowOf(logits, targets, place);
  const averaged = dy.shape.length !== targets.shape.length || dy.shape.length === 0;
  const pull = take(dy, averaged ? [] : place);
  const own = row[index.at(-1) as number] as number;
  const sources = [
    { input: 0, cells: oneCell(averaged ? [] : place) },
    { input: at(0), cells: line(logits.shape, index, [index.length - 1]) },
    { input: at(1), cells: oneCell(place) },
  ];
  if (target === IGNORED) {
    return { sources, steps: [formula('cell', [0], 0)] };
  }
  const probability = Math.exp(own - largest) / powers;
  const right = target === index.at(-1) ? 1 : 0;
  const count = averaged ? [...places(targets)].filter((one) => take(targets, one) !== IGNORED).length : 1;
  const steps: Step[] = [
    formula('denominator', [powers], powers),
    formula('probability', ['e^(', own, '−', largest, ') ÷', powers], probability),
    formula(
      'cell',
      [pull, '× (', probability, '−', right, ')', ...(averaged ? ['÷', count] : [])],
      (pull * (probability - right)) / count,
    ),
  ];
  return { sources, steps };
}
