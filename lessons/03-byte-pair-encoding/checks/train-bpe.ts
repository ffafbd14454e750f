import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [preTokens: string[], most: number];
type Merge = [left: number, right: number];

/** Words of few letters, some of them more than once: so that pairs are frequent, and some equally so. */
function draw(random: Random, size: number): Inputs {
  const whole = (n: number) => Math.floor(random() * n);
  const different = Array.from({ length: 1 + size }, () =>
    Array.from({ length: 1 + whole(2 + size) }, () => 'abcd'[whole(Math.min(4, 1 + size))]).join(''),
  );
  return [Array.from({ length: 2 + 2 * size }, () => different[whole(different.length)]), 1 + whole(2 * size)];
}

export const check = defineCheck<Inputs>({
  parameters: ['preTokens', 'most'],
  draw,
  planted: [
    { inputs: () => [['bc', 'bc', 'aaaa'], 1], why: '`a a` can be merged twice and stands three times' },
    { inputs: () => [['aaaa', 'bc', 'bc', 'bc'], 1], why: '`a a` stands three times, as often as `b c`, and first' },
    { inputs: () => [['cd', 'ab', 'cd', 'ab'], 1], why: 'two equal pairs' },
    { inputs: () => [['ab', 'cab', 'cab', 'c'], 3], why: 'across the borders, other pairs are as frequent' },
    { inputs: () => [['tés', 'té', '🌊', '🌊', '🌊'], 6], why: 'letters of two and of four bytes' },
    { inputs: () => [['ab', 'cd'], 3], why: 'no pair comes twice' },
    {
      inputs: () => [[' tide', ' tides', ' tideline', ' tide'], 2],
      why: 'the count of a pair falls when a part is used',
    },
    { inputs: () => [[], 2], why: 'nothing to learn from' },
    { inputs: () => [['abab', 'cd', 'cd', 'cd'], 1], why: 'a pair that comes twice in one pre-token' },
  ],
  /** The merges, and what the answer's own `mergePair` makes of the text with them. */
  run: (answer, [preTokens, most]) => {
    const trainBpe = answer.trainBpe as (preTokens: readonly string[], most: number) => Merge[];
    const mergePair = answer.mergePair as (ids: readonly number[], pair: Merge, id: number) => number[];
    const merges = trainBpe(preTokens, most);
    if (!Array.isArray(merges)) {
      return { merges };
    }
    const words = preTokens.map((preToken) => {
      const bytes = [...new TextEncoder().encode(preToken)];
      const ids = merges.reduce((merged, merge, m) => mergePair(merged, merge, 256 + m), bytes);
      return Array.isArray(ids) ? ids.join(' ') : ids;
    });
    return { merges, words };
  },
  parts: [
    {
      id: 'first-merge',
      title: 'Learns the first merge',
      cases: [
        { inputs: () => [['hug', 'pug', 'hug'], 1], why: 'one pair is the most frequent' },
        { inputs: () => [['tide', 'side', 'tie'], 1], why: 'another' },
      ],
    },
  ],
  mutants: {
    overlaps:
      'You count pairs that share a letter. `aaaa` holds `a a` at three places, but after one merge only one more is left: it can be merged twice.',
    'across-borders':
      'You count pairs that reach from one pre-token into the next. Merges stay within a pre-token, so nobody could ever use that pair.',
    'last-of-equals':
      'Of equally frequent pairs you take the one that stands last. Both would compress as well, but ids depend on the choice, so the rule is: the first in the text.',
    'smallest-ids':
      'Of equally frequent pairs you take the one with the smallest ids. Both would compress as well, but ids depend on the choice, so the rule is: the first in the text.',
    'counted-once':
      'You count at the start and never again. Each merge uses pairs up and makes new ones: after it, count anew.',
    'single-pairs':
      'You go on merging when every pair comes once. Such a merge saves one token and costs one entry, so training ends there.',
    'utf-16':
      'You begin with the units of a JavaScript string. Begin with bytes: é is two of them and 🌊 is four, and no text can then hold a stranger.',
    'skips-always':
      'Behind each `a a` that you count you leave out the next pair, whatever it is. In `a a b` the pair `a b` counts as well: leave one out only where three alike stand in a row.',
    characters:
      'You begin with characters. Begin with bytes: é is two of them and 🌊 is four, and no text can then hold a stranger.',
    'first-place-only':
      'You merge a pair at its first place in a pre-token and leave the others. Read on to the end: every place counts.',
    'greedy-overlap':
      'Your `mergePair` uses a symbol twice: after a merge, go on behind both of its parts. `a a a` becomes one pair and a single `a`.',
    'or-equal':
      'You take a pair that is as frequent as the best so far. So the last of equals wins, and pairs that come once are merged as well: ask for more, `>` and not `>=`.',
    'once-a-word':
      'You count a pair once in each pre-token. Every place where it can be merged counts: `abab` holds a, b twice.',
  },
});
