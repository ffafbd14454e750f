// Asks every query in every way, and sums up: means with their 95% intervals, and whether the differences are more than
// chance on so many queries.

import { seededRandom } from '../../shared/environment.ts';
import type {
  Comparison,
  Estimate,
  Measure,
  QuerySource,
  SearchWay,
  SourceResult,
  WayResult,
} from '../../shared/evaluateMessages.ts';
import { measures, searchWays } from '../../shared/evaluateMessages.ts';
import type { Embedder } from '../embedder.ts';
import { bootstrap } from '../metrics.ts';
import { type Grades, gradesOf, type Label } from './grades.ts';
import {
  type Breathe,
  fusedRank,
  Meanings,
  type PlacedChunk,
  type Ranked,
  Reranker,
  WordCounts,
  WordIndex,
} from './rankers.ts';

export interface Query {
  readonly source: QuerySource;
  readonly query: string;
  /** At least one. */
  readonly labels: readonly Label[];
}

export interface EvaluateParts {
  readonly model: Pick<Embedder, 'embed'>;
  /** undefined where there is none. */
  readonly reranker: Pick<Embedder, 'embed'> | undefined;
  readonly breathe: Breathe;
  readonly onProgress: (done: number, total: number, what: 'chunks' | 'queries') => void;
}

/** Queries of one source that are shown. */
const EXAMPLES = 3;

/** @throws Fault `cancelled`, by `breathe` */
export async function evaluateQueries(
  chunks: readonly PlacedChunk[],
  queries: readonly Query[],
  { model, reranker, breathe, onProgress }: EvaluateParts,
): Promise<SourceResult[]> {
  const counts = new WordCounts(chunks);
  const words = await WordIndex.of(chunks, breathe);
  const meanings = await Meanings.of(chunks, model, breathe, (done) => onProgress(done, chunks.length, 'chunks'));
  const better = reranker && new Reranker(chunks, reranker);
  const graded: { readonly source: QuerySource; readonly grades: Partial<Record<SearchWay, Grades>> }[] = [];
  for (const [i, { source, query, labels }] of queries.entries()) {
    const lexical = words.rank(query);
    const vector = await meanings.rank(query);
    const fused = fusedRank(lexical, vector);
    const grade = (order: Ranked) =>
      gradesOf(
        order.map((chunk) => chunks[chunk]!),
        labels,
      );
    graded.push({
      source,
      grades: {
        grep: grade(await counts.rank(query, breathe)),
        bm25: grade(lexical),
        vectors: grade(vector),
        fused: grade(fused),
        ...(better && { reranked: grade(await better.rank(query, fused, breathe)) }),
      },
    });
    onProgress(i + 1, queries.length, 'queries');
    await breathe();
  }
  return [...new Set(queries.map(({ source }) => source))].map((source) => {
    const own = queries.filter((query) => query.source === source);
    const examples = own.slice(0, EXAMPLES).map(({ query, labels }) => ({ query, path: labels[0]?.path ?? '' }));
    const grades = graded.filter((one) => one.source === source).map((one) => one.grades);
    return { source, queries: own.length, examples, ways: waysOf(grades), comparisons: comparisonsOf(grades) };
  });
}

type GradesByWay = Partial<Record<SearchWay, Grades>>;

/** @param grades of each query */
export function waysOf(grades: readonly GradesByWay[]): WayResult[] {
  return waysIn(grades).map((way) => {
    const estimate = (measure: Measure) => interval(grades.map((one) => one[way]?.[measure] ?? 0));
    const all = measures.map((measure) => [measure, estimate(measure)] as const);
    return { way, measures: Object.fromEntries(all) as Record<Measure, Estimate> };
  });
}

/** What search does against each plainer way, and the better model's order against that. */
export function comparisonsOf(grades: readonly GradesByWay[]): Comparison[] {
  const ways = waysIn(grades);
  const pairs: [SearchWay, SearchWay][] = [
    ['fused', 'grep'],
    ['fused', 'bm25'],
    ['fused', 'vectors'],
    ['reranked', 'fused'],
  ];
  return pairs
    .filter((pair) => pair.every((way) => ways.includes(way)))
    .map(([way, against]) => {
      const differences = grades.map((one) => (one[way]?.ndcg10 ?? 0) - (one[against]?.ndcg10 ?? 0));
      const difference = interval(differences);
      // One query has no spread, and its interval no width.
      const sure = differences.length > 1;
      const verdict = sure && difference.low > 0 ? 'better' : sure && difference.high < 0 ? 'worse' : 'unclear';
      return { way, against, difference, verdict };
    });
}

function waysIn(grades: readonly GradesByWay[]): SearchWay[] {
  return searchWays.filter((way) => grades.some((one) => one[way] !== undefined));
}

/** The same values give the same interval. */
function interval(values: readonly number[]): Estimate {
  return bootstrap(values, seededRandom(1));
}
