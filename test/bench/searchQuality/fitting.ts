// Which k and which weight of the vectors fuse best, and how good that choice is where it wasn't made: fitted on all code
// bases but one, measured on that one.

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

const SETTINGS: readonly Setting[] = [1, 2, 5, 10, 20, 60].flatMap((k) =>
  [0.3, 0.5, 0.7, 1, 1.5].map((weight) => ({ k, weight })),
);

/** nDCG at 10 of each query of a code base. */
export function fusedScores({ chunks, rankings }: FittedBase, { k, weight }: Setting): number[] {
  return rankings.map(({ query, lexical, vector }) => {
    const found = fuse([lexical, vector], [1, weight], { k }).map(({ id }) => chunks[id]!);
    return gradesOf(found, query).ndcg;
  });
}

/** The setting with the highest mean over the code bases; the first of equals. */
export function fitted(bases: readonly FittedBase[]): Setting {
  const score = (setting: Setting) => average(bases.map((base) => average(fusedScores(base, setting))));
  return SETTINGS.map((setting) => ({ setting, value: score(setting) })).reduce((a, b) => (b.value > a.value ? b : a))
    .setting;
}
