// How good search is on somebody's own files, as figures: what the command line prints and the extension shows.

import { method } from './messages.ts';
import { z } from './schema.ts';

/** Where queries come from: the words above functions, the subjects of commits, or a file of labels. */
export type QuerySource = 'docstrings' | 'commits' | 'labels';

/** Ways to search that are held against each other, the plainest first. */
export const searchWays = ['grep', 'bm25', 'vectors', 'fused', 'reranked'] as const;
export type SearchWay = (typeof searchWays)[number];

/** recall at 1, 5 and 10, the mean reciprocal rank, and nDCG at 10. */
export const measures = ['recall1', 'recall5', 'recall10', 'mrr', 'ndcg10'] as const;
export type Measure = (typeof measures)[number];

/** A mean over queries, and between what it lies by a 95% bootstrap. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One way on the queries of one source. */
export interface WayResult {
  readonly way: SearchWay;
  readonly measures: Readonly<Record<Measure, Estimate>>;
}

/** The fused ranking against another way on the same queries, by nDCG at 10. */
export interface Comparison {
  readonly way: SearchWay;
  readonly against: SearchWay;
  /** `way` less `against`, query by query. */
  readonly difference: Estimate;
  /** `unclear`: the interval holds 0, so that these queries are too few to tell the two apart. */
  readonly verdict: 'better' | 'worse' | 'unclear';
}

export interface SourceResult {
  readonly source: QuerySource;
  readonly queries: number;
  /** Some of them, to see what was asked. */
  readonly examples: readonly { readonly query: string; readonly path: string }[];
  readonly ways: readonly WayResult[];
  readonly comparisons: readonly Comparison[];
}

export interface EvaluationReport {
  readonly files: number;
  readonly chunks: number;
  /** What made the vectors, and what put the best in order anew, where there was one. */
  readonly models: { readonly vectors: string; readonly reranker: string | null };
  readonly sources: readonly SourceResult[];
  /** For people: what was left out, and why there isn't more. */
  readonly notes: readonly string[];
  readonly milliseconds: number;
}

export const MOST_QUERIES = 1000;
/** From each source, if nothing else is said. */
export const USUAL_QUERIES = 100;

/** UTF-16 units of a file of labels. */
export const MOST_LABELS = 16 * 1024 * 1024;

/**
 * Host -> search worker. Faults: `not-found` when no index is open or nothing can be asked, `bad-input` naming the line of
 * the labels that can't be read, `cancelled`.
 */
export const evaluateSearch = method<EvaluationReport>()(
  'search.evaluate',
  z.strictObject({
    queries: z.int().check(z.gte(1), z.lte(MOST_QUERIES)),
    /** Whether commits may be asked of git, which then runs in the folder. */
    commits: z.boolean(),
    /** Queries that somebody has labelled, in place of those from files and commits: see readLabels in labelFile.ts. */
    labels: z.optional(
      z.strictObject({
        text: z.string().check(z.maxLength(MOST_LABELS)),
        /** For faults. */
        file: z.string().check(z.maxLength(4096)),
      }),
    ),
    progress: z.optional(z.string().check(z.maxLength(100))),
  }),
);
