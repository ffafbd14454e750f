// Three chunks whose order by each way can be worked out by hand, and what is said of differences.

import { describe, expect, test } from 'vitest';
import { comparisonsOf, evaluateQueries, type Query, waysOf } from '../../../../src/retrieval/evaluation/evaluate.ts';
import type { Grades } from '../../../../src/retrieval/evaluation/grades.ts';
import type { PlacedChunk } from '../../../../src/retrieval/evaluation/rankers.ts';
import { Fault } from '../../../../src/shared/errors.ts';
import type { SearchWay } from '../../../../src/shared/evaluateMessages.ts';

function chunk(path: string, text: string): PlacedChunk {
  return { kind: 'lines', path, text, start: 0, end: text.length, startLine: 1, endLine: 1, names: [] };
}

/** Gives each text the direction that it is told. */
function model(directions: Readonly<Record<string, readonly [number, number]>>) {
  return { embed: async (texts: readonly string[]) => texts.map((text) => Float32Array.from(directions[text]!)) };
}

const CHUNKS = [chunk('a.txt', 'apple apple apple banana'), chunk('b.txt', 'apple cherry'), chunk('c.txt', 'durian')];
const QUERY: Query = {
  source: 'labels',
  query: 'apple cherry',
  labels: [{ path: 'b.txt', lines: { first: 1, last: 1 }, grade: 1 }],
};
/** Cosines with the query: 0.6, 0.8 and 1. */
const VECTORS = model({
  'apple cherry': [1, 0], // the query, and the second chunk, which is the same text
  'apple apple apple banana': [0.6, 0.8],
  durian: [1, 0],
});
const parts = { breathe: async () => {}, onProgress: () => {}, reranker: undefined };

/** The place of the right chunk by each way, from the mean reciprocal rank of one query. */
async function places(vectors: typeof VECTORS, reranker?: typeof VECTORS) {
  const [result] = await evaluateQueries(CHUNKS, [QUERY], { ...parts, model: vectors, reranker });
  return Object.fromEntries(result!.ways.map(({ way, measures }) => [way, Math.round(1 / measures.mrr.mean)]));
}

