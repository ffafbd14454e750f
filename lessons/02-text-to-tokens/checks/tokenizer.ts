import type { Random } from 'inside-llms';
import { defineCheck } from 'inside-llms/check';

type Inputs = [learnedFrom: string, text: string];

const WORDS = ['tide', 'boat', 'Wait', 'wait', 'the', 'The', 'out', 'goes', 'and', 'boats', 'café', 'no_1', '42'];
const MARKS = ['.', ',', '!', '?', '"', ''];

function drawText(random: Random, words: number): string {
  const one = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  return Array.from({ length: words }, () => `${one(WORDS)}${one(MARKS)}`).join(random() < 0.2 ? '  ' : ' ');
}

export const check = defineCheck<Inputs>({
  parameters: ['the text to learn from', 'the text to encode'],
  draw: (random, size) => [drawText(random, 2 * size), drawText(random, 1 + Math.floor(random() * size))],
  planted: [
    { inputs: () => ['the tide, the boat', 'the boats'], why: 'the worked example' },
    { inputs: () => ['The tide is in. The boat is in.', 'Wait, the boats wait!'], why: 'strangers, and a capital' },
    { inputs: () => ['naïve café, Πού; 船', 'café 船'], why: 'letters beyond a to z' },
    { inputs: () => ['Tide tide Boat boat', 'boat'], why: 'capitals come first by code, and not by custom' },
    { inputs: () => ['the\ttide\nis in', 'in\n\nthe'], why: 'white space of other kinds' },
    { inputs: () => ['"Out!" goes the tide...', '"Out!"'], why: 'several marks in a row' },
    { inputs: () => ['the tide', 'the constructor'], why: 'every plain object has a property of that name' },
    { inputs: () => ['', 'tide'], why: 'nothing was learned' },
    { inputs: () => ['tide', ''], why: 'nothing to encode' },
    { inputs: () => ['10 boats, 9 tides, 100 waves', '9 10'], why: 'numbers in the order of their characters' },
    { inputs: () => ["It isn't low-tide", "low-tide isn't"], why: 'signs inside a word' },
    { inputs: () => ['cafe\u0301 now', 'cafe\u0301'], why: 'an accent that is a sign by itself, behind its letter' },
    { inputs: () => ['tide 🌊🌊', '🌊'], why: 'a sign of two UTF-16 units' },
  ],
  /** The four functions in turn, each on what the one before made. */
  run: (answer, [learnedFrom, text]) => {
    const { split, buildVocabulary, encode, decode } = answer as {
      split(text: string): string[];
      buildVocabulary(text: string): string[];
      encode(text: string, vocabulary: readonly string[]): number[];
      decode(ids: readonly number[], vocabulary: readonly string[]): string;
    };
    const pieces = split(text);
    const vocabulary = buildVocabulary(learnedFrom);
    const ids = encode(text, vocabulary);
    // Lists as texts, so that the first that is wrong is named first, however long it is.
    const decoded: unknown = decode(ids, vocabulary);
    const asText = (list: unknown, between: string) =>
      Array.isArray(list) ? list.join(between) : `no list, but ${String(list)}`;
    return {
      split: asText(pieces, ' | '),
      vocabulary: asText(vocabulary, ' | '),
      ids: asText(ids, ' '),
      decoded: typeof decoded === 'string' ? decoded : `no text, but ${String(decoded)}`,
    };
  },
  parts: [
    {
      id: 'known-words',
      title: 'Knows the words that it learned',
      cases: [
        { inputs: () => ['the tide and the boat', 'the boat'], why: 'no mark, no stranger' },
        { inputs: () => ['a b c', 'c b a'], why: 'letters for words' },
      ],
    },
  ],
  mutants: {
    'by-spaces':
      'You cut at white space alone, so marks stick to words: `boat` and `boat.` become two types. A mark is a piece of its own.',
    'a-to-z':
      'You count only a to z as letters, and `café` falls apart. In a regular expression with the flag `u`, `\\p{L}` is a letter of any script.',
    'runs-of-marks': 'You make one piece of several marks in a row. Each mark is a piece of its own.',
    'every-token':
      'Your vocabulary holds a piece once for each time that it was met. Those are the tokens; a vocabulary has each type once.',
    unsorted:
      'Your vocabulary is in the order in which the pieces were met. That would work, but only the text could tell you the ids again: sort it, so that they are the same for everybody.',
    'by-custom':
      'You sort as a dictionary does. Such an order differs from country to country, and ids with it: compare character codes, as plain `sort()` does.',
    'drops-strangers':
      'You leave out what isn’t in the vocabulary. Then nobody can tell that something stood there: a stranger gets the id of `<unk>`.',
    'minus-one':
      'A stranger gets the id -1 from you, and no row of any table has that number. Give it the id of `<unk>`.',
    'plain-object':
      'A plain object knows some words by itself, and `constructor` is one of them. A `Map` knows only what you put in.',
    'unknown-first':
      '`<unk>` has the id 0 in your vocabulary. That is the other convention, and a fair one; here it has the last id.',
    lowercased:
      'You made all letters small. Strangers get fewer by it, but `Wait` never comes back: leave the text as it is.',
    'joined-bare': 'You join the pieces with nothing between them. One space goes between any two.',
    'inner-marks':
      'You keep `low-tide` or `isn’t` in one piece. That is a fair rule, and other tokenizers have it; here each sign that is no letter, accent, digit or underscore stands alone.',
    'no-accents':
      'An accent can be a sign by itself: é is one sign in some texts, and an e with an accent behind it in others. `\\p{M}` is such an accent, and belongs to the word.',
    'zero-is-unknown':
      'The piece with the id 0 becomes a stranger. In JavaScript 0 counts as false: ask whether the look-up gave undefined, as `??` does.',
    'sorted-in': 'You sort `<unk>` in among the pieces. It stands behind all of them: sort first, and add it then.',
    'backslash-w':
      '`\\w` is a to z, digits and the underscore, so `café` falls apart. With the flag `u`, `\\p{L}` is a letter of any script, and 🌊 is one sign and not two halves.',
  },
});
