// All the filters on the same mails: training, validation and test, split by family or at random; the baselines first.

import { meanDirection, meanDirectionScore } from '../model/meanDirection.ts';
import { accuracy, type Confusion, confusionOf, precision, recall } from '../model/verdicts.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { vectorsOf } from './mailVectors.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { type Filter, filtersOf, scored } from './spamFilters.ts';
import { percent } from './spamWords.ts';
import { tableValue } from './views.ts';

const COLUMNS: TableValue['columns'] = [
  { id: 'filter', label: 'filter', type: 'text' },
  { id: 'train', label: 'training', type: 'text' },
  { id: 'validation', label: 'validation', type: 'text' },
  { id: 'test', label: 'test', type: 'text' },
  { id: 'precision', label: 'test precision', type: 'text' },
  { id: 'recall', label: 'test recall', type: 'text' },
  { id: 'hand', label: 'test, by hand', type: 'text' },
];
const BY_TEST = COLUMNS.findIndex(({ id }) => id === 'test');

export const spamCompare = defineProgram({
  id: 'spam-compare',
  title: 'All filters, measured',
  session: false,
  params: {
    split: {
      type: 'choice',
      label: 'Split the mails',
      default: 'families',
      options: [
        { value: 'families', label: 'by family: no test mail has a sister in training' },
        { value: 'random', label: 'at random' },
      ],
    },
  },
  async *run({ params: { split }, trace, models }) {
    const { all, sets } = filtersOf(split as 'families' | 'random');
    const embedder = await models.embedder('static');
    const texts = [...sets.train, ...sets.validation, ...sets.test].map(({ text }) => text);
    const embedded = await vectorsOf(embedder, texts);
    const vectorOf = new Map(texts.map((text, i) => [text, embedded[i]!]));
    const means = meanDirection(
      sets.train.map(({ text }) => vectorOf.get(text)!),
      sets.train.map(({ spam }) => spam),
    );
    const vectors: Filter = {
      id: 'vectors',
      label: 'sentence vectors, between the means',
      score: (text) => meanDirectionScore(means, vectorOf.get(text)!),
    };
    const rows = [...all, vectors].map((filter): Cell[] => {
      const on = (part: keyof typeof sets, only = false) =>
        confusionOf(
          scored(
            sets[part].filter(({ family }) => !only || family === undefined),
            filter,
          ),
          0,
        );
      const test = on('test');
      const [train, validation, hand] = [on('train'), on('validation'), on('test', true)].map(accuracy);
      return [
        filter.label,
        percent(train!),
        percent(validation!),
        percent(accuracy(test)),
        shareOf(precision, test),
        percent(recall(test)),
        percent(hand!),
      ];
    });
    const value = (row: readonly Cell[]) => Number.parseFloat(String(row[BY_TEST]));
    const best = rows.reduce((top, row) => (value(row) > value(top) ? row : top));
    trace.frame({
      op: 'compare',
      label: 'Right verdicts',
      note: `At a threshold of 0, on ${sets.test.length} test mails: ${best[0]} has the most right, ${best[BY_TEST]}. Always guessing the larger class has ${rows[0]![BY_TEST]}.`,
      source: places.confusionOf,
      outputs: {
        filters: trace.value(tableValue(COLUMNS, rows, [{ row: rows.indexOf(best), role: 'match' }])),
      },
    });
    yield;
  },
});

function shareOf(measure: (confusion: Confusion) => number, confusion: Confusion): string {
  const share = measure(confusion);
  return Number.isNaN(share) ? 'none called spam' : percent(share);
}
