// Four ways to search the same passages, and how good each is for questions whose answers are known.

import type { Embedder } from '../retrieval/embedder.ts';
import { FUSION_WEIGHTS, fuse } from '../retrieval/fuse.ts';
import { bm25, type Document } from '../retrieval/lexical/bm25.ts';
import { termsOf } from '../retrieval/lexical/terms.ts';
import { ndcgAt, reciprocalRank } from '../retrieval/metrics.ts';
import { rank } from '../retrieval/vectors/neighbours.ts';
import { vectorsOf } from './openBook.ts';

export interface Labelled {
  readonly question: string;
  /** Passages by their index, and how much each counts. */
  readonly grades: ReadonlyMap<number, number>;
}

/** Lines of `question => 2, 5`: the first number is the best passage, from 1. Lines without one are left out. */
export function readLabels(lines: string, passages: number): Labelled[] {
  return lines.split('\n').flatMap((line) => {
    const [question = '', numbers = ''] = line.split('=>');
    const places = [...new Set(numbers.match(/\d+/g)?.map((number) => Number(number) - 1))].filter(
      (place) => place >= 0 && place < passages,
    );
    const grades = new Map(places.map((place, i) => [place, i === 0 ? 2 : 1]));
    return grades.size === 0 ? [] : [{ question: question.trim(), grades }];
  });
}

export const WAYS = ['grep', 'BM25', 'vectors', 'fusion'] as const;
export type Way = (typeof WAYS)[number];

/** For each way and question the passages by their index, best first; what was not found is not in it. */
export async function searchAll(
  embedder: Embedder,
  passages: readonly string[],
  questions: readonly string[],
): Promise<Readonly<Record<Way, readonly (readonly number[])[]>>> {
  const vectors = await vectorsOf(embedder, passages);
  const asked = await vectorsOf(embedder, questions);
  const words = wordSearch(passages);
  const grep = questions.map((question) => byCounting(passages, question));
  const lexical = questions.map(words);
  const near = asked.map((vector) => rank(vectors, vector, passages.length).map(({ index }) => index));
  const fusion = questions.map((_, i) =>
    fuse([lexical[i]!, near[i]!], [FUSION_WEIGHTS.lexical, FUSION_WEIGHTS.vector]).map(({ id }) => id),
  );
  return { grep, BM25: lexical, vectors: near, fusion };
}

/** How often the question's words stand in a passage, taken as they are. */
function byCounting(passages: readonly string[], question: string): number[] {
  const words = new Set(question.toLowerCase().split(/\s+/).filter(Boolean));
  return sorted(
    passages.map((passage) => {
      const lower = passage.toLowerCase();
      return [...words].reduce((sum, word) => sum + lower.split(word).length - 1, 0);
    }),
  );
}

function wordSearch(passages: readonly string[]): (question: string) => number[] {
  const terms = passages.map(termsOf);
  const documents: Document[] = terms.map((own) => ({
    length: own.length,
    weighted: (term) => own.filter((other) => other === term).length,
  }));
  const corpus = {
    texts: passages.length,
    averageLength: terms.reduce((sum, own) => sum + own.length, 0) / passages.length,
    containing: (term: string) => terms.filter((own) => own.includes(term)).length,
  };
  return (question) => {
    const asked = new Set(termsOf(question));
    return sorted(documents.map((document) => bm25(asked, document, corpus)));
  };
}

/** Indexes by score, those above 0, equal ones in their order. */
function sorted(scores: readonly number[]): number[] {
  return scores
    .map((score, index) => ({ score, index }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index)
    .map(({ index }) => index);
}

export const AT = 10;

export interface Graded {
  readonly ndcg: number;
  readonly reciprocalRank: number;
  /** 1 where the first passage found is relevant. */
  readonly first: number;
}

export function gradesOf(found: readonly number[], { grades }: Labelled): Graded {
  const relevant = new Set(grades.keys());
  return {
    ndcg: ndcgAt(found, grades, AT),
    reciprocalRank: reciprocalRank(found, relevant),
    first: relevant.has(found[0] ?? -1) ? 1 : 0,
  };
}
