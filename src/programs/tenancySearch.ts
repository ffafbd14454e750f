// Search in the tenancy agreement, by words and by meaning: what several programs of one lesson share.

import type { Embedder } from '../retrieval/embedder.ts';
import { bm25, type Corpus, type Document } from '../retrieval/lexical/bm25.ts';
import { termsOf } from '../retrieval/lexical/terms.ts';
import { type Ranked, rank } from '../retrieval/vectors/neighbours.ts';
import { Fault } from '../shared/errors.ts';
import type { ChoiceParam } from '../shared/params.ts';
import type { ProgramModels } from './models.ts';
import { CLAUSE_TEXTS } from './tenancy.ts';

export const modelParam = {
  type: 'choice',
  label: 'Model',
  help: 'The second one runs only where it is on this machine.',
  default: 'static',
  options: [
    { value: 'static', label: 'static MiniLM, a table of token vectors' },
    { value: 'minilm', label: 'all-MiniLM-L6-v2, a transformer' },
  ],
} as const satisfies ChoiceParam;

export interface ChosenModel {
  readonly embedder: Embedder;
  /** Where another was wanted: why it is not that one, as sentences. */
  readonly instead?: string;
}

/** The model that was asked for, or the static one with a word on what is missing. */
export async function chosenModel(models: ProgramModels, id: string): Promise<ChosenModel> {
  if (id === 'static') {
    return { embedder: await models.embedder('static') };
  }
  try {
    return { embedder: await models.embedder(id) };
  } catch (error) {
    if (!(error instanceof Fault) || (error.code !== 'model-missing' && error.code !== 'not-found')) {
      throw error;
    }
    return {
      embedder: await models.embedder('static'),
      instead: `${error.message} This is the static model’s answer.`,
    };
  }
}

const vectorsOf = new WeakMap<Embedder, Promise<readonly Float32Array[]>>();

/** A vector (C,) for each clause, made once for each model. */
export function clauseVectors(embedder: Embedder): Promise<readonly Float32Array[]> {
  let vectors = vectorsOf.get(embedder);
  if (vectors === undefined) {
    vectors = embedder.embed(CLAUSE_TEXTS);
    vectorsOf.set(embedder, vectors);
    vectors.catch(() => vectorsOf.delete(embedder));
  }
  return vectors;
}

/** All clauses by the cosine with the query, best first. */
export async function byMeaning(embedder: Embedder, query: string): Promise<Ranked[]> {
  const [vector] = await embedder.embed([query]);
  return rank(await clauseVectors(embedder), vector!, CLAUSE_TEXTS.length);
}

/** A clause as BM25 takes it. */
export const CLAUSE_TERMS: readonly (readonly string[])[] = CLAUSE_TEXTS.map(termsOf);

export const CLAUSE_DOCUMENTS: readonly Document[] = CLAUSE_TERMS.map((terms) => ({
  length: terms.length,
  weighted: (term) => terms.filter((other) => other === term).length,
}));

export const CLAUSE_CORPUS: Corpus = {
  texts: CLAUSE_TERMS.length,
  averageLength: CLAUSE_TERMS.reduce((sum, terms) => sum + terms.length, 0) / CLAUSE_TERMS.length,
  containing: (term) => CLAUSE_TERMS.filter((terms) => terms.includes(term)).length,
};

/** Each term of a query once. */
export function distinctTerms(query: string): string[] {
  return [...new Set(termsOf(query))];
}

/** The clauses that share a word with the query, by BM25, best first. */
export function byWords(query: string): Ranked[] {
  const terms = distinctTerms(query);
  return CLAUSE_DOCUMENTS.map((document, index) => ({ index, score: bm25(terms, document, CLAUSE_CORPUS) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.index - b.index);
}

export const indexesOf = (ranking: readonly Ranked[]) => ranking.map(({ index }) => index);

/** A question inside a sentence: on one line, and not too long. */
export function asked(query: string): string {
  const line = query.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').trim();
  return line.length <= 60 ? line : `${line.slice(0, 59).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}
