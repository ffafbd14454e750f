// The labelled queries of the search benchmark: every label names a definition that is there, and grading does what it
// says.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { average } from '../../../src/retrieval/metrics.ts';
import { readStaticModel } from '../../../src/retrieval/staticModel.ts';
import { packagedPieces } from '../../../src/services/buildPieceVocabularies.ts';
import { tokenizerOf } from '../../../src/tokenizers/pipeline.ts';
import { bertUncased } from '../../../src/tokenizers/publishedPieces.ts';
import { gradesOf } from '../../bench/searchQuality/grading.ts';
import { codeBases, loadCodeBase, placeOf } from '../../bench/searchQuality/labels.ts';
import { chunksOf } from '../../bench/searchQuality/rankings.ts';
import { waysOf } from '../../bench/searchQuality/ways.ts';

describe.each(codeBases)('%s', (name) => {
  test('has at least 40 queries, each once, and every label has its place', async () => {
    const { queries, files } = await loadCodeBase(name);
    expect(files.length).toBeGreaterThan(50);
    expect(queries.length).toBeGreaterThanOrEqual(40);
    expect(new Set(queries.map(({ query }) => query)).size).toBe(queries.length);
    for (const { query, relevant } of queries) {
      expect(
        relevant.some(({ grade }) => grade === 2),
        query,
      ).toBe(true);
      const places = relevant.map(({ file, startLine, endLine }) => `${file}:${startLine}-${endLine}`);
      expect(new Set(places).size, query).toBe(places.length);
      for (const { startLine, endLine } of relevant) {
        expect(endLine, query).toBeGreaterThanOrEqual(startLine);
        expect(endLine - startLine, query).toBeLessThan(350);
      }
    }
  });
});

describe('a place', () => {
  const text = [
    'const a = 1;',
    'function f(',
    '  x,',
    ') {',
    '  if (x) {',
    '',
    '  }',
    '}',
    'const g = (y) =>',
    '  y;',
    'const h = 2;',
  ].join('\n');

  test.each([
    ['const a', 1, 1],
    ['function f(', 2, 8],
    ['  if (x) {', 5, 7],
    ['const g', 9, 10],
    ['const h', 11, 11],
  ])('of "%s" is lines %i to %i', (at, startLine, endLine) => {
    expect(placeOf('f.js', at, text)).toEqual({ file: 'f.js', startLine, endLine });
  });

  test.each([
    ['is not there', 'class', text],
    ['is there twice', 'const', text],
    ['begins within a line', 'f(', text],
    ['has no file', 'const a', undefined],
  ])('that %s is refused', (_, at, given) => {
    expect(() => placeOf('f.js', at, given)).toThrow('f.js');
  });
});

describe('grades', () => {
  const place = (file: string, startLine: number, endLine: number) => ({ file, startLine, endLine });
  const query = {
    query: 'q',
    relevant: [
      { ...place('a', 10, 29), grade: 2 },
      { ...place('b', 1, 4), grade: 1 },
    ],
  };

  test('a part of the definition counts, and what is around it; what only touches it does not', () => {
    const rankOne = (file: string, start: number, end: number) =>
      gradesOf([place(file, start, end)], query).reciprocalRank;
    expect(rankOne('a', 12, 15)).toBe(1);
    expect(rankOne('a', 1, 60)).toBe(1);
    expect(rankOne('a', 27, 34)).toBe(0);
    expect(rankOne('c', 12, 15)).toBe(0);
  });

  test('each label counts once', () => {
    const grades = gradesOf([place('a', 10, 15), place('a', 16, 29), place('b', 1, 4)], query);
    expect(grades.recall).toBe(1);
    // Gains 2, 0, 1 of at best 2, 1.
    expect(grades.ndcg).toBeCloseTo((2 + 1 / 2) / (2 + 1 / Math.log2(3)), 12);
    expect(gradesOf([place('a', 10, 15), place('a', 16, 29)], query).recall).toBe(0.5);
  });
});

test('fusion finds more than BM25 alone and than vectors alone, and both more than counting words', async () => {
  const tokenizer = tokenizerOf(bertUncased((await packagedPieces('bert-base-uncased')).pieces));
  const file = readFileSync(new URL('../../../media/models/static-minilm/model.bin', import.meta.url));
  const model = readStaticModel(new Uint8Array(file), tokenizer);
  const ndcgs = new Map<string, number[]>();
  for (const name of codeBases) {
    const base = await loadCodeBase(name);
    const chunks = await chunksOf(base);
    for (const [way, ranker] of await waysOf(base, chunks, model, undefined)) {
      const found = base.queries.map(
        (query) =>
          gradesOf(
            ranker(query).map((i) => chunks[i]!),
            query,
          ).ndcg,
      );
      ndcgs.set(way, [...(ndcgs.get(way) ?? []), ...found]);
    }
  }
  const mean = (way: string) => average(ndcgs.get(way)!);
  for (const way of ['BM25', 'static vectors']) {
    expect(mean('fusion'), way).toBeGreaterThan(mean(way) + 0.02);
    expect(mean(way)).toBeGreaterThan(mean('counting words') + 0.1);
  }
}, 120_000);
