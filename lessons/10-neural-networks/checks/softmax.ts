import { mul, randn, type Tensor, tensor } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

export const check = defineCheck<[scores: Tensor]>({
  parameters: ['scores'],
  draw: (random, size) => [mul(randn([size, size + 2], random), tensor(3))],
  planted: [
    { inputs: () => [tensor([[2, 1, 0]])], why: 'the worked example' },
    {
      inputs: () => [
        tensor([
          [2, 1, 0],
          [0, 3, 1],
        ]),
      ],
      why: 'rows and columns share out differently',
    },
    { inputs: () => [tensor([[102, 101, 100]])], why: 'scores over 89, where e^score is too large for 32 bits' },
    {
      inputs: () => [
        tensor([
          [1002, 1001, 1000],
          [2, 1, 0],
        ]),
      ],
      why: 'rows 1,000 apart',
    },
    { inputs: () => [tensor([[1, -1, 0]])], why: 'scores that sum to 0' },
    { inputs: () => [tensor([[-3, -2, -7]])], why: 'no score above 0' },
    {
      inputs: () => [
        tensor([
          [
            [1, 2, 4],
            [0, 0, 3],
          ],
        ]),
      ],
      why: 'three axes',
    },
    { inputs: () => [tensor([1, 2, 4])], why: 'one axis' },
  ],
  parts: [
    {
      id: 'one-row',
      title: 'One row right',
      cases: [{ inputs: () => [tensor([[2, 1, 0]])], why: 'the worked example' }],
    },
  ],
  invariants: [
    {
      holds: (result, [scores]) => (result as Tensor).shape.join() === scores.shape.join(),
      otherwise: 'There should be one share for each score, in the same shape.',
    },
    {
      holds: (result) => (result as Tensor).toFlat().every((share) => share >= 0 && share <= 1 + 1e-6),
      otherwise: 'Each share should be a number from 0 to 1.',
    },
  ],
  mutants: {
    'wrong-axis':
      'Each column sums to 1; each row should. The softmax runs over the wrong axis: the classes stand along the last one.',
    'no-largest':
      'Scores over 89 give NaN: e to that power is more than 32 bits can hold, and too large divided by too large is no number. Take the largest score off first.',
    'largest-of-all':
      'You take off the largest score of the whole tensor. A row far below it is left with nothing but zeros, and 0 divided by 0 is NaN: take off the largest of each row.',
    'largest-off-above-only':
      'You take the largest score off above the line, but not in the sum below it. Only in both does it cancel: add up the powers that you already have.',
    'largest-minus-score':
      'Your lowest score gets the largest share. Take the largest off the scores, not the scores off the largest.',
    'largest-of-column':
      'You take off the largest of each column. Within a row that takes different numbers off the scores, and only one number for a whole row cancels.',
    'raw-sum': 'You divide by the sum of the scores themselves. Divide by the sum of what you made of them, e^score.',
    'sum-of-all': 'All your shares together sum to 1. Each row should: every row is a question of its own.',
    'powers-only': 'These are positive, but they don’t sum to 1 yet. Divide each row by its sum.',
    'no-powers':
      'You share out the scores themselves. One below 0 would get a share below 0: raise e to their power first.',
    'largest-divided':
      'You divide by the largest score, and that changes the shares. Take it off instead: what is subtracted from all scores cancels.',
  },
});
