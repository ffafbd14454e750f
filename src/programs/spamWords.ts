// One mail under naive Bayes: each word with its counts and its weight, and how they add up to a verdict.

import { naiveBayesScore } from '../model/naiveBayes.ts';
import { countWords, wordsOf } from '../model/wordBag.ts';
import type { TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { filtersOf } from './spamFilters.ts';
import { counted, many, tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'word', label: 'word', type: 'piece' },
  { id: 'weight', label: 'weight', type: 'number', bar: true },
  { id: 'spam', label: 'in spam', type: 'number' },
  { id: 'wanted', label: 'in wanted', type: 'number' },
];
const SUMS: TableValue['columns'] = [
  { id: 'what', label: 'adds', type: 'piece' },
  { id: 'weight', label: 'weight', type: 'number', bar: true },
  { id: 'sum', label: 'score so far', type: 'number', bar: true },
];

export const spamWords = defineProgram({
  id: 'spam-words',
  title: 'One mail, word by word',
  session: false,
  params: {
    mail: {
      type: 'text',
      label: 'A mail',
      default: 'Are you free for lunch? Click the link to see the menu.',
      maxLength: 600,
      multiline: true,
    },
  },
  async *run({ params: { mail }, trace }) {
    const { sets, naiveBayes, counts } = filtersOf();
    const words = wordsOf(mail);
    const [inSpam, inWanted] = [counts.spam.times, counts.wanted.times];
    const known = words.filter((word) => naiveBayes.weights.has(word));
    const weightOf = (word: string) => naiveBayes.weights.get(word) ?? 0;
    const score = naiveBayesScore(naiveBayes, words);
    const verdict = score > 0 ? 'spam' : 'wanted';
    const chance = 1 / (1 + Math.exp(-score));
    const table = tableValue(
      COLUMNS,
      words.map((word) => [word, short(weightOf(word)), inSpam.get(word) ?? 0, inWanted.get(word) ?? 0]),
      words.flatMap((word, row) => (naiveBayes.weights.has(word) ? [] : [{ row, role: 'dim' as const }])),
    );
    trace.frame({
      op: 'verdict',
      label: `Verdict: ${verdict}`,
      note:
        known.length === 0
          ? `None of its words was ever seen in training. All that is left is the prior, ${decimal(score)}: there is more wanted mail than spam.`
          : `The score is ${decimal(score)}, so it is called ${verdict}; the filter puts the chance of spam at ${percent(chance)}.`,
      source: places.naiveBayesScore,
      outputs: { words: trace.value(table) },
    });
    yield;
    let sum = naiveBayes.prior;
    const rows: (string | number)[][] = [['(before reading)', short(sum), short(sum)]];
    for (const word of known) {
      sum += weightOf(word);
      rows.push([word, short(weightOf(word)), short(sum)]);
    }
    const { train } = sets;
    const spam = train.filter((each) => each.spam).length;
    trace.frame({
      op: 'add-up',
      label: 'Add up',
      note: `It starts at ${decimal(naiveBayes.prior)}, the logarithm of ${many(spam)} spam mails to ${many(train.length - spam)} wanted ones. ${counted(known.length, 'known word')} ${known.length === 1 ? 'adds its' : 'add their'} weight, and it ends at ${decimal(score)}.${known.length === 0 ? '' : ` ${flip(known, weightOf, score)}`}`,
      formula: 'score = ln(spam / wanted) + sum of ln(share of the word in spam / share in wanted)',
      source: places.naiveBayesScore,
      outputs: { sums: trace.value(tableValue(SUMS, rows)) },
    });
    yield;
  },
});

/** The one word without which the verdict would be the other one. */
function flip(words: readonly string[], weightOf: (word: string) => number, score: number): string {
  const counts = countWords(words);
  const without = (word: string) => score - weightOf(word) * counts.get(word)!;
  const [strongest] = [...counts.keys()].sort((a, b) => (without(a) - without(b)) * Math.sign(score || 1));
  const left = without(strongest!);
  return left > 0 === score > 0
    ? 'No single word decides it.'
    : `Without “${strongest}” it would be called ${left > 0 ? 'spam' : 'wanted'}.`;
}

export function percent(share: number): string {
  return `${decimal(100 * share, 1)}%`;
}

function short(value: number): number {
  return Number(value.toFixed(2));
}
