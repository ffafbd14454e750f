// The five nearest bakeries of a town, found by asking all of them, and by an inverted file that asks only those in the
// districts near by: how many are asked, and how many are missed.

import { buildIvf, type Ivf, searchIvf } from '../retrieval/vectors/ivf.ts';
import { rank } from '../retrieval/vectors/neighbours.ts';
import { seededRandom } from '../shared/environment.ts';
import type { MapLine, MapPoint, PointsValue, TableValue } from '../shared/trace.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { bakeries, onGlobe, type Place } from './town.ts';
import { borders } from './townBorders.ts';
import { counted, tableValue } from './views.ts';

/** How many are looked for. */
export const NEAREST = 5;

const BILL: TableValue['columns'] = [
  { id: 'way', label: 'way', type: 'text' },
  { id: 'compared', label: 'comparisons', type: 'number' },
  { id: 'found', label: `found of ${NEAREST}`, type: 'number' },
];

const GUESSES: TableValue['columns'] = [{ id: 'found', label: `found of the ${NEAREST}`, type: 'text' }];
/** What can be bet on, and how many found make it true at most. */
const SHARES: readonly (readonly [name: string, most: number])[] = [
  ['none of them', 0],
  ['one or two', 2],
  ['three or four', NEAREST - 1],
  ['all of them', NEAREST],
];

export const townParams = {
  x: { type: 'number', label: 'You, from west to east', default: 0.3, min: -1, max: 1, step: 0.01 },
  y: { type: 'number', label: 'You, from south to north', default: -0.3, min: -1, max: 1, step: 0.01 },
  count: { type: 'number', label: 'Bakeries', default: 200, min: 20, max: 500, step: 20 },
} as const;

export const townSearch = defineProgram({
  id: 'town-search',
  title: 'The nearest bakeries',
  session: false,
  params: {
    ...townParams,
    districts: { type: 'number', label: 'Districts', default: 14, min: 2, max: 30, step: 1 },
    probes: { type: 'number', label: 'Districts that are searched', default: 1, min: 1, max: 30, step: 1 },
  },
  async *run({ params: { x, y, count, districts, probes }, trace }) {
    const town = bakeries(count);
    const rows = town.map(onGlobe); // (N, 3)
    const you = { x, y };
    const query = onGlobe(you); // (3,)
    const truth = rank(rows, query, NEAREST).map(({ index }) => index);
    const ivf = buildIvf(rows, districts, seededRandom(1));
    const lines = borders(ivf.centres);
    trace.frame({
      op: 'town',
      label: 'You in town',
      note: `${counted(count, 'bakery', 'bakeries')} in ${counted(ivf.centres.length, 'district')}. The lines are borders: within a district, its own middle is nearer than any other.`,
      outputs: { town: trace.value(mapOf(town, you, () => undefined, lines)) },
    });
    yield;
    const { nearest, probed, compared } = searchIvf(ivf, query, NEAREST, probes);
    const found = new Set(nearest.map(({ index }) => index));
    const missed = truth.filter((index) => !found.has(index));
    const searched = new Set(probed.flatMap(({ list }) => ivf.lists[list]!));
    const right = NEAREST - missed.length;
    const bill = trace.value(
      tableValue(BILL, [
        ['ask all', count, NEAREST],
        [`search ${counted(probed.length, 'district')}`, compared, right],
      ]),
    );
    trace.frame({
      op: 'count',
      label: 'How many are found?',
      note: `Of the ${NEAREST} nearest bakeries, ${right} ${right === 1 ? 'is' : 'are'} found by searching ${counted(probed.length, 'district')}. The next step shows where.`,
      inputs: {
        guesses: trace.value(
          tableValue(
            GUESSES,
            SHARES.map(([name]) => [name]),
            [{ row: SHARES.findIndex(([, most]) => right <= most), role: 'chosen' }],
          ),
        ),
      },
      outputs: { bill },
    });
    yield;
    trace.frame({
      op: 'probe',
      label: `Search ${counted(probed.length, 'district')} of ${ivf.lists.length}`,
      note: `${ivf.centres.length} district middles and ${counted(searched.size, 'bakery', 'bakeries')} are compared with where you are, ${compared} comparisons in place of ${count}. ${missed.length === 0 ? `All ${NEAREST} nearest are found.` : `${right} of the ${NEAREST} nearest ${right === 1 ? 'is' : 'are'} found; ${missed.length} ${missed.length === 1 ? 'lies' : 'lie'} across a border.`}`,
      source: places.searchIvf,
      outputs: {
        town: trace.value(
          mapOf(
            town,
            you,
            (i) => (found.has(i) ? 'chosen' : missed.includes(i) ? 'warn' : searched.has(i) ? undefined : 'dim'),
            [
              ...lines,
              ...probed.map(({ list }): MapLine => {
                const middle = middleOf(ivf, list);
                return { from: [x, y], to: [middle.x, middle.y], role: 'dim' };
              }),
            ],
          ),
        ),
        bill,
      },
    });
    yield;
    trace.frame({
      op: 'scan',
      label: 'Ask all of them',
      note: `${count} comparisons, and the answer can’t be wrong.`,
      outputs: {
        town: trace.value(mapOf(town, you, (i) => (truth.includes(i) ? 'chosen' : undefined))),
      },
    });
    yield;
    const sizes = ivf.lists.map(({ length }) => length);
    trace.frame({
      op: 'districts',
      label: 'Drawing the districts',
      note: `k-means took ${counted(ivf.rounds, 'round')}: each bakery goes to the nearest middle, each middle moves to the middle of its bakeries, until nothing changes. The smallest district has ${counted(Math.min(...sizes), 'bakery', 'bakeries')} and the largest ${Math.max(...sizes)}.`,
      source: places.ivfRounds,
      outputs: {
        town: trace.value({
          kind: 'points',
          look: 'dots',
          points: [
            ...town.map(({ x: east, y: north }) => ({ x: east, y: north, role: 'dim' as const })),
            ...ivf.centres.map((_, i) => ({ ...middleOf(ivf, i), role: 'chosen' as const })),
          ],
          lines: town.map((place, i) => {
            const middle = middleOf(
              ivf,
              ivf.lists.findIndex((list) => list.includes(i)),
            );
            return { from: [place.x, place.y] as const, to: [middle.x, middle.y] as const, role: 'dim' as const };
          }),
          room: ROOM,
          xLabel: 'west to east',
          yLabel: 'south to north',
        }),
      },
    });
    yield;
  },
});

const ROOM = [
  [-1, -1],
  [1, 1],
] as const;

/** Where a district's centre is on the town's map. */
function middleOf({ centres }: Ivf, list: number): Place {
  const [a = 0, b = 0] = centres[list]!;
  return { x: Math.round(10_000 * a) / 1000, y: Math.round(10_000 * b) / 1000 };
}

/** The town with you in it, which a hand can move. */
export function mapOf(
  town: readonly Place[],
  you: Place,
  roleOf: (index: number) => MapPoint['role'],
  lines: readonly MapLine[] = [],
): PointsValue {
  return {
    kind: 'points',
    look: 'dots',
    points: [
      ...town.map((place, i) => {
        const role = roleOf(i);
        return { ...place, ...(role && { role }) };
      }),
      { ...you, label: 'you', role: 'match', move: { x: 'x', y: 'y' } },
    ],
    lines,
    room: ROOM,
    xLabel: 'west to east',
    yLabel: 'south to north',
  };
}
