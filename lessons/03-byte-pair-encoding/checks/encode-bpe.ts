import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Merge = [left: number, right: number];
type Inputs = [preToken: string, merges: Merge[]];

/** Merges as training leaves them: the parts of each are bytes, or were made before it. No pair is there twice. */
function drawMerges(random: Random, letters: string, count: number): Merge[] {
  const ids = [...new TextEncoder().encode(letters)];
  const merges: Merge[] = [];
  for (let tries = 0; merges.length < count && tries < 100; tries++) {
    const pick = () => ids[Math.floor(random() * ids.length)];
    const [left, right] = [pick(), pick()];
    if (!merges.some((merge) => merge[0] === left && merge[1] === right)) {
      ids.push(256 + merges.length);
      merges.push([left, right]);
    }
  }
  return merges;
}

const code = (letter: string) => letter.charCodeAt(0);

export const check = defineCheck<Inputs>({
  parameters: ['preToken', 'merges'],
  draw: (random, size) => {
    const letters = 'abcd'.slice(0, 1 + Math.min(size, 3));
    const length = 2 + Math.floor(random() * 2 * size);
    const preToken = Array.from({ length }, () => letters[Math.floor(random() * letters.length)]).join('');
    return [preToken, drawMerges(random, letters, 2 * size)];
  },
  planted: [
    {
      inputs: () => [
        'butter',
        [
          [code('e'), code('r')],
          [code('t'), 256],
          [code('b'), code('u')],
          [258, code('t')],
          [259, code('t')],
        ],
      ],
      why: 'ter was learned before but, and takes the second t',
    },
    {
      inputs: () => [
        'né🌊',
        [
          [195, 169],
          [240, 159],
          [257, 140],
          [258, 138],
        ],
      ],
      why: 'letters of two and of four bytes',
    },
    {
      inputs: () => [
        'aaaaa',
        [
          [code('a'), code('a')],
          [256, 256],
        ],
      ],
      why: 'the merged merge, and a letter that is left',
    },
    {
      inputs: () => [
        'abc',
        [
          [code('b'), code('c')],
          [code('a'), 256],
          [code('a'), code('b')],
        ],
      ],
      why: 'the leftmost pair was learned last',
    },
    { inputs: () => ['abc', []], why: 'no merge was learned' },
    { inputs: () => ['', [[97, 98]]], why: 'an empty pre-token' },
  ],
  parts: [
    {
      id: 'bytes',
      title: 'Begins with the bytes',
      cases: [
        { inputs: () => ['tide', []], why: 'a byte a letter' },
        { inputs: () => ['é', []], why: 'two bytes' },
      ],
    },
  ],
  mutants: {
    'longest-first':
      'You take the longest piece that fits, from the left. Encoding goes by rank instead: what was learned first is merged first, wherever it stands, and so it may take a letter away from a longer piece.',
    'one-pass':
      'You go through the text once, from the left, and merge what can be merged as you meet it. What a merge makes may be half of another one: replay them all, each over the whole pre-token.',
    'leftmost-first':
      'You merge the pair that stands leftmost. Take the one with the lowest rank: it was learned first, and the others were learned after it had been made everywhere.',
    'stopped-early': 'You stop after one merge. Go on until no pair of neighbours is in the list.',
    'utf-16':
      'You begin with the units of a JavaScript string, and é is one of them. Ids below 256 are bytes: é is two, 195 and 169.',
    'ids-from-0': 'The ids of your merges begin at 0, and 0 to 255 are the bytes. The merge at place m makes 256 + m.',
    backwards:
      'You replay the merges from the last one to the first. A late merge is made of early ones, so these must come first.',
    'stops-at-a-miss': 'You stop at the first merge that finds no pair. A later one may find its own: replay them all.',
  },
});
