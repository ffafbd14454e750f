import { defineCheck } from 'inside-llms/check';

type Inputs = [weights: number[], bias: number, rows: number[][]];

export const check = defineCheck<Inputs>({
  parameters: ['weights', 'bias', 'rows'],
  draw: (random, size) => {
    const whole = () => Math.floor(random() * 9) - 4;
    const [D, B] = [size + 1, 2 * size + 1];
    const weights = Array.from({ length: D }, whole);
    return [weights, whole() + 0.5, Array.from({ length: B }, () => Array.from({ length: D }, whole))];
  },
  planted: [
    { inputs: () => [[-1, -1], 5, [[3, 1]]], why: 'the worked example' },
    { inputs: () => [[-1, -1], 5, [[2, 3]]], why: 'a score of exactly 0' },
    { inputs: () => [[1, 1], -1.5, [[1, 0]]], why: 'the bias alone decides' },
    { inputs: () => [[1, 1], -1.5, [[1, 1]]], why: 'the bias counts once' },
    { inputs: () => [[1, -3], 0.5, [[2, 1]]], why: 'the second input decides' },
  ],
  parts: [
    {
      id: 'one-row',
      title: 'One row right',
      cases: [
        { inputs: () => [[-1, -1], 5, [[3, 1]]], why: 'a clear yes' },
        { inputs: () => [[-1, -1], 5, [[4, 3]]], why: 'a clear no' },
      ],
    },
  ],
  invariants: [
    {
      holds: (result, [, , rows]) => (result as number[]).length === rows.length,
      otherwise: 'There should be one answer for each row.',
    },
    {
      holds: (result) => (result as number[]).every((answer) => answer === 0 || answer === 1),
      otherwise: 'Each answer should be 0 or 1.',
    },
  ],
  mutants: {
    'no-bias':
      'The bias is missing from your sum. Without it every line goes through the place where all inputs are 0.',
    'zero-is-yes':
      'A score of exactly 0 gets a yes from you. Here the line itself belongs to the no: only a score above 0 is a yes.',
    scores: 'These are the scores. The answer says on which side of 0 a score is: 1 above it, else 0.',
    'minus-one': 'Your no is −1. Here it is 0, so that the right answer minus the given one is 1, 0 or −1.',
    'turned-round': 'Your answers are all turned round: a score above 0 is a yes, and yes is 1.',
    'bias-each-time': 'You add the bias once for each input. It belongs to the sum, once.',
    'sum-carried-over': 'The sum of one row is carried over into the next. Each row begins anew, at the bias.',
    'above-bias': 'You compare the sum with the bias. The bias is a part of the sum, and the sum is compared with 0.',
    'first-input': 'Only the first input is weighed. The score adds up all of them, each times its own weight.',
  },
});
