// The worked examples in the starters of lessons 26 to 30.

import { expect } from 'vitest';
import { type Example, near } from './workedExample.ts';

export const SEARCH_EXAMPLES: readonly Example[] = [
  [
    'pooling',
    'Divided by 5 it is [0.6, 0.8]',
    (a) =>
      a.pool!(
        [
          [3, 0],
          [0, 4],
          [9, 9],
        ],
        [1, 1, 0],
      ),
    near([0.6, 0.8], 9),
  ],
  [
    'bm25-score',
    'The result is [0.5108, 0, 0]',
    (a) =>
      a.bm25!(
        ['cat'],
        [
          ['a', 'cat'],
          ['a', 'dog'],
          ['a', 'hen'],
        ],
      ),
    near([0.5108, 0, 0], 4),
  ],
  ['bm25-score', 'so its idf is ln(2.5 / 1.5) = 0.5108', () => Math.log(2.5 / 1.5), expect.closeTo(0.5108, 4)],
  [
    'fuse',
    '[{ id: "clause 11", score: 0.2262 }, { id: "clause 10", score: 0.1667 }]',
    (a) => a.fuse!([['clause 10', 'clause 11'], ['clause 11']], [1, 0.5], 5),
    [
      { id: 'clause 11', score: expect.closeTo(0.2262, 4) },
      { id: 'clause 10', score: expect.closeTo(0.1667, 4) },
    ],
  ],
  [
    'ivf-search',
    'With the two middles that makes 4 comparisons',
    (a) =>
      a.searchLists!(
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
      ),
    { nearest: [0, 2], compared: 4 },
  ],
  [
    'chunker',
    '[{ heading: "Kiln", text: "Keep it shut.\\n\\nWait long." }, { heading: "Kiln", text: "Never open it while hot." }]',
    (a) => a.chunk!('# Kiln\n\nKeep it shut.\n\nWait long.\n\nNever open it while hot.', 5),
    [
      { heading: 'Kiln', text: 'Keep it shut.\n\nWait long.' },
      { heading: 'Kiln', text: 'Never open it while hot.' },
    ],
  ],
  [
    'prompt-builder',
    '"Cite.\\n\\n[1] Keep it shut.\\n\\nQuestion: Open it?"',
    (a) => a.buildPrompt!('Cite.', ['Keep it shut.', 'Pay six euros a week.', 'Dry it.'], 'Open it?', 9),
    'Cite.\n\n[1] Keep it shut.\n\nQuestion: Open it?',
  ],
  [
    'ndcg',
    'So for k = 3 the result is 1.6309 / 3.1309 = 0.5209',
    (a) => [
      a.ndcg!(
        ['x', 'q', 'p'],
        new Map([
          ['p', 2],
          ['q', 1],
          ['r', 1],
        ]),
        3,
      ),
      1.6309 / 3.1309,
    ],
    near([0.5209, 0.5209], 4),
  ],
  [
    'agent-loop',
    'The result is four messages: user, assistant, tool, assistant',
    (a) =>
      a.runTools!(
        async (said: readonly unknown[]) => (said.length === 1 ? 'CALL search: tea' : 'In the tin.'),
        { search: async () => 'Tea is in the tin.' },
        'Where is the tea?',
        4,
      ),
    [
      { role: 'user', content: 'Where is the tea?' },
      { role: 'assistant', content: 'CALL search: tea' },
      { role: 'tool', content: 'Tea is in the tin.' },
      { role: 'assistant', content: 'In the tin.' },
    ],
  ],
];
