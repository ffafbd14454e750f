import { defineCheck } from 'inside-llms/check';

export const check = defineCheck<[found: string[], grades: Map<string, number>, k: number]>({
  parameters: ['found', 'grades', 'k'],
  draw: (random, size) => {
    const names = ['p', 'q', 'r', 's', 't', 'u', 'v', 'w'].slice(0, size + 2);
    const grades = new Map<string, number>();
    for (const name of names) {
      if (random() < 0.6) {
        grades.set(name, 1 + Math.floor(random() * 3));
      }
    }
    const found = names
      .map((name) => ({ name, at: random() }))
      .sort((a, b) => a.at - b.at)
      .slice(0, 1 + Math.floor(random() * names.length))
      .map(({ name }) => name);
    return [found, grades, 1 + Math.floor(random() * (size + 1))];
  },
  planted: [
    {
      inputs: () => [
        ['x', 'q', 'p'],
        new Map([
          ['p', 2],
          ['q', 1],
          ['r', 1],
        ]),
        3,
      ],
      why: 'the example: one passage was not found',
    },
    { inputs: () => [['x', 'y'], new Map(), 2], why: 'nothing to find' },
    { inputs: () => [['p', 'p'], new Map([['p', 1]]), 2], why: 'a hit that comes twice, as two chunks of one page do' },
    {
      inputs: () => [
        ['p'],
        new Map([
          ['p', 1],
          ['q', 1],
          ['r', 1],
        ]),
        1,
      ],
      why: 'with one place, one right hit is perfect',
    },
    {
      inputs: () => [
        ['q', 'p'],
        new Map([
          ['p', 3],
          ['q', 1],
        ]),
        2,
      ],
      why: 'both are found, in the worse order',
    },
    {
      inputs: () => [
        ['p', 'q'],
        new Map([
          ['q', 9],
          ['p', 10],
        ]),
        2,
      ],
      why: 'grades of one digit and of two',
    },
    {
      inputs: () => [
        ['p', 'p', 'q'],
        new Map([
          ['p', 1],
          ['q', 1],
        ]),
        3,
      ],
      why: 'a hit behind one that comes twice',
    },
  ],
  parts: [
    {
      id: 'perfect',
      title: 'The best order gets 1, and no right hit gets 0',
      cases: [
        { inputs: () => [['p'], new Map([['p', 2]]), 1], why: 'perfect' },
        { inputs: () => [['x'], new Map([['p', 2]]), 1], why: 'missed' },
      ],
    },
  ],
  invariants: [
    {
      holds: (result) => !((result as number) < 0 || (result as number) > 1 + 1e-9),
      otherwise: 'The result should lie between 0 and 1: nothing is better than the best possible order.',
    },
  ],
  mutants: {
    'not-normalised':
      'Your number is the DCG itself, which is larger where there is more to find. Divide it by the DCG of the best possible order.',
    'best-of-found':
      'You divide by the best order of what was found. Then a search that finds one passage of ten is perfect: the best possible order has all graded passages.',
    'no-discount':
      'A hit counts the same at every place. Divide its grade by log2(place + 1), or the order doesn’t matter.',
    'best-without-k':
      'The best possible order may use more than k places in your sum. It has as many places as the search: cut both at k.',
    'place-from-0':
      'Your first place is 0, and log2(0 + 1) is 0: you divide by it. The first place is 1, so its gain is divided by log2(2), which is 1.',
    'counts-twice':
      'A passage that is found twice gains twice in your sum, and a search that repeats itself would win. It gains once, where it first stands.',
    'nothing-to-find': 'Where nothing has a grade you divide 0 by 0. There was nothing to find: the result is 0.',
    'all-grades-alike':
      'You count every graded passage as 1. One that answers, with the grade 2, should gain twice as much as one that only belongs to the answer.',
    'sorted-as-texts':
      '`sort()` without a comparison sorts numbers as texts, and "10" comes before "9". Hand it a function that compares numbers.',
    'best-unsorted':
      'You take the grades as the map has them for the best order there could be. It begins with the largest grade: sort them first.',
    'moves-up':
      'You take a repeated hit out of the list, and all that is behind it moves up. It gains nothing, but it still fills its place.',
    'graded-only':
      'You leave out the hits without a grade, and those behind them move up. They gain nothing, but they fill their places.',
    'beyond-k': 'Your sums go beyond place k. Nobody looks further than k: cut both orders there.',
    'power-gain':
      'A grade gains 2^grade - 1 in your sum. That is the other convention, which favours high grades; here the grade itself is the gain.',
  },
});
