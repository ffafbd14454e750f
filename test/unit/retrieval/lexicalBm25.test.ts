// BM25 beside SQLite's own, over random texts in several columns with weights.

import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { bm25, inverseDocumentFrequency, termScore } from '../../../src/retrieval/lexical/bm25.ts';
import { seededRandom } from '../../../src/shared/environment.ts';

it.each([1, 2, 3, 4])('gives the scores of FTS5 (%i)', (seed) => {
  const random = seededRandom(seed);
  const words = (most: number) =>
    Array.from({ length: Math.floor(random() * most) }, () => `w${Math.floor(60 ** random())}`);
  const rows = Array.from({ length: 10 + Math.floor(random() * 120) }, () => [words(60), words(6), words(4)]);
  const weights = [random() * 3, random() * 3, random() * 3];
  const db = new DatabaseSync(':memory:');
  db.exec("create virtual table t using fts5(a, b, c, content='', tokenize='ascii')");
  const insert = db.prepare('insert into t (rowid, a, b, c) values (?, ?, ?, ?)');
  rows.forEach((columns, i) => {
    insert.run(i, ...columns.map((column) => column.join(' ')));
  });
  const documents = rows.map((columns) => ({
    length: columns.flat().length,
    weighted: (term: string) =>
      columns.reduce((sum, column, i) => sum + weights[i] * column.filter((one) => one === term).length, 0),
  }));
  const corpus = {
    texts: rows.length,
    averageLength: rows.flat(2).length / rows.length,
    containing: (term: string) => rows.filter((columns) => columns.flat().includes(term)).length,
  };
  const find = db.prepare('select rowid, -bm25(t, ?, ?, ?) score from t where t match ? order by rowid');
  let compared = 0;
  for (let i = 0; i < 12; i++) {
    const query = [...new Set(words(6))];
    if (query.length > 0) {
      const found = find.all(...weights, query.map((term) => `"${term}"`).join(' OR '));
      for (const { rowid, score } of found as { rowid: number; score: number }[]) {
        expect(Math.abs(bm25(query, documents[rowid], corpus) - score)).toBeLessThan(1e-9);
        compared += 1;
      }
      const matching = documents.filter((document) => query.some((term) => document.weighted(term) > 0));
      expect(found.length).toBe(matching.length);
    }
  }
  expect(compared).toBeGreaterThan(50);
});

it('counts rare words more, further occurrences less, and long texts less', () => {
  expect(inverseDocumentFrequency(100, 1)).toBeGreaterThan(inverseDocumentFrequency(100, 10));
  expect(inverseDocumentFrequency(100, 90)).toBeGreaterThan(0);
  const [one, two, three] = [1, 2, 3].map((frequency) => termScore(1, frequency, 10, 10));
  expect(two - one).toBeGreaterThan(three - two);
  expect(termScore(1, 1, 20, 10)).toBeLessThan(one);
  expect(bm25(['a'], { length: 3, weighted: () => 0 }, { texts: 1, averageLength: 3, containing: () => 0 })).toBe(0);
});
