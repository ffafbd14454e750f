import { defineCheck } from 'inside-llms/check';

type Inputs = [weights: number[], bias: number, rows: number[][], targets: number[], rate: number];

const right = (): Inputs => [[-1, -1], 5, [[3, 1]], [1], 1];
const wrongYes = (): Inputs => [[1, 2], 0, [[3, 1]], [0], 1];

export const check = defineCheck<Inputs>({
  parameters: ['weights', 'bias', 'rows', 'targets', 'rate'],
  draw: (random, size) => {
    const whole = () => Math.floor(random() * 7) - 3;
    const [D, B] = [size + 1, 2 * size];
    const row = () => Array.from({ length: D }, whole);
    const targets = Array.from({ length: B }, () => (random() < 0.5 ? 1 : 0));
    return [row(), whole(), Array.from({ length: B }, row), targets, 0.5];
  },
  planted: [
    { inputs: () => [[0, 0], 0, [[0, 2]], [1], 1], why: 'the worked example: a wrong no' },
    { inputs: wrongYes, why: 'a wrong yes' },
    { inputs: right, why: 'a right yes changes nothing' },
    {
      inputs: () => [
        [0, 0],
        0,
        [
          [1, 2],
          [1, 2],
        ],
        [1, 1],
        1,
      ],
      why: 'the second row is right by then',
    },
    {
      inputs: () => [
        [0, 0],
        0,
        [
          [1, 2],
          [3, 1],
        ],
        [1, 0],
        1,
      ],
      why: 'the first change makes the second row wrong',
    },
    { inputs: () => [[1, 2], 0, [[3, 1]], [0], 0.25], why: 'a rate of a quarter' },
  ],
  parts: [
    {
      id: 'right-row',
      title: 'A right answer changes nothing',
      cases: [{ inputs: right, why: 'a right yes' }],
    },
    { id: 'wrong-yes', title: 'A wrong yes', cases: [{ inputs: wrongYes, why: 'one row' }] },
  ],
  invariants: [
    {
      holds: (result, [weights]) => (result as { weights: number[] }).weights.length === weights.length,
      otherwise: 'There should be as many weights after the round as before it.',
    },
  ],
  mutants: {
    'always-changes':
      'Your weights change after right answers as well, and so they never come to rest. Only a mistake moves them: the error is the right answer minus the given one, and 0 where they agree.',
    'wrong-way':
      'Your weights move the wrong way: after a wrong no the score of that row should rise, and here it falls. The error is the right answer minus the given one.',
    'bias-left': 'The bias never changes. It learns as a weight does whose input is always 1.',
    'inputs-left-out':
      'All your weights change by the same amount. Each should change by its own input: one whose input was 0 had no part in the mistake.',
    'old-weights':
      'You judge every row by the weights that the round began with. Each row should be judged by the weights as they are by then.',
    'rate-left-out': 'The rate is missing: each change should be rate times as large.',
    'bias-without-rate': 'The weights change by the rate, and the bias by a whole 1. The rate belongs to both.',
    'only-wrong-no':
      'Only a wrong no is corrected. After a wrong yes the inputs have to be taken off, or the weights can only grow.',
    'without-sign':
      'Every mistake moves your weights the same way. After a wrong yes the inputs have to be taken off: the error is then −1.',
    'when-right':
      'Your weights move after right answers, and stay as they are after mistakes. It should be the other way round.',
    'bias-always': 'Your weights rest after a right answer, but the bias still moves. The same error belongs to both.',
    'first-mistake': 'You stop after the first mistake. A round goes on to the last row, with the new weights.',
  },
});
