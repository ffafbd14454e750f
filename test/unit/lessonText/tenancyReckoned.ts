// The tenancy agreement searched by words, by meaning and by both, for the test of lesson 26: reckoned from the clauses'
// words and the model's vectors alone, not taken from the programs.

import { CLAUSE_TEXTS, CLAUSES } from '../../../src/programs/tenancy.ts';
import type { StaticModel } from '../../../src/retrieval/staticModel.ts';
import { testModels } from '../programs/models.ts';
import { loadRealTokenizer } from '../programs/realTokenizers.ts';

type Vector = ArrayLike<number>;
export const dot = (a: Vector, b: Vector) => Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
export const lengthOf = (a: Vector) => Math.sqrt(dot(a, a));
export const cosine = (a: Vector, b: Vector) => dot(a, b) / lengthOf(a) / lengthOf(b);

/** As the lesson writes a number. */
export const shown = (value: number, digits = 3) => value.toFixed(digits).replace('-', '−');

export interface Found {
  /** Counted from 1, as in the agreement. */
  readonly clause: number;
  readonly score: number;
}

const best = (score: (place: number) => number): Found[] =>
  CLAUSES.map((_, place) => ({ clause: place + 1, score: score(place) })).sort((a, b) => b.score - a.score);

/** Words and codes, and a code's two parts: what this agreement has of terms. */
function termsOf(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9_]+/gu) ?? []).flatMap((word) =>
    word.includes('_') ? [word.replace('_', ''), ...word.split('_')] : [word],
  );
}

/** Of each clause. */
export const TERMS = CLAUSE_TEXTS.map(termsOf);
export const averageLength = TERMS.reduce((sum, { length }) => sum + length, 0) / TERMS.length;
/** How many clauses hold the term. */
export const withTerm = (term: string) => TERMS.filter((terms) => terms.includes(term)).length;
export const idfOf = (term: string) => Math.log((TERMS.length - withTerm(term) + 0.5) / (withTerm(term) + 0.5));

/** What one word adds to a clause's BM25 score (k1 = 1.2, b = 0.75). @param place from 0 */
export function adds(term: string, place: number): number {
  const terms = TERMS[place]!;
  const f = terms.filter((other) => other === term).length;
  return f === 0
    ? 0
    : (Math.max(idfOf(term), 1e-6) * f * 2.2) / (f + 1.2 * (0.25 + (0.75 * terms.length) / averageLength));
}

/** The different terms of a question. */
export const askedFor = (question: string) => [...new Set(termsOf(question))];

/** The clauses that share a word with the question, best first. */
export function byWords(question: string): Found[] {
  const terms = askedFor(question);
  return best((place) => terms.reduce((sum, term) => sum + adds(term, place), 0)).filter(({ score }) => score > 0);
}

/** Reciprocal ranks, best first. */
export function fused(lists: readonly (readonly Found[])[], weights: readonly number[], k = 5): Found[] {
  const scores = new Map<number, number>();
  lists.forEach((list, which) => {
    list.forEach(({ clause }, at) => {
      scores.set(clause, (scores.get(clause) ?? 0) + weights[which]! / (k + at + 1));
    });
  });
  return Array.from(scores, ([clause, score]) => ({ clause, score })).sort(
    (a, b) => b.score - a.score || a.clause - b.clause,
  );
}

export interface NamedToken {
  readonly name: string;
  readonly vector: Vector;
}

/** What the static model says of the agreement. */
export interface Meaning {
  readonly model: StaticModel;
  /** All clauses, the highest cosine first. */
  byMeaning(question: string): Found[];
  /** A text's tokens as BERT's vocabulary spells them, each with its row of the model's table. */
  tokensOf(text: string): NamedToken[];
}

export async function readMeaning(): Promise<Meaning> {
  const model = (await testModels.embedder('static')) as StaticModel;
  const vectors = await model.embed(CLAUSE_TEXTS);
  const bert = await loadRealTokenizer('bert-base-uncased');
  return {
    model,
    byMeaning(question) {
      const vector = model.embedOne(question);
      return best((place) => cosine(vector, vectors[place]!));
    },
    tokensOf: (text) =>
      [...model.tokens(text).ids].map((id) => ({ name: bert.entry(id)!.text!, vector: model.tokenVector(id)! })),
  };
}

/** Every pair of tokens with what it adds to the cosine of the two texts, the largest first. */
export function pairsOf(first: readonly NamedToken[], second: readonly NamedToken[]) {
  const scale = lengthOf(sumOf(first)) * lengthOf(sumOf(second));
  return first
    .flatMap((one) =>
      second.map((other) => ({ pair: [one.name, other.name], value: dot(one.vector, other.vector) / scale })),
    )
    .sort((a, b) => b.value - a.value);
}

const sumOf = (tokens: readonly NamedToken[]) =>
  tokens.reduce((total, { vector }) => total.map((value, c) => value + vector[c]!), new Array<number>(192).fill(0));
