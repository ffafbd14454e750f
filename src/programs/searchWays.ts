// Four ways to search held against each other on labelled questions, and how sure the difference of two of them is: the
// questions are drawn again and again, with replacement (Efron 1979).

import { average, bootstrap } from '../retrieval/metrics.ts';
import type { Random } from '../shared/environment.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { AT, type Graded, gradesOf, readLabels, searchAll, WAYS, type Way } from './labelledSearch.ts';
import { places } from './places.ts';
import { BOARD, LABELS } from './potteryLabels.ts';
import { defineProgram } from './program.ts';
import { chosenModel, modelParam } from './tenancySearch.ts';
import { counted, many, tableValue } from './views.ts';

const MEANS: TableValue['columns'] = [
  { id: 'way', label: 'way', type: 'text' },
  { id: 'first', label: 'first right, %', type: 'number' },
  { id: 'mrr', label: 'MRR', type: 'number' },
  { id: 'ndcg', label: `nDCG@${AT}`, type: 'number' },
];
const QUESTIONS: TableValue['columns'] = [
  { id: 'question', label: 'question', type: 'text' },
  ...WAYS.map((way) => ({ id: way, label: way, type: 'number' as const })),
];
const DRAWN: TableValue['columns'] = [
  { id: 'drawing', label: 'drawing', type: 'number' },
  { id: 'twice', label: 'questions drawn more than once', type: 'number' },
  { id: 'never', label: 'never', type: 'number' },
  { id: 'mean', label: 'mean difference', type: 'number' },
];
const SPREAD: TableValue['columns'] = [
  { id: 'difference', label: 'mean difference', type: 'number' },
  { id: 'drawings', label: 'drawings', type: 'number' },
];
const DRAWINGS = 2000;
const BIN = 0.02;
const SHOWN = 8;
const way = (label: string, by: Way) =>
  ({ type: 'choice', label, default: by, options: WAYS.map((value) => ({ value, label: value })) }) as const;

export const searchWays = defineProgram({
  id: 'search-ways',
  title: 'Four searches on labelled questions',
  session: false,
  params: {
    first: way('Is this one', 'fusion'),
    second: way('better than this one?', 'vectors'),
    count: { type: 'number', label: 'Questions used, from the first', default: 24, min: 2, max: 60, step: 1 },
    questions: {
      type: 'text',
      label: 'Questions; after => the passages that answer, the best first',
      default: LABELS,
      maxLength: 6000,
      multiline: true,
    },
    model: modelParam,
  },
  async *run({ params: { first, second, count, questions, model }, trace, models, random }) {
    const { embedder, instead } = await chosenModel(models, model);
    const labels = readLabels(questions, BOARD.length).slice(0, count);
    const found = await searchAll(
      embedder,
      BOARD,
      labels.map(({ question }) => question),
    );
    const grades = Object.fromEntries(
      WAYS.map((one) => [one, labels.map((label, i) => gradesOf(found[one][i]!, label))]),
    ) as unknown as Readonly<Record<Way, readonly Graded[]>>;
    const mean = (one: Way, of: keyof Graded) => average(grades[one].map((graded) => graded[of]));
    const differences = labels.map((_, i) => grades[first as Way][i]!.ndcg - grades[second as Way][i]!.ndcg);
    const { mean: more, low, high } = bootstrap(differences, random, 0.95, DRAWINGS);
    const best = WAYS.toSorted((a, b) => mean(b, 'ndcg') - mean(a, 'ndcg'))[0]!;
    trace.frame({
      op: 'ways',
      label: 'Four ways, one table',
      note: [
        ...(instead === undefined ? [] : [instead]),
        `${counted(labels.length, 'question')} over ${BOARD.length} passages. The highest nDCG has ${best}.`,
        first === second
          ? 'You compare a way with itself.'
          : `Question by question, ${first} minus ${second}: ${decimal(more, 3)}, and 95 % of the drawings lie from ${decimal(low, 3)} to ${decimal(high, 3)}. ${
              low > 0 || high < 0
                ? 'Zero lies outside: however the questions are drawn, they nearly always agree.'
                : 'Zero lies inside: on other questions of this kind it could be the other way round.'
            }`,
      ].join(' '),
      source: places.bootstrap,
      outputs: {
        ways: trace.value(
          tableValue(
            MEANS,
            WAYS.map((one): Cell[] => [
              one,
              Math.round(100 * mean(one, 'first')),
              short(mean(one, 'reciprocalRank')),
              short(mean(one, 'ndcg')),
            ]),
            [{ row: WAYS.indexOf(best), role: 'chosen' }],
          ),
        ),
      },
    });
    yield;
    const [up, down] = [differences.filter((x) => x > 1e-9).length, differences.filter((x) => x < -1e-9).length];
    trace.frame({
      op: 'questions',
      label: 'Question by question',
      note: `${first} is better on ${up}, worse on ${down}, and equal on ${differences.length - up - down}. Marked are those where it is worse.`,
      outputs: {
        questions: trace.value(
          tableValue(
            QUESTIONS,
            labels.map(({ question }, i): Cell[] => [question, ...WAYS.map((one) => short(grades[one][i]!.ndcg))]),
            differences.flatMap((by, row) => (by < -1e-9 ? [{ row, role: 'warn' as const }] : [])),
          ),
        ),
      },
    });
    yield;
    const drawn = Array.from({ length: DRAWINGS }, () => drawAgain(differences, random));
    trace.frame({
      op: 'drawings',
      label: 'The questions drawn again',
      note: `Each drawing takes ${counted(labels.length, 'question')} from the list with replacement, so some come twice and some not at all. Above, ${SHOWN} of ${many(DRAWINGS)} drawings; below, how often each mean came.`,
      source: places.bootstrap,
      outputs: {
        drawings: trace.value(
          tableValue(
            DRAWN,
            drawn
              .slice(0, SHOWN)
              .map(({ twice, never, mean: drawnMean }, i): Cell[] => [i + 1, twice, never, short(drawnMean)]),
          ),
        ),
        spread: trace.value(
          tableValue(SPREAD, spreadOf(drawn.map(({ mean: drawnMean }) => drawnMean)), [], Number.POSITIVE_INFINITY),
        ),
      },
    });
    yield;
  },
});

interface Drawing {
  readonly twice: number;
  readonly never: number;
  readonly mean: number;
}

function drawAgain(differences: readonly number[], random: Random): Drawing {
  const times = differences.map(() => 0);
  let sum = 0;
  for (let i = 0; i < differences.length; i++) {
    const drawn = Math.floor(random() * differences.length);
    times[drawn]! += 1;
    sum += differences[drawn]!;
  }
  return {
    twice: times.filter((count) => count > 1).length,
    never: times.filter((count) => count === 0).length,
    mean: differences.length === 0 ? 0 : sum / differences.length,
  };
}

/** How many means lie around each multiple of the bin's width. */
function spreadOf(means: readonly number[]): Cell[][] {
  const bins = new Map<number, number>();
  for (const mean of means) {
    const bin = Math.round(mean / BIN);
    bins.set(bin, (bins.get(bin) ?? 0) + 1);
  }
  const [least, most] = [Math.min(...bins.keys()), Math.max(...bins.keys())];
  return Array.from({ length: most - least + 1 }, (_, i): Cell[] => [
    short((least + i) * BIN),
    bins.get(least + i) ?? 0,
  ]);
}

const short = (value: number) => Math.round(value * 1000) / 1000;
