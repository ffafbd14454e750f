// The chain rule, stepped backward through a small computation: before each step, what arrives is guessed.

import { backwardSteps, type Scalar } from '../model/scalar.ts';
import type { Role, TableValue } from '../shared/trace.ts';
import { breakfastOf, flowOf, kindParam, type NamedScalars, numberParams, short } from './breakfast.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

const GUESSES: TableValue['columns'] = [
  { id: 'gets', label: 'gradient', type: 'text' },
  { id: 'how', label: 'how', type: 'text' },
];
const MOVES: TableValue['columns'] = [
  { id: 'weight', label: 'number', type: 'text' },
  { id: 'was', label: 'was', type: 'number' },
  { id: 'gradient', label: 'gradient', type: 'number' },
  { id: 'becomes', label: 'becomes', type: 'number' },
];

export const backwardByHand = defineProgram({
  id: 'backward-by-hand',
  title: 'Backward, step by step',
  session: false,
  params: {
    kind: kindParam,
    ...numberParams,
    rate: { type: 'number', label: 'Share of the gradient to move by', default: 0.01, min: 0, max: 0.2, step: 0.005 },
  },
  async *run({ params, trace }) {
    const { kind, rate } = params;
    const numbers = breakfastOf(kind, params);
    const { all, loss, nameOf, labelOf } = numbers;
    const draw = (look: Parameters<typeof flowOf>[1]) => trace.value(flowOf(numbers, look));
    const rounded = all.some(({ value }) => Math.abs(value - Number(value.toFixed(3))) > 1e-9);
    trace.frame({
      op: 'forward',
      label: 'Forward: what comes out',
      note: `${all
        .filter(({ inputs }) => inputs.length > 0)
        .map((number) => `${nameOf(number)} is ${short(number.value)}`)
        .join(', ')}. The last one is the loss.${rounded ? ' Numbers are shown rounded.' : ''}`,
      outputs: { graph: draw({}) },
    });
    yield;
    trace.frame({
      op: 'slopes',
      label: 'How steep is each step by itself?',
      note: 'At each arrow stands its slope. When this input alone grows by a tiny bit, its result grows by so many times that bit.',
      outputs: { graph: draw({ slopes: true }) },
    });
    yield;

    const [passed, reached] = [new Set<Scalar>(), new Set<Scalar>([loss])];
    const results = all.toReversed();
    let before = gradientsOf(all);
    // The first step puts the loss's own gradient in place, and passes it on.
    const steps = backwardSteps(loss);
    trace.frame({
      op: 'start',
      label: 'Begin at the loss',
      note: 'When the loss grows by a bit, the loss grows by that bit: its own gradient is 1. The others get theirs from above: from the side of the loss.',
      outputs: { graph: trace.value(startOf(numbers)) },
      source: places.backwardSteps,
    });
    yield;
    for (const result of results) {
      const shown = before;
      steps.next();
      const after = gradientsOf(all);
      before = after;
      if (result.inputs.length === 0) {
        continue;
      }
      const asked = askedOf(result);
      const beforeStep = shown.get(asked) ?? 0;
      const bets = isGuessed(kind, nameOf(result), beforeStep !== 0 && asked.inputs.length === 0);
      // Drawn before the step counts as passed.
      const asking = bets && {
        before: withGradients(all, shown.set(loss, 1), () =>
          draw({ slopes: true, passed, reached, roles: new Map([[asked, 'match']]) }),
        ),
        guesses: trace.value(tableValue(GUESSES, guessesOf(result, asked, beforeStep), [{ row: 0, role: 'chosen' }])),
      };
      passed.add(result);
      const roles = new Map<Scalar, Role>([[result, 'chosen']]);
      for (const input of result.inputs) {
        reached.add(input);
        roles.set(input, 'new');
      }
      trace.frame({
        op: bets ? 'pass-back' : 'pass-on',
        label: `Back through ${labelOf(result)}: what does ${nameOf(asked)} get?`,
        note: passNote(result, asked, beforeStep, nameOf),
        // Above a bet the formula would be the answer.
        ...(asking ? { inputs: asking } : { formula: 'gradient of input += gradient of result × slope' }),
        outputs: { graph: draw({ slopes: true, passed, reached, roles, last: result }) },
        source: places.backwardSteps,
      });
      yield;
    }

    const weights = Object.entries(numbers.weights);
    const moved = Object.fromEntries(weights.map(([name, { value, gradient }]) => [name, value - rate * gradient]));
    const then = breakfastOf(kind, { ...params, ...moved }).loss.value;
    trace.frame({
      op: 'move',
      label: 'Move each weight a little against its gradient',
      note: `The loss was ${decimal(loss.value, 3)}, and is ${decimal(then, 3)} now.`,
      formula: 'weight −= rate × gradient',
      outputs: {
        moves: trace.value(
          tableValue(
            MOVES,
            weights.map(([name, { value, gradient }]) => [
              name,
              round(value),
              round(gradient),
              round(moved[name] as number),
            ]),
          ),
        ),
        loss: trace.value({ kind: 'scalar', value: round(then) }),
      },
    });
    yield;
  },
});

