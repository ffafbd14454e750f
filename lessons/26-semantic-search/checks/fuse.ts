import { defineCheck } from 'inside-llms/check';

interface Fused {
  id: string;
  score: number;
}

type Inputs = [lists: string[][], weights: number[], k: number];

export const check = defineCheck<Inputs>({
  parameters: ['lists', 'weights', 'k'],
  draw: (random, size) => {
    const ids = ['c', 'a', 'f', 'd', 'b', 'e', 'g'].slice(0, size + 1);
    const list = () =>
      ids
        .map((id) => ({ id, at: random() }))
        .sort((one, other) => one.at - other.at)
        .slice(0, 1 + Math.floor(random() * ids.length))
        .map(({ id }) => id);
    const lists = Array.from({ length: 2 + (size % 2) }, list);
    return [lists, lists.map(() => Math.round(10 + random() * 90) / 100), 1 + Math.floor(random() * 9)];
  },
  planted: [
    { inputs: () => [[['clause 10', 'clause 11'], ['clause 11']], [1, 0.5], 5], why: 'the example' },
    {
      inputs: () => [
        [
          ['b', 'a'],
          ['a', 'b'],
        ],
        [1, 1],
        5,
      ],
      why: 'two ids with one score',
    },
    { inputs: () => [[['c', 'a', 'b'], ['d']], [1, 0.7], 5], why: 'an id that only the second list has' },
    { inputs: () => [[['a', 'b'], []], [1, 1], 60], why: 'a list that found nothing' },
  ],
  parts: [
    {
      id: 'one-list',
      title: 'One list alone',
      cases: [{ inputs: () => [[['b', 'a']], [1], 5], why: 'its own order, with 1/6 and 1/7' }],
    },
  ],
  invariants: [
    {
      holds: (result, [lists]) => (result as unknown[]).length === new Set(lists.flat()).size,
      otherwise: 'Each id of any list should come once in the result.',
    },
    {
      holds: (result) => (result as Fused[]).every(({ score }, i, all) => i === 0 || !(score > all[i - 1].score)),
      otherwise: 'The highest score should come first, and the lowest last.',
    },
    {
      holds: (result) =>
        (result as Fused[]).every(
          ({ id, score }, i, all) => i === 0 || score !== all[i - 1].score || id > all[i - 1].id,
        ),
      otherwise: 'Two ids have the same score. Then the one that comes first in the alphabet should stand first.',
    },
  ],
  mutants: {
    'place-from-0': 'Your first place counts as 0. The first place is 1, so the best of a list gets weight / (k + 1).',
    'only-in-both':
      'You drop what isn’t in all lists. What one search alone has found may be the very thing: it keeps what that list gives.',
    'absent-is-last':
      'You give an id something for a list that doesn’t have it, as if it stood behind the end. A list that didn’t find it gives nothing.',
    'best-place':
      'You keep only the most that any list gives to an id. What the lists give is added up: found by both counts for more.',
    'no-weights': 'All lists count the same in your sum. Each gives its own weight / (k + place).',
    'worst-first': 'Your list begins with the lowest score. The best should come first.',
    'weight-below':
      'You put the weight below the line, so that a larger weight makes a list count less. It belongs above: weight / (k + place).',
    'as-they-come':
      'The scores are right, and the order isn’t: the ids come out as the lists brought them. Sort by score at the end, with a comparison that returns a number, and not true or false.',
    overwritten:
      'An id keeps what the last list gave it, and what earlier lists gave is lost. Add to what it has so far.',
  },
});
