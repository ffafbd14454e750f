import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [word: string, logProbabilities: Map<string, number>];

/** Pieces in another order are as likely. So that there is one right answer, such words are drawn again. */
function draw(random: Random, size: number): Inputs {
  const drawn = drawAny(random, size);
  return bestCuts(...drawn) === 1 ? drawn : draw(random, size);
}

/** How many cuts are as likely as the likeliest. */
function bestCuts(word: string, logProbabilities: Map<string, number>): number {
  const borders = [{ best: 0, ways: 1 }];
  for (let to = 1; to <= word.length; to++) {
    const scores = borders.map(({ best }, from) => best + (logProbabilities.get(word.slice(from, to)) ?? -Infinity));
    const best = Math.max(...scores);
    const ways = borders.reduce((sum, border, from) => sum + (best - scores[from] < 1e-9 ? border.ways : 0), 0);
    borders.push({ best, ways });
  }
  return borders[word.length].ways;
}

function drawAny(random: Random, size: number): Inputs {
  const whole = (n: number) => Math.floor(random() * n);
  const letters = 'abc'.slice(0, 2 + whole(2));
  const text = (length: number) => Array.from({ length }, () => letters[whole(letters.length)]).join('');
  // Two digits, and a little that is different for each.
  const score = () => -(1 + whole(400) / 100 + random() / 1e4);
  const pieces = new Set([...letters, ...Array.from({ length: 4 * size }, () => text(2 + whole(3)))]);
  return [text(2 + size + whole(2 * size)), new Map(Array.from(pieces, (piece) => [piece, score()]))];
}

export const check = defineCheck<Inputs>({
  parameters: ['word', 'logProbabilities'],
  draw,
  planted: [
    {
      inputs: () => [
        'nowhere',
        new Map([
          ['no', -2.3],
          ['where', -2.81],
          ['now', -3],
          ['here', -2.53],
          ...Array.from('nowher', (letter): [string, number] => [letter, -6]),
        ]),
      ],
      why: 'the lesson’s word',
    },
    {
      inputs: () => [
        'abcd'.repeat(80),
        new Map([
          ['a', -3],
          ['b', -3.1],
          ['ab', -5],
          ['c', -3.2],
          ['d', -3.3],
          ['cd', -9],
        ]),
      ],
      why: 'so long that the product of its probabilities is 0 to a computer',
    },
    {
      inputs: () => [
        'abcd',
        new Map([
          ['a', -1],
          ['b', -1],
          ['c', -1],
          ['d', -1],
          ['abcd', -4.5],
          ['abc', -3.9],
        ]),
      ],
      why: 'many likely pieces beat one unlikely piece',
    },
    { inputs: () => ['', new Map([['a', -1]])], why: 'nothing to cut' },
  ],
  parts: [
    {
      id: 'two-letters',
      title: 'Cuts a word of two letters',
      cases: [
        {
          inputs: () => [
            'ab',
            new Map([
              ['a', -1],
              ['b', -1],
              ['ab', -1.5],
            ]),
          ],
          why: 'one piece is likelier',
        },
        {
          inputs: () => [
            'ab',
            new Map([
              ['a', -1],
              ['b', -1],
              ['ab', -2.5],
            ]),
          ],
          why: 'two pieces are',
        },
      ],
    },
  ],
  invariants: [
    {
      holds: (result, [word]) => (result as string[]).join('') === word,
      otherwise:
        'Your pieces, joined, are not the word. Each border’s note says where its last piece begins: the next note to read is there.',
    },
  ],
  mutants: {
    'longest-first':
      'You take the longest piece that fits, from the left. That is WordPiece’s rule: here the whole cuts are compared.',
    'likeliest-next':
      'You take the likeliest piece at each place and never look back. A likely beginning can lead to a dear end: compare the sums up to each border.',
    'fewest-pieces':
      'You look for the fewest pieces. Few pieces often win, but what counts is the sum: two likely ones can beat one that is rare.',
    'smallest-sum':
      'You keep the smallest sum. The numbers are below 0: the likeliest way is the one nearest to 0, so the largest.',
    'multiplied-logs': 'You multiply the logarithms. The product of probabilities is the sum of their logarithms.',
    underflow:
      'You multiply the probabilities themselves. For a long word the product is so small that a computer writes 0, and then no cut is better than another: add logarithms.',
    reversed:
      'Your pieces are the right ones, in the wrong order. The notes are read from the last border back, so the last piece is found first.',
    'strangers-free':
      'Your cut holds a piece that nobody knows. A stretch that isn’t in the map can’t be taken, and a border that no way has reached has no score yet: both are -Infinity, for 0 would beat all others.',
    'no-notes':
      'You get the whole word back, for no border got its note. Begin each border’s best score with -Infinity, and note `from` whenever a way is better.',
  },
});
