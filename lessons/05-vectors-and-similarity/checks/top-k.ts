import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [rows: number[][], query: number[], k: number];

function draw(random: Random, size: number): Inputs {
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const channels = 2 + Math.floor(size / 2);
  const vector = () => {
    // With fractions, so that no two rows point the same way by chance: right answers may round differently there.
    const drawn = Array.from({ length: channels }, () => whole(-50, 50) / 10);
    return drawn.some((value) => value !== 0) ? drawn : drawn.with(0, 1);
  };
  const rows = Array.from({ length: 1 + size }, vector);
  // Now and then a row is there twice.
  const all = random() < 0.3 ? [...rows, [...rows[0]]] : rows;
  return [all, vector(), whole(0, all.length)];
}

export const check = defineCheck<Inputs>({
  parameters: ['rows', 'query', 'k'],
  draw,
  planted: [
    {
      inputs: () => [
        [
          [1, 0],
          [0, 2],
          [3, 3],
        ],
        [0, 1],
        2,
      ],
      why: 'the worked example',
    },
    {
      inputs: () => [
        [
          [-1, 3],
          [-3, 1],
          [-1, 1],
        ],
        [1, 0],
        3,
      ],
      why: 'cosines below 0',
    },
    {
      inputs: () => [
        [
          [0, 1],
          [2, 1],
          [2, 1],
        ],
        [2, 1],
        2,
      ],
      why: 'a row that is there twice',
    },
    {
      inputs: () => [
        [
          [1, 1],
          [30, 1],
          [0, 1],
        ],
        [1, 0],
        1,
      ],
      why: 'a long arrow, and a better direction',
    },
    {
      inputs: () => [
        [
          [1, 0],
          [1e-9, 1],
          [1, 1],
        ],
        [1, 0],
        3,
      ],
      why: 'a cosine so small that it is written 1e-9',
    },
    {
      inputs: () => [
        [
          [1, 0],
          [-1, 0],
        ],
        [1, 0],
        2,
      ],
      why: 'a cosine of -1',
    },
    { inputs: () => [[[1, 2]], [1, 2], 0], why: 'nothing is asked for' },
    {
      inputs: () => [
        [
          [5, 1],
          [1, 5],
          [1, 4],
        ],
        [2, 3],
        3,
      ],
      why: 'dot products of one digit and of two',
    },
  ],
  parts: [
    {
      id: 'below-0',
      title: 'Orders cosines below 0',
      cases: [
        {
          inputs: () => [
            [
              [-1, 3],
              [-3, 1],
              [-1, 1],
            ],
            [1, 0],
            3,
          ],
          why: 'all of them are',
        },
      ],
    },
    {
      id: 'twice',
      title: 'Tells equal rows apart',
      cases: [
        {
          inputs: () => [
            [
              [0, 1],
              [2, 1],
              [2, 1],
            ],
            [2, 1],
            2,
          ],
          why: 'one is there twice',
        },
      ],
    },
  ],
  mutants: {
    'as-texts-and-once':
      'Rows with negative cosines come out in the wrong order. Try `[-0.5, -0.1].sort()` in a `run` block: what does `sort()` compare when nobody tells it?',
    'as-texts':
      '`sort()` without a comparison sorts numbers as texts, and the text "-0.5" comes behind "-0.1". Hand it a function that compares numbers.',
    once: 'Where two rows have the same cosine, you name the first one twice. Looking the value up can’t tell them apart: sort the rows’ numbers, and not their cosines.',
    'true-or-false':
      'Your comparison says whether, and not which way. `sort` wants a number: below 0 when the first of the two comes first, above 0 when the second does.',
    'sorted-itself':
      '`sort` sorts the list itself, so afterwards each value stands where it stands: 0, 1, 2 and so on. Keep the rows’ numbers beside their cosines.',
    'struck-out':
      'You strike a row out by giving it the cosine -1. That is a cosine too, of an arrow that points the opposite way: strike out with -Infinity, or sort.',
    'least-first': 'You put the least alike first. The larger the cosine, the more alike.',
    'by-dot-product': 'You order by dot product, and long arrows win. By cosine the length has no say.',
    'by-distance': 'You order by distance from tip to tip. Here only the direction counts.',
    'cosines-themselves':
      'You return the cosines. Asked for are the numbers of the rows, so that one can look them up.',
    'later-first':
      'Of rows that are equally alike you put the later one first. It should be the one with the smaller number.',
  },
});
