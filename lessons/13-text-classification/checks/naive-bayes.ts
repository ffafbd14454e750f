import { defineCheck } from 'inside-llms/check';

interface Mail {
  readonly words: readonly string[];
  readonly spam: boolean;
}

const WORDS = ['free', 'lunch', 'click', 'the', 'won', 'you', 'now', 'bring', '!'];
const spam = (...words: string[]): Mail => ({ words, spam: true });
const wanted = (...words: string[]): Mail => ({ words, spam: false });
const MAILS = [spam('win', 'win'), wanted('hi'), wanted('hi', 'win')];

export const check = defineCheck<[mails: readonly Mail[], words: readonly string[]]>({
  parameters: ['mails', 'words'],
  draw: (random, size) => {
    const words = (count: number) =>
      Array.from({ length: count }, () => WORDS[Math.floor(random() * Math.min(WORDS.length, 2 + size))]!);
    const mails = Array.from({ length: 1 + size }, () => ({
      words: words(1 + Math.floor(random() * size)),
      spam: random() < 0.4,
    }));
    return [[spam(...words(2)), wanted(...words(3)), ...mails], words(1 + Math.floor(random() * 2 * size))];
  },
  planted: [
    { inputs: () => [[spam('won'), wanted('lunch')], ['won']], why: 'a word that only one side knows' },
    { inputs: () => [[spam('won', 'now'), wanted('lunch')], Array(1200).fill('now')], why: 'a long mail' },
    { inputs: () => [[spam('won'), wanted('hi'), wanted('hi')], ['new']], why: 'a word that nobody knows' },
    {
      inputs: () => [
        [spam('a', 'a', 'a'), wanted('b')],
        ['a', 'a'],
      ],
      why: 'a word that stands twice in a mail',
    },
  ],
  parts: [
    {
      id: 'prior',
      title: 'A mail without words gets the prior',
      cases: [
        { inputs: () => [[spam('win'), wanted('hi'), wanted('hi')], []], why: 'only the numbers of mails count' },
      ],
    },
    {
      id: 'one-word',
      title: 'One word',
      cases: [{ inputs: () => [MAILS, ['win']], why: 'the worked example' }],
    },
  ],
  invariants: [
    {
      holds: (result) => Number.isFinite(result),
      otherwise: 'A score should be a finite number, whatever the words of the mail.',
    },
  ],
  mutants: {
    'no-smoothing':
      'A word that one side never used gets the share 0 there, and its logarithm is infinite: one word decides alone. Add 1 to each count, and V to the total.',
    product:
      'You multiply the shares and take the logarithm at the end. A long mail multiplies so many small numbers that they become 0; add up logarithms instead.',
    'no-prior':
      'Your score starts at 0, as if spam and wanted mail were equally common. Start at ln(spam mails / wanted mails).',
    'prior-share':
      'You start at the logarithm of the share of spam among all mails. The score compares the two sides: start at ln(spam mails / wanted mails).',
    'unknown-counted':
      'A word that no mail has changes your score: each side lends it its 1, and the sides differ in length. It says nothing, so it should add nothing.',
    'mails-counted':
      'You count in how many mails a word stands, and divide by how many words there are. Count words in both places: a word that stands three times in a mail counts three times.',
    'no-vocabulary':
      'You add 1 to each word’s count, and only 1 to the total. Every one of the V different words got its 1, so the total grows by V, or the shares don’t sum to 1.',
    'own-vocabulary':
      'Your V is each side’s own number of different words. Each of the words of all mails got its 1 on both sides, so V is the same for both.',
    'known-to-both':
      'You skip a word that only one side has. It tells the most, and the 1 that is lent to each side lets you count it; skip only what no mail has.',
    'prior-of-words':
      'Your score starts at the ratio of words. Before a mail is read only the mails count: start at ln(spam mails / wanted mails).',
    'once-each':
      'A word that stands twice in the new mail is counted once. Its logarithm is to be added as often as it stands there.',
  },
});
