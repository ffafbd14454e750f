// All the filters on the same mails: training, validation and test, split by family or at random, the families dealt out
// in several ways; the baselines first. Then the same family by family, as a family's mails mostly fall together.

import type { Mail } from '../model/mails/mails.ts';
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
];
const FAMILY_COLUMNS: TableValue['columns'] = [
  { id: 'family', label: 'family', type: 'text' },
  { id: 'mails', label: 'mails', type: 'number' },
  { id: 'naive-bayes', label: 'Bayes', type: 'number' },
  { id: 'logistic', label: 'logistic', type: 'number' },
  { id: 'vectors', label: 'vectors', type: 'number' },
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
        { value: 'families', label: 'by family' },
        { value: 'random', label: 'at random' },
      ],
    },
    deal: { type: 'number', label: 'Deal the families out anew', default: 1, min: 1, max: 12, step: 1 },
  },
  async *run({ params: { split, deal }, trace, models }) {
    const { all, sets } = filtersOf(split as 'families' | 'random', deal);
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
      label: 'sentence vectors',
      score: (text) => meanDirectionScore(means, vectorOf.get(text)!),
    };
    const rows = [...all, vectors].map((filter): Cell[] => {
      const [train, validation, test] = [sets.train, sets.validation, sets.test].map((mails) =>
        confusionOf(scored(mails, filter), 0),
      ) as [Confusion, Confusion, Confusion];
      return [
        filter.label,
        percent(accuracy(train)),
        percent(accuracy(validation)),
        percent(accuracy(test)),
        shareOf(precision, test),
        percent(recall(test)),
      ];
    });
    const value = (row: readonly Cell[]) => Number.parseFloat(String(row[BY_TEST]));
    const best = rows.reduce((top, row) => (value(row) > value(top) ? row : top));
    trace.frame({
      op: 'compare',
      label: 'Right verdicts',
      note: `At a threshold of 0, on ${sets.test.length} test mails, the most right are by ${best[0]}: ${best[BY_TEST]}. Always guessing the larger class has ${rows[0]![BY_TEST]}.`,
      source: places.confusionOf,
      outputs: {
        filters: trace.value(tableValue(COLUMNS, rows, [{ row: rows.indexOf(best), role: 'match' }])),
      },
    });
    yield;
    const compared = [...all, vectors].filter(({ id }) => FAMILY_COLUMNS.some((column) => column.id === id));
    trace.frame({
      op: 'by-family',
      label: 'Family by family',
      note: 'Of each family, how many mails each filter has right. On a marked row naive Bayes and logistic regression are more than a third of the mails apart.',
      source: places.confusionOf,
      outputs: {
        validation: trace.value(familyTable(sets.validation, compared)),
        test: trace.value(familyTable(sets.test, compared)),
      },
    });
    yield;
  },
});

/** A row for each family, and for the mails of each side that belong to none: how many, and how many are judged right. */
function familyTable(mails: readonly Mail[], filters: readonly Filter[]): TableValue {
  const groups = new Map<string, Mail[]>();
  for (const mail of mails) {
    const name = `${mail.family ?? 'single mails'} (${mail.spam ? 'spam' : 'wanted'})`;
    groups.set(name, [...(groups.get(name) ?? []), mail]);
  }
  const rows = Array.from(groups, ([name, group]) => {
    const right = filters.map(({ score }) => group.filter((mail) => score(mail.text) > 0 === mail.spam).length);
    const [bayes = 0, logistic = 0] = right;
    return { cells: [name, group.length, ...right], apart: Math.abs(bayes - logistic) > group.length / 3 };
  });
  return tableValue(
    FAMILY_COLUMNS,
    rows.map(({ cells }) => cells),
    rows.flatMap(({ apart }, row) => (apart ? [{ row, role: 'warn' as const }] : [])),
  );
}

function shareOf(measure: (confusion: Confusion) => number, confusion: Confusion): string {
  const share = measure(confusion);
  return Number.isNaN(share) ? 'none' : percent(share);
}
