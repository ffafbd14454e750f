import { defineCheck } from 'inside-llms/check';

const WORDS = ['the', 'cat', 'dog', 'boiler', 'key', 'rent', 'stair'];

export const check = defineCheck<[question: string[], texts: string[][]]>({
  parameters: ['question', 'texts'],
  draw: (random, size) => {
    const words = WORDS.slice(0, 2 + Math.min(size, 5));
    // Early words come more often: a few words are in nearly all texts.
    const word = () => words[Math.floor(random() * random() * words.length)];
    const some = (most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, word);
    return [some(size), Array.from({ length: size + 2 }, () => some(2 * size + 1))];
  },
  planted: [
    {
      inputs: () => [
        ['cat'],
        [
          ['a', 'cat'],
          ['a', 'dog'],
          ['a', 'hen'],
        ],
      ],
      why: 'the example',
    },
    {
      inputs: () => [
        ['the'],
        [
          ['the', 'cat'],
          ['the', 'dog'],
          ['a', 'hen'],
        ],
      ],
      why: 'a word in most of the texts, whose idf would be negative',
    },
    {
      inputs: () => [['cat'], [['cat', 'cat', 'cat', 'dog'], ['dog'], ['hen'], ['key']]],
      why: 'one text has the word three times, and it still stands in one text',
    },
    {
      inputs: () => [['cat'], [['cat'], ['cat', 'dog', 'dog', 'dog', 'hen'], ['key'], ['rent'], ['stair']]],
      why: 'a short text and a long one have the word once each',
    },
    {
      inputs: () => [
        ['cat', 'cat'],
        [['cat'], ['dog'], ['hen', 'key']],
      ],
      why: 'a word that is asked twice',
    },
    { inputs: () => [['cat'], [['cats', 'dog'], ['cat'], ['hen'], ['key']]], why: 'a word that holds another one' },
    {
      inputs: () => [
        ['cat', 'dog'],
        [['cat', 'dog'], ['hen'], ['key'], ['rent'], ['stair']],
      ],
      why: 'two rare words in one text',
    },
  ],
  parts: [
    {
      id: 'once',
      title: 'One rare word, texts of one length',
      cases: [
        {
          inputs: () => [
            ['cat'],
            [
              ['a', 'cat'],
              ['a', 'dog'],
              ['a', 'hen'],
            ],
          ],
          why: 'the example',
        },
        {
          inputs: () => [
            ['key'],
            [
              ['a', 'cat'],
              ['a', 'key'],
              ['a', 'hen'],
              ['a', 'dog'],
            ],
          ],
          why: 'another text',
        },
      ],
    },
  ],
  invariants: [
    {
      holds: (result, [question, texts]) =>
        texts.every((text, i) => text.some((word) => question.includes(word)) || (result as number[])[i] === 0),
      otherwise: 'A text that shares no word with the question should have the score 0.',
    },
    {
      holds: (result) => (result as number[]).every((score) => !(score < 0)),
      otherwise: 'No score should be below 0: sharing a word never makes a text worse.',
    },
  ],
  mutants: {
    'plain-count':
      'Each further occurrence of a word adds as much as the first. In BM25 repeats count less and less: the count stands below the line of the fraction as well.',
    'no-idf':
      'All words tell the same in your score, so “the” counts as much as a code. Multiply by the idf, which is large for words that few texts have.',
    'no-length':
      'Long and short texts are treated alike. In a long text any word turns up more readily: the bracket with B and the length is missing.',
    'counts-all':
      'For the idf you count how often the word stands in all texts together. What is meant is in how many texts it stands, however often in each.',
    'below-zero':
      'A word that most texts have gets a negative idf, and makes a text that shares it worse. Take LEAST where the idf falls below it.',
    'asked-twice':
      'A word that stands twice in the question counts twice in your score. Each word of the question counts once.',
    'no-k1-above':
      'You left out the (K1 + 1) above the line. Many people do: the order of the texts stays the same. The scores of this course have it.',
    'total-length':
      'You hold a text’s length against the length of all texts together. The formula holds it against their average.',
    'lucene-idf':
      'You add 1 inside the logarithm. That is the other convention, and it keeps the idf above 0 as well; here it falls as the formula says, and LEAST catches it.',
    'last-word-only':
      'A text keeps what the last word of the question gave it, and what the others gave is lost. Each word adds to the score: `+=` and not `=`.',
  },
});
