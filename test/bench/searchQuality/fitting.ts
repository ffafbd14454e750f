// Settings chosen on some code bases and measured on another: how good a choice is where it wasn't made.

import { fuse } from '../../../src/retrieval/fuse.ts';
import { average } from '../../../src/retrieval/metrics.ts';
import { gradesOf } from './grading.ts';
import type { LabelledQuery, Place } from './labels.ts';

/** A query's two rankings, as places in the code base's chunks. */
export interface Rankings {
  readonly query: LabelledQuery;
  readonly lexical: readonly number[];
  readonly vector: readonly number[];
}

export interface FittedBase {
  readonly name: string;
  readonly chunks: readonly Place[];
  readonly rankings: readonly Rankings[];
}

export interface Setting {
  readonly k: number;
  /** Of the vectors; the words count 1. */
  readonly weight: number;
}

/** nDCG at 10 of each query of a code base, with a setting. */
export type Scores<B, S> = (base: B, setting: S) => readonly number[];

export const FUSIONS: readonly Setting[] = [1, 2, 5, 10, 20, 60].flatMap((k) =>
  [0.3, 0.5, 0.7, 1, 1.4, 2].map((weight) => ({ k, weight })),
);

export const fusedScores: Scores<FittedBase, Setting> = ({ chunks, rankings }, { k, weight }) =>
  rankings.map(({ query, lexical, vector }) => {
    const found = fuse([lexical, vector], [1, weight], { k }).map(({ id }) => chunks[id]!);
    return gradesOf(found, query).ndcg;
  });

/** The setting with the highest mean over the code bases; the first of equals. */
export function fitted<B, S>(bases: readonly B[], settings: readonly S[], scores: Scores<B, S>): S {
  const score = (setting: S) => average(bases.map((base) => average(scores(base, setting))));
  return settings.map((setting) => ({ setting, value: score(setting) })).reduce((a, b) => (b.value > a.value ? b : a))
    .setting;
}

/** For each code base the setting chosen on all others, and what it scores here. */
export function chosenOnOthers<B, S>(
  bases: readonly B[],
  settings: readonly S[],
  scores: Scores<B, S>,
): { readonly base: B; readonly setting: S; readonly ndcgs: readonly number[] }[] {
  return bases.map((base) => {
    const others = bases.filter((other) => other !== base);
    const setting = fitted(others, settings, scores);
    return { base, setting, ndcgs: scores(base, setting) };
  });
}
