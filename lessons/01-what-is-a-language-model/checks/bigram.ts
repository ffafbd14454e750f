import { defineCheck } from 'inside-llms/check';

const LETTERS = ['a', 'b', 'c', 'd', 'e', ' ', 'q'];

export const check = defineCheck<[texts: string[], characters: string[]]>({
  parameters: ['texts', 'characters'],
  draw: (random, size) => {
    const characters = LETTERS.slice(0, 2 + Math.min(size, 5));
    const texts = Array.from({ length: 1 + Math.floor(random() * size) }, () =>
      Array.from(
        { length: 1 + Math.floor(random() * 3 * size) },
        () => characters[Math.floor(random() * characters.length)],
      ).join(''),
    );
    return [texts, characters];
  },
  planted: [
    {
      inputs: () => [
        ['ab', 'ba'],
        ['a', 'b'],
      ],
      why: 'joined, the texts would hold the pair bb',
    },
    { inputs: () => [['ab'], ['a', 'b']], why: 'nothing follows b' },
    { inputs: () => [[''], ['a', 'b']], why: 'no pair at all' },
    { inputs: () => [['aaab'], ['a', 'b']], why: 'one pair comes twice, and one once' },
    {
      inputs: () => [
        ['ab', 'ab', 'aa'],
        ['a', 'b'],
      ],
      why: 'a text that is there twice counts twice',
    },
  ],
  parts: [
    {
      id: 'pairs',
      title: 'Counts the pairs of one text',
      cases: [
        { inputs: () => [['abab'], ['a', 'b']], why: 'each is followed by the other' },
        { inputs: () => [['aabba'], ['a', 'b']], why: 'each is followed by both' },
      ],
    },
  ],
  invariants: [
    {
      holds: (result) => (result as number[][]).every((row) => Math.abs(row.reduce((a, b) => a + b, 0) - 1) < 1e-6),
      otherwise: 'Each row should sum to 1: it shares out all that can follow one character.',
    },
  ],
  mutants: {
    'grand-total':
      'All your cells together sum to 1. Each row should: a row is the question “what follows this character?”, and its answers share 1 among them.',
    columns:
      'Each of your columns sums to 1; each row should. You answer “what came before?”, and the question is “what comes next?”.',
    joined:
      'You count pairs that reach from the end of one text into the start of the next. Nobody wrote those two characters side by side.',
    'divides-by-zero': 'A character that nothing followed has a row of NaN: 0 divided by 0. Give it equal shares.',
    'zero-row':
      'A character that nothing followed has a row of zeros, and a row should sum to 1. You know nothing about what comes next, so give all the same share.',
    'counts-only': 'These are the counts. Divide each row by its sum, and they become shares.',
    'lends-one':
      'You lend one count to every pair. That is smoothing, and a good thing to have, but here the shares should be those that were counted.',
    'by-occurrence':
      'You divide by how often a character occurs. At the end of a text nothing follows it: divide by the sum of its row, and the row sums to 1.',
    'once-a-pair': 'You note that a pair occurs, and not how often: each time it comes, its count should grow by 1.',
  },
});
