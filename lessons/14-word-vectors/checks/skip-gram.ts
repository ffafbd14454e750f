import { defineCheck } from 'inside-llms/check';

type Table = readonly (readonly number[])[];
type Inputs = [
  centers: Table,
  contexts: Table,
  center: number,
  neighbour: number,
  negatives: readonly number[],
  learningRate: number,
];

export const check = defineCheck<Inputs>({
  parameters: ['centers', 'contexts', 'center', 'neighbour', 'negatives', 'learningRate'],
  draw: (random, size) => {
    const [words, channels] = [size + 4, size + 1];
    const table = () =>
      Array.from({ length: words }, () =>
        Array.from({ length: channels }, () => Math.round((random() * 2 - 1) * 100) / 100),
      );
    const center = Math.floor(random() * words);
    const neighbour = (center + 1 + Math.floor(random() * (words - 1))) % words;
    const negatives = Array.from(
      { length: 1 + size },
      () => (neighbour + 1 + Math.floor(random() * (words - 1))) % words,
    );
    return [table(), table(), center, neighbour, negatives, 0.1 + Math.round(random() * 9) / 10];
  },
  planted: [
    { inputs: () => [[[1], [0]], [[0], [0]], 0, 1, [], 1], why: 'the worked example: nothing to push away' },
    {
      inputs: () => [
        [
          [1, 0.5],
          [0, 1],
          [0.2, 0.3],
        ],
        [
          [0.4, 0.1],
          [0.5, -1],
          [1, 1],
        ],
        0,
        1,
        [2, 2],
        0.5,
      ],
      why: 'a negative that comes twice',
    },
  ],
  parts: [
    {
      id: 'one-negative',
      title: 'A word drawn by chance is pushed away',
      cases: [
        {
          inputs: () => [[[1], [0], [0]], [[0], [0], [0]], 0, 1, [2], 1],
          why: 'no word has moved yet, so the order plays no role',
        },
      ],
    },
  ],
  mutants: {
    'as-given':
      'The words drawn by chance are drawn to the centre, as if they were neighbours. And the centre’s row moves while it’s still needed, so the order of the words changes the result.',
    'all-pulled':
      'The words drawn by chance are drawn to the centre as well, as if they were neighbours. Nothing pushes anything away, so all words end up together. A negative’s label is 0.',
    'turned-round':
      'Your neighbour is pushed away, and the negatives are pulled near. The labels are the other way round: 1 for the neighbour, 0 for the negatives.',
    'minus-one':
      'A negative’s label is −1 in your step. The error compares a chance with the label, and a chance is never below 0: the label of a negative is 0.',
    uphill:
      'Your rows go up the slope, so the loss rises with each step. Subtract learning rate times error times the other row.',
    'no-sigmoid':
      'Your error is the score minus the label. Send the score through the sigmoid first: it’s a chance that is compared with the label.',
    'contexts-still':
      'Only the centre’s row moves. The rows in `contexts` learn as well, or the centres have nothing to follow.',
    'center-moves-early':
      'The centre’s row moves while you still need it: the next score is taken from a row that has already gone a step. Take all of them from the rows as they were.',
    'twice-once': 'A negative that was drawn twice counts once in your step. It should push twice.',
    'one-table':
      'You take both rows from `centers`. A word seldom stands beside itself, yet its product with itself is large; that’s why neighbours have a table of their own.',
  },
});
