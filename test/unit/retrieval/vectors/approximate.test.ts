// The inverted file and the graph, against the exact search: what they find, what they look at, and what both promise.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Hnsw } from '../../../../src/retrieval/vectors/hnsw.ts';
import { buildIvf, searchIvf } from '../../../../src/retrieval/vectors/ivf.ts';
import { dotOf } from '../../../../src/retrieval/vectors/quantise.ts';
import { seededRandom } from '../../../../src/shared/environment.ts';
import { bruteForce, clusteredRows, fallingRows, keyed, type Near, randomRows, recall } from './samples.ts';

const samples = {
  clusters: clusteredRows(2000, 32, 40, 0.6, 1),
  'falling spread': fallingRows(2000, 64, 2),
};
const small = fc.record({
  count: fc.integer({ min: 1, max: 60 }),
  dimensions: fc.integer({ min: 1, max: 8 }),
  seed: fc.integer({ min: 0, max: 1000 }),
  limit: fc.integer({ min: 1, max: 12 }),
});
const nears = (found: readonly { index: number; score: number }[]): Near[] =>
  found.map(({ index, score }) => ({ key: index, score }));

describe('inverted file', () => {
  test('every row is in one list, that of the nearest centre; with all lists it is exact', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 70 }), ({ count, dimensions, seed, limit }, lists) => {
        const rows = randomRows(count, dimensions, seed);
        const ivf = buildIvf(rows, lists, seededRandom(seed));
        expect(ivf.lists.flat().sort((a, b) => a - b)).toEqual([...rows.keys()]);
        for (const [list, members] of ivf.lists.entries()) {
          for (const row of members) {
            const best = Math.max(...ivf.centres.map((centre) => dotOf(centre, rows[row])));
            expect(dotOf(ivf.centres[list], rows[row])).toBeCloseTo(best, 6);
          }
        }
        const { nearest, compared } = searchIvf(ivf, rows[0], limit, ivf.lists.length);
        expect(nears(nearest)).toEqual(bruteForce(keyed(rows), rows[0], limit));
        expect(compared).toBe(count + ivf.centres.length);
      }),
      { numRuns: 50 },
    );
  });

  test.each(Object.entries(samples))('more probes find more, at a price: %s', (_, rows) => {
    const ivf = buildIvf(rows, 45, seededRandom(3));
    const queries = rows.filter((_, i) => i % 40 === 0);
    const truth = queries.map((query) => bruteForce(keyed(rows), query, 10));
    const runs = [1, 4, 15, 45].map((probes) => queries.map((query) => searchIvf(ivf, query, 10, probes)));
    const recalls = runs.map((traces) =>
      recall(
        truth,
        traces.map(({ nearest }) => nears(nearest)),
      ),
    );
    const costs = runs.map((traces) => traces.reduce((sum, { compared }) => sum + compared, 0) / traces.length);
    expect(recalls).toEqual([...recalls].sort((a, b) => a - b));
    expect(costs).toEqual([...costs].sort((a, b) => a - b));
    expect(recalls[2]).toBeGreaterThan(0.85);
    expect(costs[2]).toBeLessThan(rows.length * 0.6);
    expect(recalls[3]).toBe(1);
  });

  test('the trace adds up', () => {
    const ivf = buildIvf(samples.clusters, 45, seededRandom(3));
    const { probed, compared } = searchIvf(ivf, samples.clusters[5], 10, 6);
    expect(probed).toHaveLength(6);
    expect(compared).toBe(45 + probed.reduce((sum, { size }) => sum + size, 0));
    expect(probed.map(({ score }) => score)).toEqual(probed.map(({ score }) => score).sort((a, b) => b - a));
  });
});

describe('graph', () => {
  const graphOf = (rows: readonly Float32Array[], links: number, breadth: number) => {
    const graph = new Hnsw({ links, breadth, random: seededRandom(7) });
    for (const row of rows) {
      graph.add(row);
    }
    return graph;
  };

  test('no row has more links than it may, none to itself, all to rows of that layer', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 2, max: 6 }), ({ count, dimensions, seed }, links) => {
        const { links: all } = graphOf(randomRows(count, dimensions, seed), links, 10);
        for (const [row, layers] of all.entries()) {
          for (const [layer, others] of layers.entries()) {
            expect(others.length).toBeLessThanOrEqual(layer === 0 ? 2 * links : links);
            expect(new Set(others).size).toBe(others.length);
            expect(others).not.toContain(row);
            expect(others.every((other) => all[other].length > layer)).toBe(true);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('finds all where it keeps all on the way', () => {
    fc.assert(
      fc.property(small, ({ count, dimensions, seed, limit }) => {
        const rows = randomRows(count, dimensions, seed);
        const { nearest } = graphOf(rows, 30, 100).search(rows[0], limit, 100);
        expect(nears(nearest)).toEqual(bruteForce(keyed(rows), rows[0], limit));
      }),
      { numRuns: 60 },
    );
  });

  test.each(Object.entries(samples))('breadth buys recall, and it looks at a part of the rows: %s', (_, rows) => {
    const graph = graphOf(rows, 12, 80);
    const queries = rows.filter((_, i) => i % 40 === 0);
    const truth = queries.map((query) => bruteForce(keyed(rows), query, 10));
    const [narrow, wide] = [10, 80].map((breadth) => queries.map((query) => graph.search(query, 10, breadth)));
    const recallOf = (traces: typeof wide) =>
      recall(
        truth,
        traces.map(({ nearest }) => nears(nearest)),
      );
    expect(recallOf(wide)).toBeGreaterThan(0.95);
    expect(recallOf(wide)).toBeGreaterThanOrEqual(recallOf(narrow));
    const looked = wide.reduce((sum, { visits }) => sum + visits.length, 0) / wide.length;
    expect(looked).toBeLessThan(rows.length / 2);
  });

  test('the trace is a walk along links, from the entry on the top layer down', () => {
    const graph = graphOf(samples.clusters, 8, 40);
    const { visits, nearest } = graph.search(samples.clusters[11], 5, 20);
    expect(visits[0]).toMatchObject({ layer: graph.top, from: undefined });
    for (const { layer, row, from } of visits.slice(1)) {
      expect(graph.links[from as number][layer]).toContain(row);
    }
    const layers = visits.map(({ layer }) => layer);
    expect(layers).toEqual([...layers].sort((a, b) => b - a));
    const seen = new Set(visits.map(({ row }) => row));
    expect(nearest.every(({ index }) => seen.has(index))).toBe(true);
  });

  test('an empty graph finds nothing', () => {
    expect(graphOf([], 4, 4).search(Float32Array.of(1), 3, 3)).toEqual({ nearest: [], visits: [] });
  });
});
