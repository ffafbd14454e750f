import { defineCheck } from 'inside-llms/check';

const QUESTIONS = ['new', 'transposed', 'column', 'ghosts', 'walk'] as const;
type Question = (typeof QUESTIONS)[number];

const RIGHT: Readonly<Record<Question, readonly number[]>> = {
  new: [15, 5, 1],
  transposed: [1, 5],
  column: [2, 5],
  ghosts: [0, 1],
  walk: [0, 5, 10, 1],
};

/** What a wrong guess tells of: said wherever it is made, whatever the other answers are. */
const TYPICAL = {
  'columns-first': {
    question: 'new',
    guess: [1, 2, 6],
    told: 'In these strides the first axis is the one with stride 1: columns first, as in Fortran. Here the last axis has stride 1.',
  },
  'sizes-for-strides': {
    question: 'new',
    guess: [2, 3, 5],
    told: 'That is the shape. A stride says how far apart neighbours lie: one step on the first axis skips a whole table of 3 by 5.',
  },
  recomputed: {
    question: 'transposed',
    guess: [3, 1],
    told: 'A new list of shape (5, 3) would have these strides. But no number has moved: the two old strides change places.',
  },
  'row-for-column': {
    question: 'column',
    guess: [10, 1],
    told: 'That is row 2, which begins at place 10. Column 2 begins at the third number of the first row.',
  },
  'written-down': {
    question: 'ghosts',
    guess: [5, 1],
    told: 'So it would be if the row had been written down three times. Ghosts exist only in the reading: one row down is 0 places further.',
  },
  undone: {
    question: 'walk',
    guess: [0, 1, 2, 3],
    told: 'Reshaping does not undo the transpose. It keeps the cells in the order in which you would read them now: down what was a column.',
  },
} as const satisfies Record<string, { question: Question; guess: readonly number[]; told: string }>;

const isRight = (question: Question, given: unknown) => JSON.stringify(given) === JSON.stringify(RIGHT[question]);
const notIt = (given: unknown) => `${JSON.stringify(given)}, which isn't it`;

export const check = defineCheck<[question: Question]>({
  parameters: ['question'],
  // In their order: the first that isn't answered yet is named.
  draw: (_random, size) => [QUESTIONS[(size - 1) % QUESTIONS.length]],
  planted: QUESTIONS.map((question) => ({ inputs: () => [question], why: 'each is asked' })),
  // The numbers themselves would give the answer away.
  compared: (result, [question]) => (isRight(question, result) ? 'the right numbers' : notIt(result)),
  invariants: [
    ...Object.values(TYPICAL).map(({ question, guess, told }) => ({
      holds: (result: unknown, [asked]: [Question]) => asked !== question || result !== notIt(guess),
      otherwise: told,
    })),
    {
      holds: (result) => result === 'the right numbers',
      otherwise:
        'These numbers are not it yet. Draw the list as a row of places, mark the first cell, and count to its neighbours.',
    },
  ],
  mutants: {
    ...Object.fromEntries(Object.entries(TYPICAL).map(([name, { told }]) => [name, told])),
    bytes: 'You count in bytes, as NumPy does. Here a stride counts numbers: divide by 4.',
  },
});
