// What logistic regression learned: the words with the largest weights. And what happens to a word's weight when a second
// feature always comes along with it: the two share it, and each looks half as important.

import { type LogisticRegression, trainLogisticRegression } from '../model/logisticRegression.ts';
import { countWords, wordsOf } from '../model/wordBag.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { filtersOf } from './spamFilters.ts';
import { tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'word', label: 'word', type: 'piece' },
  { id: 'weight', label: 'weight', type: 'number', bar: true },
  { id: 'spam', label: 'in spam mails', type: 'number' },
  { id: 'wanted', label: 'in wanted mails', type: 'number' },
];
const NONE = 'none';
/** What the twin of a word is called in the table. */
const TWIN = ' (twin)';
const SHOWN = 12;

const twins = new Map<string, LogisticRegression>();

export const spamWeights = defineProgram({
  id: 'spam-weights',
  title: 'What the filter learned',
  session: false,
  params: {
    twin: {
      type: 'choice',
      label: 'Count one word twice over',
      default: NONE,
      options: [
        { value: NONE, label: 'none of them' },
        ...['!', 'click', 'free', 'the'].map((word) => ({ value: word, label: word })),
      ],
    },
  },
  async *run({ params: { twin }, trace }) {
    const { counts, logistic } = filtersOf();
    const model = twin === NONE ? logistic : withTwin(twin);
    const having = (word: string, side: keyof typeof counts) => counts[side].mails.get(word) ?? 0;
    const sorted = [...model.weights].sort(([, a], [, b]) => b - a);
    const rows = (words: typeof sorted) =>
      words.map(([name, weight]) => {
        const word = name.replace(TWIN, '');
        return [name, Number(weight.toFixed(2)), having(word, 'spam'), having(word, 'wanted')];
      });
    const marks = (words: typeof sorted) =>
      words.flatMap(([name], row) => (name === twin || name === twin + TWIN ? [{ row, role: 'chosen' as const }] : []));
    const table = (words: typeof sorted) => trace.value(tableValue(COLUMNS, rows(words), marks(words)));
    const weight = (name: string) => decimal(model.weights.get(name) ?? 0);
    trace.frame({
      op: 'weights',
      label: 'The largest weights',
      note:
        twin === NONE
          ? `${model.weights.size} words have a weight. Most of all “${sorted[0]![0]}” speaks for spam, and “${sorted.at(-1)![0]}” against it. The bias is ${decimal(model.bias)}.`
          : `“${twin}” had the weight ${decimal(logistic.weights.get(twin) ?? 0)}. Now it has ${weight(twin)}, and its twin has ${weight(twin + TWIN)}.`,
      source: places.trainLogisticRegression,
      outputs: { 'for spam': table(sorted.slice(0, SHOWN)), 'against spam': table(sorted.slice(-SHOWN).reverse()) },
    });
    yield;
  },
});

/** The filter when each mail counts a word a second time, under another name. */
function withTwin(word: string): LogisticRegression {
  const known = twins.get(word);
  if (known !== undefined) {
    return known;
  }
  const examples = filtersOf().sets.train.map(({ text, spam }) => {
    const features = countWords(wordsOf(text));
    const count = features.get(word);
    return {
      features: count === undefined ? features : new Map([...features, [word + TWIN, count]]),
      label: spam ? (1 as const) : (0 as const),
    };
  });
  const model = trainLogisticRegression(examples);
  twins.set(word, model);
  return model;
}
