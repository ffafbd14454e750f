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

/** From where to where a threshold can go, and how far apart those of the curve are. */
const [LEAST, MOST, STEP] = [-12, 12, 0.5];
const MISTAKES: TableValue['columns'] = [
  { id: 'score', label: 'score', type: 'number' },
  { id: 'mistake', label: 'what went wrong', type: 'text' },
  { id: 'mail', label: 'mail', type: 'text' },
];
const CURVE: TableValue['columns'] = [
  { id: 'threshold', label: 'threshold', type: 'number' },
  { id: 'precision', label: 'precision', type: 'number' },
  { id: 'recall', label: 'recall', type: 'number' },
  { id: 'lost', label: 'wanted mails lost', type: 'number' },
  { id: 'missed', label: 'spam missed', type: 'number' },
  { id: 'cost', label: 'cost', type: 'number' },
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
    const rows = thresholds.map((at) => {
      const each = confusionOf(mails, at);
      return { at, ...each, cost: each.missed + cost * each.lost };
    });
    const best = rows.reduce((cheapest, row) => (row.cost < cheapest.cost ? row : cheapest));
    trace.frame({
      op: 'every-threshold',
      label: 'Every threshold',
      note: `If a lost mail costs as much as ${counted(cost, 'missed one')}, the cheapest threshold on these mails is ${decimal(best.at)}: ${best.lost} lost and ${best.missed} missed.`,
      source: places.confusionOf,
      outputs: {
        curve: trace.value(
          tableValue(
            CURVE,
            rows.map((row) => [row.at, share(precision(row)), share(recall(row)), row.lost, row.missed, row.cost]),
            [{ row: rows.indexOf(best), role: 'chosen' }],
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