describe('the ways to search', () => {
  test('each in the order that its arithmetic gives', async () => {
    // grep counts: 3 in the first, 1 + 1 in the second. BM25: of three texts two have "apple", which tells nothing, and
    // one has "cherry". Cosines: 0.6, 0.8, 1. Fused, k = 5: 1/6 + 0.7/7 = 0.267 for the second, 1/7 + 0.7/8 = 0.230 for
    // the first, 0.7/6 = 0.117 for the third.
    const cosines = [
      [0.6, 0.8],
      [0.8, 0.6],
      [1, 0],
    ];
    // The query, which is the same text as the second chunk, is asked alone.
    const embed = async (texts: readonly string[]) =>
      (texts.length === 1 ? [[1, 0]] : cosines).map((vector) => Float32Array.from(vector));
    expect(await places({ embed })).toEqual({ grep: 2, bm25: 1, vectors: 2, fused: 1 });
  });

  test('a better model that puts the right one last moves it down: 1/6 + 1/8 for it, 1/7 + 1/6 for the first', async () => {
    const better = model({
      'apple cherry': [1, 0],
      'apple apple apple banana': [1, 0],
      durian: [1, 0],
    });
    // All the same to it: the fused order stays.
    expect(await places(VECTORS, better)).toMatchObject({ fused: 1, reranked: 1 });
    const worse = {
      embed: async ([text]: readonly string[]) => {
        asked += 1;
        // The query is asked first.
        return [Float32Array.from(asked === 1 ? [1, 0] : text === 'apple cherry' ? [0, 1] : [1, 0])];
      },
    };
    let asked = 0;
    expect(await places(VECTORS, worse)).toMatchObject({ fused: 1, reranked: 2 });
  });

  test('measures of one query are exact, and nothing is said to differ', async () => {
    const [result] = await evaluateQueries(CHUNKS, [QUERY], { ...parts, model: VECTORS });
    expect(result).toMatchObject({
      source: 'labels',
      queries: 1,
      examples: [{ query: 'apple cherry', path: 'b.txt' }],
    });
    const grep = result!.ways.find(({ way }) => way === 'grep')!;
    const exactly = (mean: number) => ({ mean, low: mean, high: mean });
    expect(grep.measures).toEqual({
      ...{ recall1: exactly(0), recall5: exactly(1), recall10: exactly(1), mrr: exactly(0.5) },
      ndcg10: exactly(1 / Math.log2(3)),
    });
    expect(result!.comparisons.map(({ verdict }) => verdict)).toEqual(['unclear', 'unclear', 'unclear']);
  });

  test('each source has a result of its own', async () => {
    const others: Query[] = [
      { source: 'commits', query: 'durian', labels: [{ path: 'c.txt', grade: 1 }] },
      { source: 'commits', query: 'banana', labels: [{ path: 'a.txt', grade: 1 }] },
    ];
    const embed = async (texts: readonly string[]) => texts.map(() => Float32Array.from([1, 0]));
    const results = await evaluateQueries(CHUNKS, [QUERY, ...others], { ...parts, model: { embed } });
    expect(results.map(({ source, queries }) => [source, queries])).toEqual([
      ['labels', 1],
      ['commits', 2],
    ]);
    expect(results[1]!.ways.find(({ way }) => way === 'bm25')!.measures.recall1.mean).toBe(1);
  });

  test('it ends where nobody waits any more', async () => {
    const breathe = async () => {
      throw new Fault('cancelled', 'It was cancelled.');
    };
    await expect(evaluateQueries(CHUNKS, [QUERY], { ...parts, model: VECTORS, breathe })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  test('no text, and no word in common', async () => {
    const [none] = await evaluateQueries([], [QUERY], { ...parts, model: VECTORS });
    expect(none!.ways.map(({ measures }) => measures.recall10.mean)).toEqual([0, 0, 0, 0]);
  });
});

describe('of several queries', () => {
  const grades = (ndcg10: number): Grades => ({ recall1: 0, recall5: 0, recall10: 0, mrr: ndcg10 / 2, ndcg10 });
  const of = (fused: readonly number[], bm25: readonly number[]): Partial<Record<SearchWay, Grades>>[] =>
    fused.map((value, i) => ({ fused: grades(value), bm25: grades(bm25[i]!) }));

  test('the mean is that of the queries', () => {
    const ways = waysOf(of([1, 0.5, 0, 0.5], [0, 0, 0, 1]));
    expect(ways.map(({ way, measures }) => [way, measures.ndcg10.mean, measures.mrr.mean])).toEqual([
      ['bm25', 0.25, 0.125],
      ['fused', 0.5, 0.25],
    ]);
  });

  test('a difference that is the same each time is sure; one that goes both ways is not', () => {
    const [always] = comparisonsOf(of([0.75, 0.5, 1], [0.5, 0.25, 0.75]));
    expect(always).toEqual({
      ...{ way: 'fused', against: 'bm25', verdict: 'better' },
      difference: { mean: 0.25, low: 0.25, high: 0.25 },
    });
    expect(comparisonsOf(of([0.5, 0.25, 0.75], [0.75, 0.5, 1]))[0]).toMatchObject({ verdict: 'worse' });
    const [both] = comparisonsOf(of([1, 0, 1, 0], [0, 1, 0, 1]));
    expect(both).toMatchObject({ verdict: 'unclear', difference: { mean: 0 } });
    expect(both!.difference.low).toBeLessThan(0);
    expect(both!.difference.high).toBeGreaterThan(0);
  });

  test('ways that were not measured are not compared', () => {
    expect(comparisonsOf(of([1], [0])).map(({ way, against }) => `${way} ${against}`)).toEqual(['fused bm25']);
    expect(comparisonsOf([])).toEqual([]);
  });
});
