// How good a ranking of chunks is for a labelled query.

import { ndcgAt, recallAt, reciprocalRank } from '../../../src/retrieval/metrics.ts';
import type { LabelledQuery, Place } from './labels.ts';

export interface Grades {
  readonly ndcg: number;
  readonly recall: number;
  readonly reciprocalRank: number;
}

const AT = 10;
/** Of the shorter one's lines: so much has to be shared. A chunk in the definition counts, and one around it. */
const SHARED = 0.5;

/**
 * nDCG and recall at 10, and the reciprocal rank. Each label counts once, where the first chunk reaches it; a chunk that
 * reaches several counts for the best of them that is left.
 *
 * @param found chunks, best first
 */
export function gradesOf(found: readonly Place[], { relevant }: LabelledQuery): Grades {
  const left = new Set(relevant.keys());
  const ids = found.map((chunk, i) => {
    const [reached] = [...left]
      .filter((label) => reaches(chunk, relevant[label]!))
      .sort((a, b) => relevant[b]!.grade - relevant[a]!.grade);
    if (reached === undefined) {
      return -1 - i;
    }
    left.delete(reached);
    return reached;
  });
  const all = new Set(relevant.keys());
  const grades = new Map(relevant.map(({ grade }, label) => [label, grade]));
  return { ndcg: ndcgAt(ids, grades, AT), recall: recallAt(ids, all, AT), reciprocalRank: reciprocalRank(ids, all) };
}

function reaches(chunk: Place, label: Place): boolean {
  const shared = Math.min(chunk.endLine, label.endLine) - Math.max(chunk.startLine, label.startLine) + 1;
  const shorter = Math.min(chunk.endLine - chunk.startLine, label.endLine - label.startLine) + 1;
  return chunk.file === label.file && shared >= SHARED * shorter;
}
