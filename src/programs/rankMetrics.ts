// Ten hits for one question, three of them relevant: place them by hand, and see what recall, the reciprocal rank and
// nDCG make of it, beside the ranking as it was.

import { dcgAt, ndcgAt, precisionAt, recallAt, reciprocalRank } from '../retrieval/metrics.ts';
import type { Cell, Role, TableValue } from '../shared/trace.ts';
import { decimal } from './decimal.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { tableValue } from './views.ts';

/** The three that are relevant, and how much each counts. */
const RELEVANT = [
  ['Membership costs thirty euros a month.', 2],
  ['Students pay half, once they have shown a card.', 1],
  ['Every further kilo of clay costs three euros.', 1],
] as const;
const OTHERS = [
  'Aprons hang behind the door.',
  'A firing takes eleven hours.',
  'Wheel three wobbles.',
  'The key hangs in the café next door.',
  'In August the workshop is closed.',
  'Tools are put back on their hooks.',
  'Dry scraps go into the blue bin.',
] as const;
const COUNT = RELEVANT.length + OTHERS.length;
/** Where the three stood before the learner moved them. */
const BEFORE = [1, 6, 9] as const;

const HITS: TableValue['columns'] = [
  { id: 'place', label: 'place', type: 'number' },
  { id: 'hit', label: 'hit for “What does it cost a month?”', type: 'text' },
  { id: 'counts', label: 'counts', type: 'number' },
  { id: 'divided', label: 'divided by', type: 'number' },
  { id: 'gain', label: 'gain', type: 'number' },
];
const MEASURES: TableValue['columns'] = [
  { id: 'measure', label: 'measure', type: 'text' },
  { id: 'before', label: 'before', type: 'number' },
  { id: 'now', label: 'now', type: 'number' },
  { id: 'moved', label: '', type: 'text' },
];

const place = (label: string, at: number) =>
  ({ type: 'number', label, default: at, min: 1, max: COUNT, step: 1 }) as const;

export const rankMetrics = defineProgram({
  id: 'rank-metrics',
  title: 'Ten hits, placed by hand',
  session: false,
  params: {
    answer: place('Place of “Membership costs thirty euros”, which counts 2', BEFORE[0]),
    students: place('Place of “Students pay half”, which counts 1', BEFORE[1]),
    clay: place('Place of “Every further kilo”, which counts 1', BEFORE[2]),
    k: { type: 'number', label: 'k: how many hits somebody looks at', default: 5, min: 1, max: COUNT, step: 1 },
  },
  async *run({ params: { answer, students, clay, k }, trace }) {
    const order = ranking([answer, students, clay]);
    const [before, now] = [measured(ranking(BEFORE), k), measured(order, k)];
    const grades = order.map((hit) => RELEVANT[hit]?.[1] ?? 0);
    trace.frame({
      op: 'measure',
      label: 'Ten hits, measured',
      note: sayings(before, now),
      outputs: {
        measures: trace.value(
          tableValue(
            MEASURES,
            now.map(([name, value], i): Cell[] => {
              const was = before[i]![1];
              return [name, short(was), short(value), arrow(was, value)];
            }),
          ),
        ),
        hits: trace.value(
          tableValue(
            HITS,
            order.map((hit, i): Cell[] => [
              i + 1,
              RELEVANT[hit]?.[0] ?? OTHERS[hit - RELEVANT.length]!,
              grades[i]!,
              i < k ? short(Math.log2(i + 2)) : null,
              i < k ? short(grades[i]! / Math.log2(i + 2)) : null,
            ]),
            order.flatMap((hit, row): { row: number; role: Role }[] => {
              const role = row >= k ? 'dim' : hit < RELEVANT.length ? 'match' : undefined;
              return role === undefined ? [] : [{ row, role }];
            }),
          ),
        ),
      },
    });
    yield;
    const best = grades.toSorted((a, b) => b - a);
    trace.frame({
      op: 'ndcg',
      label: 'nDCG, opened',
      note: `The gains of the first ${k} make ${decimal(dcgAt(grades, k), 3)}. In the best order they would make ${decimal(dcgAt(best, k), 3)}. Divided: ${decimal(dcgAt(grades, k) / dcgAt(best, k), 3)}.`,
      formula: 'sum of counts / log2(place + 1)',
      source: places.dcgAt,
    });
    yield;
  },
});

/** The hits by number: 0 to 2 are the relevant ones, at these places from 1, or the next free one. */
function ranking(wanted: readonly number[]): number[] {
  const order = new Array<number | undefined>(COUNT).fill(undefined);
  wanted.forEach((at, hit) => {
    let free = at - 1;
    while (order[free] !== undefined) {
      free = (free + 1) % COUNT;
    }
    order[free] = hit;
  });
  let next = RELEVANT.length;
  return order.map((hit) => hit ?? next++);
}

function measured(order: readonly number[], k: number): (readonly [name: string, value: number])[] {
  const grades = new Map(RELEVANT.map(([, grade], hit) => [hit, grade]));
  const relevant = new Set(grades.keys());
  return [
    [`recall@${k}`, recallAt(order, relevant, k)],
    [`precision@${k}`, precisionAt(order, relevant, k)],
    ['reciprocal rank', reciprocalRank(order, relevant)],
    [`nDCG@${k}`, ndcgAt(order, grades, k)],
  ];
}

function sayings(before: ReturnType<typeof measured>, now: ReturnType<typeof measured>): string {
  const of = (way: string) => now.flatMap(([name, value], i) => (arrow(before[i]![1], value) === way ? [name] : []));
  const said = [
    ['↑ better', 'Better'],
    ['↓ worse', 'Worse'],
  ].flatMap(([way, word]) => (of(way!).length === 0 ? [] : [`${word}: ${of(way!).join(', ')}.`]));
  return said.length === 0 ? 'All measures are where they were.' : said.join(' ');
}

function arrow(before: number, now: number): string {
  return Math.abs(now - before) < 1e-9 ? '' : now > before ? '↑ better' : '↓ worse';
}

const short = (value: number) => Math.round(value * 1000) / 1000;
