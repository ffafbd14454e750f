// A filter's verdicts on mails that it wasn't trained on, and the threshold between them: who changes sides, what the four
// counts say, and what each threshold costs when a lost mail is worse than a missed one.

import { accuracy, confusionOf, precision, recall } from '../model/verdicts.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import type { VerdictsValue } from '../shared/verdictsValue.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { filtersOf, PARTS, scored } from './spamFilters.ts';
import { percent } from './spamWords.ts';
import { counted, tableValue } from './views.ts';

/** From where to where a threshold can go, and how far apart those are whose price is told. */
const [LEAST, MOST, STEP] = [-12, 12, 0.5];
const MISTAKES: TableValue['columns'] = [
  { id: 'score', label: 'score', type: 'number' },
  { id: 'mistake', label: 'mistake', type: 'text' },
  { id: 'mail', label: 'mail', type: 'text' },
];
const PRICES: TableValue['columns'] = [
  { id: 'threshold', label: 'threshold', type: 'number' },
  { id: 'cost', label: 'cost', type: 'number' },
  { id: 'lost', label: 'lost', type: 'number' },
  { id: 'missed', label: 'missed', type: 'number' },
  { id: 'precision', label: 'precision', type: 'number' },
  { id: 'recall', label: 'recall', type: 'number' },
];

export const spamThreshold = defineProgram({
  id: 'spam-threshold',
  title: 'Where to draw the line',
  session: false,
  params: {
    filter: {
      type: 'choice',
      label: 'Filter',
      default: 'naive-bayes',
      options: [
        { value: 'naive-bayes', label: 'naive Bayes' },
        { value: 'logistic', label: 'logistic regression' },
        { value: 'tf-idf', label: 'logistic regression on tf-idf' },
        { value: 'keyword', label: 'five forbidden words' },
      ],
    },
    threshold: { type: 'number', label: 'Threshold', default: 0, min: LEAST, max: MOST, step: 0.25 },
    part: { type: 'choice', label: 'Mails', default: 'validation', options: PARTS },
    cost: {
      type: 'number',
      label: 'A lost mail costs as much as so many missed',
      default: 10,
      min: 1,
      max: 50,
      step: 1,
    },
  },
  async *run({ params: { filter: id, threshold, part, cost }, trace }) {
    const { all, sets } = filtersOf();
    const filter = all.find((each) => each.id === id)!;
    const mails = scored(sets[part as keyof typeof sets], filter);
    const counts = confusionOf(mails, threshold);
    const verdicts: VerdictsValue = {
      kind: 'verdicts',
      items: mails.map(({ text, spam, score }) => ({ label: text, positive: spam, score: Number(score.toFixed(3)) })),
      threshold,
      param: 'threshold',
      names: { positive: 'spam', negative: 'wanted' },
      scoreLabel: 'Score: the further to the right, the more like spam',
      room: [LEAST, MOST],
    };
    const wrong = mails
      .filter(({ spam, score }) => score > threshold !== spam)
      .sort((a, b) => Math.abs(b.score - threshold) - Math.abs(a.score - threshold));
    trace.frame({
      op: 'judge',
      label: 'The verdicts',
      note: `${counted(counts.caught, 'spam mail')} caught, ${counts.missed} missed; ${counted(counts.lost, 'wanted mail')} lost, ${counts.kept} kept. That is ${percent(accuracy(counts))} right.`,
      source: places.confusionOf,
      outputs: {
        verdicts: trace.value(verdicts),
        mistakes: trace.value(
          tableValue(
            MISTAKES,
            wrong.map(({ text, spam, score }) => [Number(score.toFixed(2)), spam ? 'missed' : 'lost', text]),
          ),
        ),
      },
    });
    yield;
    const thresholds = Array.from({ length: (MOST - LEAST) / STEP + 1 }, (_, i) => LEAST + i * STEP);
    const rows = thresholds
      .map((at) => {
        const each = confusionOf(mails, at);
        return { at, ...each, cost: each.missed + cost * each.lost };
      })
      .sort((a, b) => a.cost - b.cost);
    const [best] = rows as [(typeof rows)[number]];
    trace.frame({
      op: 'every-threshold',
      label: 'Cheapest first',
      note: `If a lost mail costs as much as ${counted(cost, 'missed one')}, the cheapest threshold on these mails is ${decimal(best.at)}: ${best.lost} lost and ${best.missed} missed. That costs ${cost} × ${best.lost} + ${best.missed} = ${best.cost}.`,
      source: places.confusionOf,
      outputs: {
        prices: trace.value(
          tableValue(
            PRICES,
            rows.map((row) => [row.at, row.cost, row.lost, row.missed, share(precision(row)), share(recall(row))]),
            [{ row: 0, role: 'chosen' }],
          ),
        ),
      },
    });
    yield;
  },
});

/** With three decimals; none where it is a share of nothing. */
function share(value: number): Cell {
  return Number.isNaN(value) ? null : Number(value.toFixed(3));
}
