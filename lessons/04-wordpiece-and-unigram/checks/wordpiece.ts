import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

/** A word and stretches of it and of its like, so that several pieces fit at most places. */
function draw(random: Random, size: number): [word: string, pieces: string[]] {
  const whole = (n: number) => Math.floor(random() * n);
  const letters = 'abc'.slice(0, 2 + whole(2));
  const text = (length: number) => Array.from({ length }, () => letters[whole(letters.length)]).join('');
  const word = text(1 + size + whole(1 + size));
  const pieces = new Set<string>();
  for (const letter of letters) {
    // Now and then a letter is missing, and with it some words.
    if (random() < 0.9) {
      pieces.add(letter);
    }
    if (random() < 0.9) {
      pieces.add(`##${letter}`);
    }
  }
  for (let i = 0; i < 3 * size; i++) {
    pieces.add((random() < 0.6 ? '##' : '') + text(2 + whole(3)));
  }
  // In no order, so that whoever takes the first that fits is found.
  return [word, [...pieces].toSorted(() => random() - 0.5)];
}

export const check = defineCheck<[word: string, pieces: string[]]>({
  parameters: ['word', 'pieces'],
  draw,
  planted: [
    { inputs: () => ['nowhere', ['no', 'now', '##here', '##where']], why: 'the longer piece is taken' },
    { inputs: () => ['nowheres', ['no', 'now', '##here', '##where']], why: 'the last letter has no piece' },
    { inputs: () => ['seaside', ['sea', 'seas', '##side']], why: 'greed loses the way, though there is one' },
    { inputs: () => ['here', ['##here', 'h']], why: 'a piece that goes on can’t begin a word' },
    { inputs: () => ['nowhere', ['now', 'here']], why: 'a piece that begins a word can’t go on' },
    { inputs: () => ['aaa', ['a', 'aa', '##a', '##aa']], why: 'pieces of one letter' },
    { inputs: () => ['', ['a']], why: 'nothing to cut' },
  ],
  parts: [
    {
      id: 'first-piece',
      title: 'Finds a word that is one piece',
      cases: [
        { inputs: () => ['now', ['no', 'now', 'n']], why: 'the whole word' },
        { inputs: () => ['tide', ['tide']], why: 'the only piece' },
      ],
    },
  ],
  mutants: {
    'first-in-list': 'You take the first piece of the list that fits. The list is in no order: look for the longest.',
    'shortest-first':
      'You take the shortest piece that fits. Greed begins with the longest, and gives letters back one by one.',
    'no-signs':
      'You look for the rest of the word as if it began one. Inside a word a piece is another entry, written with `##` before it.',
    'any-kind':
      'You take a piece with or without its `##`, whichever is there. They are two entries: the bare one begins a word, the other goes on with it.',
    'keeps-the-beginning':
      'You keep the pieces that you found and write [UNK] for the rest. Where a word can’t be covered, all of it is given up: one [UNK] and nothing else.',
    'skips-letters':
      'You leave out a letter that no piece covers and go on behind it. The word is given up as a whole: [UNK].',
    'turns-back':
      'When greed is stuck, you go back and try a shorter piece. That finds more cuts, but WordPiece never looks back: what greed can’t cover is [UNK].',
    'fewest-pieces':
      'You look for the cut with the fewest pieces. Greed doesn’t compare cuts: it takes the longest piece from the left, whatever comes of it.',
  },
});
