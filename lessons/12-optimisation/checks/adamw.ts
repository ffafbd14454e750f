import { defineCheck } from 'inside-llms/check';

interface State {
  readonly weights: readonly number[];
  readonly slopes: readonly number[];
  readonly squares: readonly number[];
  readonly step: number;
}
interface Settings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
}
type Inputs = [weights: number[], gradients: number[][], settings: Settings];
type Step = (state: State, gradient: readonly number[], settings: Settings) => State;

const usual: Settings = { rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, decay: 0.1 };
const first = (): Inputs => [[2, -1], [[10, 0.5]], { ...usual, decay: 0 }];

export const check = defineCheck<Inputs>({
  parameters: ['weights', 'gradients of the steps', 'settings'],
  draw: (random, size) => {
    const count = 1 + (size % 3);
    const numbers = () => Array.from({ length: count }, () => Math.round(random() * 40 - 20) / 8);
    return [numbers(), Array.from({ length: size + 1 }, numbers), { ...usual, rate: 0.02 * size }];
  },
  planted: [
    { inputs: () => [[2], [[10]], { ...usual, decay: 0.5 }], why: 'the worked example' },
    { inputs: () => [[1], [[1], [1], [1]], usual], why: 'the first three steps, where the averages are far too small' },
    {
      inputs: () => [[0.5], [[1e-6], [2e-6], [-1e-6]], usual],
      why: 'gradients near 1e-6: epsilon counts inside the root',
    },
    {
      inputs: () => [
        [8, 8],
        [
          [100, 0.01],
          [100, 0.01],
        ],
        { ...usual, decay: 0.5 },
      ],
      why: 'decay, apart from the slopes',
    },
    { inputs: () => [[1], [[0], [0]], usual], why: 'nothing comes back: only decay moves it' },
  ],
  run: (answer, [weights, gradients, settings]) => {
    const zeros = weights.map(() => 0);
    let state: State = { weights: [...weights], slopes: zeros, squares: zeros, step: 0 };
    return gradients.map((gradient) => {
      state = (answer.adamwStep as Step)(state, gradient, settings);
      return [...state.weights];
    });
  },
  invariants: [
    {
      holds: (result, [weights, gradients, { rate, decay }]) =>
        ((result as number[][])[0] as number[]).every(
          (weight, i) => !((weight - (weights[i] as number) * (1 - rate * decay)) * (gradients[0]?.[i] as number) > 0),
        ),
      otherwise: 'Your weight goes up the slope. Beside the decay, the first step goes against the gradient.',
    },
    {
      holds: (result, [weights, gradients, { rate, decay }]) =>
        ((result as number[][])[0] as number[]).every((weight, i) => {
          const shrunk = (weights[i] as number) * (1 - rate * decay);
          return (
            Math.abs(Math.abs(weight - shrunk) - rate) < 0.1 * rate || Math.abs(gradients[0]?.[i] as number) < 1e-3
          );
        }),
      otherwise:
        'Whatever the gradient, the first step has the length of the rate, beside the decay: both corrected averages are the gradient and its square.',
    },
  ],
  parts: [{ id: 'first', title: 'The first step, without decay', cases: [{ inputs: first, why: 't = 1' }] }],
  mutants: {
    'no-correction':
      'Both averages began at zero and are too small at first. Divide them by 1 - beta^t, or your first three steps have the wrong length.',
    'counts-from-zero':
      'Your t is 0 at the first step, so 1 - beta^0 is 0 and you divide by it. The first step has t = 1.',
    'step-stands':
      'Every step of yours is the first one: the step that you return isn’t counted up. So the correction never fades out, and the steps get too long.',
    'averages-forgotten':
      'You return the old averages, so each step begins again from zeros. Return the new slopes and squares, as they were before the correction.',
    'corrected-kept':
      'You keep the corrected averages for the next step, and then correct them again. Return slopes and squares as they were before that division.',
    'no-decay':
      'Your step is Adam without the W: nothing shrinks the weight. Take rate × decay × weight off it as well.',
    'decay-last':
      'You shrink the weight after it has moved, so the step shrinks with it. Take the decay from the weight as it was.',
    'decay-in-gradient':
      'You add the decay to the gradient. That is L2, and it gets divided by the root like every slope. The W in AdamW keeps it apart: shrink the weight itself.',
    'epsilon-inside':
      'Your epsilon stands inside the root. There it outweighs small squares: with gradients near 1e-6 the weight hardly moves. Add it after the root.',
    'no-root':
      'You divide by the average of squares and forget its root. Then a gradient ten times as large makes a step a tenth as long.',
    'decay-without-rate':
      'Your weights shrink by decay alone. They should shrink by rate × decay, so that a smaller rate makes all of the step smaller.',
  },
});
