import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [
  query: number[],
  vectors: number[][],
  middles: number[][],
  lists: number[][],
  probes: number,
  top: number,
];

/** A vector of length 1, its numbers drawn in tenths first. */
function drawUnit(random: Random, C: number): number[] {
  const drawn = Array.from({ length: C }, () => Math.round(random() * 20 - 10) / 10);
  const length = Math.sqrt(drawn.reduce((sum, value) => sum + value * value, 0));
  return length === 0 ? drawUnit(random, C) : drawn.map((value) => value / length);
}

export const check = defineCheck<Inputs>({
  parameters: ['query', 'vectors', 'middles', 'lists', 'probes', 'top'],
  draw: (random, size) => {
    const [N, K, C] = [2 * size + 3, Math.min(size + 1, 4), size === 1 ? 2 : 3];
    const vectors = Array.from({ length: N }, () => drawUnit(random, C));
    const middles = Array.from({ length: K }, () => drawUnit(random, C));
    const lists: number[][] = middles.map(() => []);
    for (const i of vectors.keys()) {
      lists[Math.floor(random() * K)].push(i);
    }
    return [drawUnit(random, C), vectors, middles, lists, 1 + Math.floor(random() * K), 1 + Math.floor(random() * 4)];
  },
  planted: [
    {
      inputs: () => [
        [0.8, 0.6],
        [
          [1, 0],
          [0.6, 0.8],
          [0, -1],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        [[0, 2], [1]],
        1,
        2,
      ],
      why: 'the nearest but one is in the list that stays shut',
    },
    {
      inputs: () => [
        [1, 0],
        [
          [0, 1],
          [0.8, 0.6],
          [0.6, 0.8],
          [1, 0],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        [
          [1, 2],
          [0, 3],
        ],
        2,
        3,
      ],
      why: 'the best of all is in the second list',
    },
    {
      inputs: () => [
        [1, 0],
        [
          [0, 1],
          [0.6, 0.8],
        ],
        [
          [1, 0],
          [-1, 0],
        ],
        [[], [0, 1]],
        1,
        2,
      ],
      why: 'the nearest list is empty: nothing is found, and two were compared',
    },
    {
      inputs: () => [
        [1, 0],
        [
          [0.6, 0.8],
          [0, 1],
          [0.6, 0.8],
        ],
        [
          [1, 0],
          [0, 1],
        ],
        [[2], [0, 1]],
        2,
        2,
      ],
      why: 'two equal vectors, and the lower place is in the second list',
    },
  ],
  parts: [
    {
      id: 'one-list',
      title: 'One list that holds everything',
      cases: [
        {
          inputs: () => [
            [1, 0],
            [
              [0, 1],
              [1, 0],
              [0.8, 0.6],
            ],
            [[1, 0]],
            [[0, 1, 2]],
            1,
            2,
          ],
          why: 'a scan, and one middle',
        },
      ],
    },
  ],
  invariants: [
    {
      holds: (result, [, , , , , top]) => (result as { nearest: number[] }).nearest.length <= top,
      otherwise: 'At most `top` places should come back.',
    },
    {
      holds: (result, [, vectors, middles]) =>
        (result as { compared: number }).compared <= middles.length + vectors.length,
      otherwise: 'You count more comparisons than there are middles and vectors.',
    },
  ],
  mutants: {
    'one-list':
      'You open one list, whatever the probes are. In the town that found none of the five: open as many of the nearest lists as were asked for.',
    'farthest-lists':
      'You open the lists whose middles are farthest. A larger product means nearer, so the order begins with the largest.',
    'list-by-list':
      'You hand out the best of the first list, then those of the next. What the opened lists hold is one heap: order it as a whole.',
    'place-in-list':
      'You return where a vector stands in its list. What is asked for is its place among all vectors, which the list holds.',
    scan: 'You compare the query with every vector. That’s a scan: it misses nothing, and the lists save nothing.',
    'forgets-middles':
      'Your neighbours are right, and your bill is too low: the query was compared with every middle as well.',
    'farthest-first':
      'You put the vectors with the smallest products first. With vectors of length 1, the largest product is the nearest.',
    'first-lists':
      'You open the first lists in their order, and never look at the middles. Ask the middles which lists are near.',
    'counts-opened':
      'Of the middles you count those whose lists were opened. The query was compared with all of them: how else would you know which are nearest?',
    'skips-empty':
      'You pass over empty lists and open others for them. Open the nearest lists, whatever they hold: an index can’t know what it doesn’t look into.',
  },
});
