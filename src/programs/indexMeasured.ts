// Five ways to the ten nearest letters, on real vectors: a scan, a scan over int8 with and without the exact look after, an
// inverted file, a graph. How much each finds, how many vectors it compares, and how long it takes on this machine.

import type { Embedder } from '../retrieval/embedder.ts';
import { Hnsw } from '../retrieval/vectors/hnsw.ts';
import { type Ivf, ivfRounds, searchIvf } from '../retrieval/vectors/ivf.ts';
import { rank } from '../retrieval/vectors/neighbours.ts';
import { dotOf } from '../retrieval/vectors/quantise.ts';
import { VectorIndex } from '../retrieval/vectors/vectorIndex.ts';
import { seededRandom } from '../shared/environment.ts';
import type { Cell, TableValue } from '../shared/trace.ts';
import { places } from './places.ts';
import { defineProgram } from './program.ts';
import { LETTER_QUESTIONS, letters } from './town.ts';
import { counted, many, tableValue } from './views.ts';

const NEAREST = 10;
const SIZES = [100, 300, 1000, 2000];
/** k-means sees so many rows at most: its middles are then as good for the rest. */
const SAMPLE = 400;
const LINKS = 8;
const BUILD_BREADTH = 24;
/** Rows between two turns for others. */
const TURN = 32;
const BYTES = 4;

const WAYS: TableValue['columns'] = [
  { id: 'way', label: 'way', type: 'text' },
  { id: 'recall', label: 'found, %', type: 'number' },
  { id: 'compared', label: 'compared', type: 'number' },
  { id: 'bytes', label: 'bytes', type: 'number' },
  { id: 'time', label: 'ms here', type: 'number' },
];
const SWEEP: TableValue['columns'] = [
  { id: 'probes', label: 'lists searched', type: 'number' },
  { id: 'recall', label: 'found, %', type: 'number' },
  { id: 'compared', label: 'compared, %', type: 'number' },
];

interface Built {
  readonly embedder: Embedder;
  readonly rows: readonly Float32Array[];
  readonly queries: readonly Float32Array[];
  readonly truth: readonly ReadonlySet<number>[];
  readonly ivf: Ivf;
  readonly graph: Hnsw;
  readonly index: VectorIndex;
  /** Of the inverted file, from one list to all. */
  readonly sweep: readonly (readonly Cell[])[];
}

/** By size, once made: dragging the probes builds nothing anew. */
const built = new Map<number, Built>();

export const indexMeasured = defineProgram({
  id: 'index-measured',
  title: 'Five ways to the nearest, measured',
  session: false,
  params: {
    size: {
      type: 'choice',
      label: 'Letters',
      default: '1000',
      options: SIZES.map((size) => ({ value: String(size), label: many(size) })),
    },
    probes: { type: 'number', label: 'Lists searched', default: 4, min: 1, max: 45, step: 1 },
    breadth: { type: 'number', label: 'Kept on the walk', default: 20, min: 1, max: 200, step: 1 },
  },
  async *run({ params: { size, probes, breadth }, trace, models, clock }) {
    const embedder = await models.embedder('static');
    const count = Number(size);
    let made = built.get(count);
    if (made?.embedder !== embedder) {
      made = yield* build(embedder, count);
      built.set(count, made);
    }
    const { rows, queries, truth, ivf, graph, index } = made;
    const byKey = (keys: readonly number[]) => new Map(keys.map((key) => [key, rows[key]!]));
    const wide = BYTES * embedder.dimensions;
    const narrow = embedder.dimensions + BYTES;
    const lists = ivf.lists.length;
    const linked = graph.links.reduce((sum, layers) => sum + layers.flat().length, 0) / count;
    const ways: readonly [string, number, (query: Float32Array) => { found: number[]; compared: number }][] = [
      ['scan', wide, (query) => ({ found: scan(rows, query), compared: count })],
      [
        'int8 scan',
        narrow,
        (query) => ({ found: index.nearest(query, NEAREST).map(({ key }) => key), compared: count }),
      ],
      [
        'int8, best again',
        narrow + wide,
        (query) => ({
          found: index.nearest(query, NEAREST, { rescore: byKey }).map(({ key }) => key),
          compared: count,
        }),
      ],
      [
        `${Math.min(probes, lists)} of ${lists} lists`,
        wide + BYTES,
        (query) => {
          const { nearest, compared } = searchIvf(ivf, query, NEAREST, probes);
          return { found: nearest.map(({ index: row }) => row), compared };
        },
      ],
      [
        `graph, keeps ${breadth}`,
        Math.round(wide + BYTES * linked),
        (query) => {
          const { nearest, visits } = graph.search(query, NEAREST, breadth);
          return { found: nearest.map(({ index: row }) => row), compared: visits.length };
        },
      ],
    ];
    const rowsOfTable: Cell[][] = [];
    for (const [name, bytes, search] of ways) {
      let [hits, compared, time] = [0, 0, 0];
      for (const [i, query] of queries.entries()) {
        const start = clock.elapsed();
        const answer = search(query);
        time += clock.elapsed() - start;
        hits += answer.found.filter((row) => truth[i]!.has(row)).length;
        compared += answer.compared;
        yield;
      }
      const asked = queries.length;
      rowsOfTable.push([
        name,
        Math.round((1000 * hits) / asked / NEAREST) / 10,
        Math.round(compared / asked),
        bytes,
        time === 0 ? null : Math.round((1000 * time) / asked) / 1000,
      ]);
    }
    trace.frame({
      op: 'measure',
      label: `${many(count)} letters, five ways`,
      note: `${counted(queries.length, 'question')}, and for each the ${NEAREST} nearest of ${many(count)} letters, in ${embedder.dimensions} dimensions. The inverted file compares ${rowsOfTable[3]![2]} vectors a question and finds ${rowsOfTable[3]![1]}%; the graph ${rowsOfTable[4]![2]}, and finds ${rowsOfTable[4]![1]}%.`,
      outputs: { ways: trace.value(tableValue(WAYS, rowsOfTable, [{ row: 0, role: 'chosen' }])) },
    });
    yield;

    trace.frame({
      op: 'sweep',
      label: 'From one list to all',
      note: `The inverted file has ${counted(lists, 'list')}. With all of them it finds everything, and compares more than the scan: the middles come on top.`,
      source: places.searchIvf,
      outputs: { sweep: trace.value(tableValue(SWEEP, made.sweep)) },
    });
    yield;
  },
});

