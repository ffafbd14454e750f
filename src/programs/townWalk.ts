// The nearest bakeries by a walk over a graph (HNSW): from bakery to bakery, always to one that is nearer, on sparse layers
// first.

import { Hnsw, type Visit } from '../retrieval/vectors/hnsw.ts';
import { rank } from '../retrieval/vectors/neighbours.ts';
import { seededRandom } from '../shared/environment.ts';
import type { MapLine, TableValue } from '../shared/trace.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { bakeries, onGlobe } from './town.ts';
import { mapOf, NEAREST, townParams } from './townSearch.ts';
import { counted, tableValue } from './views.ts';

/** Kept while a row is put in. */
const BUILD_BREADTH = 20;

const LAYERS: TableValue['columns'] = [
  { id: 'layer', label: 'layer', type: 'number' },
  { id: 'rows', label: 'bakeries', type: 'number' },
  { id: 'compared', label: 'compared', type: 'number' },
];

export const townWalk = defineProgram({
  id: 'town-walk',
  title: 'Walk to the nearest bakeries',
  session: false,
  params: {
    ...townParams,
    links: { type: 'number', label: 'Links a bakery gets', default: 4, min: 2, max: 10, step: 1 },
    breadth: {
      type: 'number',
      label: 'How many of the best are kept on the way',
      default: 5,
      min: 1,
      max: 40,
      step: 1,
    },
  },
  async *run({ params: { x, y, count, links, breadth }, trace }) {
    const town = bakeries(count);
    const rows = town.map(onGlobe); // (N, 3)
    const graph = new Hnsw({ links, breadth: BUILD_BREADTH, random: seededRandom(1) });
    for (const [i, row] of rows.entries()) {
      graph.add(row);
      if (i % 50 === 49) {
        yield;
      }
    }
    const you = { x, y };
    const query = onGlobe(you); // (3,)
    const truth = rank(rows, query, NEAREST).map(({ index }) => index);
    const { nearest, visits } = graph.search(query, NEAREST, breadth);
    const found = new Set(nearest.map(({ index }) => index));
    const missed = truth.filter((index) => !found.has(index));
    const right = NEAREST - missed.length;
    const seen = new Set(visits.map(({ row }) => row));
    trace.frame({
      op: 'walk',
      label: 'The whole walk',
      note: `${counted(visits.length, 'comparison')} in place of ${count}, on ${counted(graph.top + 1, 'layer')}. ${right} of the ${NEAREST} nearest ${right === 1 ? 'is' : 'are'} found.`,
      source: places.search,
      outputs: {
        town: trace.value({
          ...mapOf(town, you, (i) =>
            found.has(i) ? 'chosen' : missed.includes(i) ? 'warn' : seen.has(i) ? undefined : 'dim',
          ),
          lines: linesOf(visits, town),
        }),
        layers: trace.value(
          tableValue(
            LAYERS,
            Array.from({ length: graph.top + 1 }, (_, i) => graph.top - i).map((layer) => [
              layer,
              graph.links.filter((own) => own.length > layer).length,
              visits.filter((visit) => visit.layer === layer).length,
            ]),
          ),
        ),
      },
    });
    yield;
    for (let layer = graph.top; layer >= 0; layer--) {
      const here = visits.filter((visit) => visit.layer === layer);
      const rowsHere = graph.links.filter((own) => own.length > layer).length;
      trace.frame({
        op: 'layer',
        label: layer === 0 ? 'Layer 0: everybody' : `Layer ${layer}: ${counted(rowsHere, 'bakery', 'bakeries')}`,
        note:
          here.length === 0
            ? 'Nobody here was nearer than where the walk already stood.'
            : `${counted(here.length, 'bakery is', 'bakeries are')} compared with where you are. ${layer === 0 ? `The best ${Math.max(breadth, NEAREST)} are kept on the way.` : 'The walk goes on from the nearest, one layer down.'}`,
        outputs: {
          town: trace.value({
            ...mapOf(town, you, (i) =>
              here.some(({ row }) => row === i) ? 'chosen' : graph.links[i]!.length > layer ? undefined : 'dim',
            ),
            lines: linesOf(here, town),
          }),
        },
      });
      yield;
    }
  },
});

/** From where each compared bakery was reached. */
function linesOf(visits: readonly Visit[], town: readonly { readonly x: number; readonly y: number }[]): MapLine[] {
  return visits.flatMap(({ row, from }) => {
    const [a, b] = [from === undefined ? undefined : town[from], town[row]!];
    return a === undefined ? [] : [{ from: [a.x, a.y] as const, to: [b.x, b.y] as const }];
  });
}
