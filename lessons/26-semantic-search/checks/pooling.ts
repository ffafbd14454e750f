import { defineCheck } from 'inside-llms/check';

const LARGEST =
  'You keep the largest number of each column. That is pooling as well, but this model was trained with the mean: add the tokens’ vectors up.';

export const check = defineCheck<[states: number[][], mask: number[]]>({
  parameters: ['states', 'mask'],
  draw: (random, size) => {
    const [T, C] = [size + 1, 2 * size + 1];
    const states = Array.from({ length: T }, () =>
      Array.from({ length: C }, () => Math.round(random() * 80 - 40) / 10),
    );
    const tokens = 1 + Math.floor(random() * T);
    return [states, states.map((_, t) => (t < tokens ? 1 : 0))];
  },
  planted: [
    {
      inputs: () => [
        [
          [3, 0],
          [0, 4],
          [9, 9],
        ],
        [1, 1, 0],
      ],
      why: 'padding that is not 0, as models leave it',
    },
    {
      inputs: () => [
        [
          [8, 0, 0],
          [0, 1, 0],
        ],
        [1, 1],
      ],
      why: 'a long row and a short one, both of them tokens',
    },
    {
      inputs: () => [
        [
          [1, 2, -3],
          [-2, 1, 4],
          [1, -3, -1],
        ],
        [1, 1, 1],
      ],
      why: 'the tokens cancel, and a length of 0 divides nothing',
    },
    {
      inputs: () => [
        [
          [9, 9, 1],
          [3, 0, 0],
          [9, 1, 9],
          [0, 4, 0],
        ],
        [0, 1, 0, 1],
      ],
      why: 'padding before and between the tokens',
    },
  ],
  parts: [
    {
      id: 'one-token',
      title: 'One token, no padding',
      cases: [{ inputs: () => [[[3, 4]], [1]], why: 'its own direction' }],
    },
  ],
  invariants: [
    {
      holds: (result, [states]) => (result as number[]).length === states[0].length,
      otherwise: 'The result should have C numbers, one for each column of the states.',
    },
    {
      holds: (result) => {
        const squares = (result as number[]).reduce((sum, value) => sum + value * value, 0);
        return squares === 0 || Math.abs(squares - 1) < 1e-3;
      },
      otherwise:
        'Your vector’s length isn’t 1. A length is the root of the sum of the squares: divide each number by it, and by nothing else.',
    },
  ],
  mutants: {
    'counts-padding':
      'You add the rows of padding too. They belong to no word, and pull the sentence to wherever the model left them: the mask says which rows count.',
    'not-normalised':
      'Your vector is the plain mean, and its length is not 1. Divide it by its length, so that a product becomes a cosine.',
    'not-divided': 'Your vector is the plain sum, and its length is not 1. Divide it by its length at the end.',
    'each-row':
      'You bring each token’s vector to length 1 before you add them. Then “the” weighs as much as “landlord”: add first, and normalise once, at the end.',
    'first-token':
      'You take the first token’s vector for the whole text. Some models are trained for that; this one’s meaning is spread over all its tokens.',
    'sum-of-numbers':
      'You divide by the sum of the numbers. The length of a vector is the root of the sum of their squares.',
    'zero-length': 'Tokens that cancel have the length 0, and you divide by it. Leave such a vector as it is.',
    largest: LARGEST,
    'last-token':
      'Your result is the last token’s vector: each token overwrites what the ones before it left. Add them up, `+=` and not `=`.',
    'largest-of-all': LARGEST,
  },
});