async function* build(embedder: Embedder, count: number): AsyncGenerator<void, Built, void> {
  const rows = await embedder.embed(letters(count)); // (N, C)
  const queries = await embedder.embed(LETTER_QUESTIONS);
  yield;
  const truth: Set<number>[] = [];
  for (const query of queries) {
    truth.push(new Set(rank(rows, query, NEAREST).map(({ index }) => index)));
    yield;
  }
  const lists = Math.round(Math.sqrt(count));
  const { centres, rounds } = yield* ivfRounds(rows.slice(0, SAMPLE), lists, seededRandom(1));
  yield;
  const ivf = { rows, centres, lists: centres.map((): number[] => []), rounds };
  const graph = new Hnsw({ links: LINKS, breadth: BUILD_BREADTH, random: seededRandom(1) });
  const index = new VectorIndex(embedder.dimensions);
  for (const [i, row] of rows.entries()) {
    ivf.lists[rank(centres, row, 1)[0]!.index]!.push(i);
    graph.add(row);
    index.set(i, row);
    if (i % TURN === TURN - 1) {
      yield;
    }
  }
  const sweep: Cell[][] = [];
  for (const probes of [1, 2, 3, 4, 6, 8, 12, 16, 24, 32].filter((each) => each < lists).concat(lists)) {
    let [hits, compared] = [0, 0];
    for (const [i, query] of queries.entries()) {
      const answer = searchIvf(ivf, query, NEAREST, probes);
      hits += answer.nearest.filter(({ index: row }) => truth[i]!.has(row)).length;
      compared += answer.compared;
    }
    const asked = queries.length;
    sweep.push([
      probes,
      Math.round((1000 * hits) / asked / NEAREST) / 10,
      Math.round((1000 * compared) / asked / count) / 10,
    ]);
    yield;
  }
  return { embedder, rows, queries, truth, ivf, graph, index, sweep };
}

/** The best rows of all, without sorting the rest. */
function scan(rows: readonly Float32Array[], query: Float32Array): number[] {
  const found: number[] = [];
  const scores: number[] = [];
  for (const [row, vector] of rows.entries()) {
    const score = dotOf(vector, query);
    if (found.length === NEAREST && score <= scores[NEAREST - 1]!) {
      continue;
    }
    let at = found.length;
    while (at > 0 && scores[at - 1]! < score) {
      at--;
    }
    found.splice(at, 0, row);
    scores.splice(at, 0, score);
    found.length = Math.min(found.length, NEAREST);
    scores.length = found.length;
  }
  return found;
}
