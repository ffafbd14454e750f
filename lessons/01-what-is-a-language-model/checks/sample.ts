import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [texts: string[], first: string, length: number, places: number[]];

/** A source of chance that gives these numbers in turn, again and again. */
function inTurn(places: readonly number[]): Random {
  let calls = 0;
  return () => places[calls++ % places.length];
}

export const check = defineCheck<Inputs>({
  parameters: ['texts', 'first', 'length', 'what random() gives in turn'],
  draw: (random, size) => {
    const letters = ['a', 'b', 'c', 'd', 'e', ' ', 'q'].slice(0, 2 + Math.min(size, 5));
    const texts = Array.from({ length: 1 + Math.floor(random() * size) }, () =>
      Array.from({ length: 2 + Math.floor(random() * 4 * size) }, () => letters[Math.floor(random() * letters.length)]),
    ).map((drawn) => drawn.join(''));
    const length = 1 + Math.floor(random() * 2 * size);
    // One place more than is needed, so that whoever takes too many gets others.
    // Never quite on a border, where two right answers may round differently.
    const place = () => Math.floor(random() * 1000) / 1000 + 0.000314;
    return [texts, texts[0][0], length, Array.from({ length: length + 1 }, place)];
  },
  planted: [
    { inputs: () => [['ab'], 'a', 2, [0]], why: 'an a never follows an a, and 0 is where its empty stretch is' },
    {
      inputs: () => [['xaxbxcxdxexfxgxhxixj'], 'x', 2, [1 - 2 ** -53]],
      why: 'ten shares of 0.1 add up to less than 1, and the place is behind them',
    },
    { inputs: () => [['abac'], 'a', 3, [0.5, 0.25]], why: 'a place on a border' },
    {
      inputs: () => [['xaxbxcxdxexfxgxhxixj', 'jz'], 'x', 2, [1 - 2 ** -53]],
      why: 'the same, and the last symbol of all never follows',
    },
  ],
  run: ({ sample }, [texts, first, length, places]) =>
    (sample as (...all: unknown[]) => unknown)(texts, first, length, inTurn(places)),
  parts: [
    {
      id: 'one',
      title: 'Draws one symbol',
      cases: [
        { inputs: () => [['abab'], 'a', 2, [0.5]], why: 'only one symbol can come' },
        { inputs: () => [['abacad'], 'a', 2, [0.6]], why: 'one of three' },
      ],
    },
  ],
  invariants: [
    {
      holds: (result) => !String(result).includes('undefined'),
      otherwise:
        'Your text holds “undefined”: something was looked up that isn’t there. `draw` should return a place, a whole number from 0 to V - 1.',
    },
    {
      holds: (result, [, , length]) => (result as string).length === length,
      otherwise: 'The text should be as long as was asked, and its first symbol counts.',
    },
    {
      holds: (result, [, first]) => (result as string).startsWith(first),
      otherwise: 'The text should begin with the symbol that was given.',
    },
  ],
  mutants: {
    'single-share':
      'You compare the random number with each share by itself. Laid end to end, the second stretch begins where the first one ends: compare with the sum so far.',
    'new-number':
      'You ask for a new random number at each share. One draw takes one number: it is a place on the line, and you look whose stretch it is in.',
    inclusive:
      'With the random number 0 you draw a symbol whose share is 0. Its stretch is empty: a place on a border belongs to the stretch that begins there.',
    'off-the-end':
      'The shares add up to a hair less than 1, because computers round, and the place fell behind the last stretch. Then the answer is the last symbol that can come.',
    greedy:
      'You always take the symbol with the largest share. Then chance has no say: a symbol with a share of one quarter should come once in four times.',
    stuck: 'You draw from the same row each time. The row is picked by the last symbol of the text so far.',
    uniform:
      'You give all symbols the same chance. What came often in the texts should come often here: draw by the shares in the row.',
    number:
      'You put down the number of the symbol that was drawn. Look up which symbol it is: `characters` has them in order.',
    'one-more': 'Your text is one symbol too long. The length counts the first symbol as well.',
    'last-of-all':
      'The place fell behind the last stretch, and you take the last symbol of all, whose share may be 0. Take the last one that can come.',
  },
});