/** Of one breakfast each step is guessed; else what is new: what lies behind the squash, or where a second share comes. */
function isGuessed(kind: string, name: string, second: boolean): boolean {
  return kind === 'weekend' ? second : kind === 'breakfast' || name === 's' || name === 'h';
}

function round(value: number): number {
  return Number(value.toFixed(4));
}

function gradientsOf(all: readonly Scalar[]): Map<Scalar, number> {
  return new Map(all.map((number) => [number, number.gradient]));
}

/** Draws as if the gradients were these: a step has changed them already when what was before it is drawn. */
function withGradients<T>(all: readonly Scalar[], gradients: ReadonlyMap<Scalar, number>, work: () => T): T {
  const now = gradientsOf(all);
  const put = (values: ReadonlyMap<Scalar, number>) => {
    for (const number of all) {
      number.gradient = values.get(number) ?? 0;
    }
  };
  put(gradients);
  try {
    return work();
  } finally {
    put(now);
  }
}

function startOf(numbers: NamedScalars) {
  const { all, loss } = numbers;
  return withGradients(all, new Map([[loss, 1]]), () =>
    flowOf(numbers, { slopes: true, reached: new Set([loss]), roles: new Map([[loss, 'new']]) }),
  );
}

/** The input that is asked about: of a product the first, else the last. */
function askedOf({ inputs, slopes }: Scalar): Scalar {
  const [one, two = one] = inputs as readonly [Scalar, Scalar?];
  const product = slopes[0] === two.value && slopes[1] === one.value;
  return product ? one : two;
}

/** All slopes along which `input` goes into `result`: two where it is used twice. */
function slopesTo({ inputs, slopes }: Scalar, input: Scalar): number[] {
  return slopes.filter((_, i) => inputs[i] === input);
}

const product = (gradient: number, slope: number) => `${short(gradient)} × ${short(slope)}`;

/** The right one first, and what one might think else; each number once. */
function guessesOf(result: Scalar, asked: Scalar, before: number): string[][] {
  const { gradient } = result;
  const slopes = slopesTo(result, asked);
  const [slope = 0] = slopes;
  const once = gradient * slope;
  const parts = [...(before === 0 ? [] : [short(before)]), ...slopes.map((one) => product(gradient, one))];
  const guesses: readonly (readonly [number, string])[] = [
    [before + once * slopes.length, parts.join(' + ')],
    ...(before === 0
      ? []
      : [
          [once, 'only what came last'] as const,
          [before, 'only what came first'] as const,
          [(before + once) / 2, 'the mean of both'] as const,
        ]),
    ...(slopes.length > 1 ? [[once, 'one of its two uses'] as const] : []),
    [gradient, 'what came from above, as it is'],
    [slope, 'the slope of this step alone'],
    [gradient + slope, `${short(gradient)} + ${short(slope)}`],
    [gradient * asked.value, product(gradient, asked.value)],
    [-once, 'with the other sign'],
    [1, 'like the loss itself'],
  ];
  const rows = new Map<string, string>();
  for (const [value, how] of guesses) {
    const number = short(value);
    if (!rows.has(number) && rows.size < 4) {
      rows.set(number, how);
    }
  }
  return [...rows];
}

function passNote(result: Scalar, asked: Scalar, before: number, nameOf: (number: Scalar) => string): string {
  const name = nameOf(asked);
  const [slope = 0] = slopesTo(result, asked);
  const twice = slopesTo(result, asked).length > 1;
  const gradient = short(result.gradient);
  if (twice) {
    return `${name} goes in twice. Along each of the two arrows comes ${product(result.gradient, slope)}, and ${name} adds them up: ${short(asked.gradient)}.`;
  }
  const step = `${nameOf(result)} has ${gradient} from above, and this step has the slope ${short(slope)} for ${name}: ${product(result.gradient, slope)} is ${short(result.gradient * slope)}.`;
  return before === 0
    ? step
    : `${step} ${name} had ${short(before)} from its other use, and adds them up: ${short(asked.gradient)}.`;
}
