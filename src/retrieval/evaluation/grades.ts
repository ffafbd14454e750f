// How good one ranking is for one query, by five measures. What counts as found: a chunk that reaches a label, or, where
// labels name whole files, a file.

import type { Estimate, Measure } from '../../shared/evaluateMessages.ts';
import { ndcgAt, recallAt, reciprocalRank } from '../metrics.ts';

export interface Place {
  readonly path: string;
  /** From 1, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface Label {
  readonly path: string;
  /** Absent: the whole file. */
  readonly lines?: { readonly first: number; readonly last: number };
  /** How relevant it is: above 0. */
  readonly grade: number;
}

export type Grades = Readonly<Record<Measure, number>>;
export type Estimates = Readonly<Record<Measure, Estimate>>;

/** Of the shorter one's lines: so much has to be shared. A chunk in the labelled lines counts, and one around them. */
const SHARED = 0.5;

/**
 * Each label counts once, where the first chunk reaches it; a chunk that reaches several counts for the best that is
 * left. Where all labels are files, several chunks of one file count as one hit, at the place of the first.
 *
 * @param found chunks, best first
 */
export function gradesOf(found: readonly Place[], labels: readonly Label[]): Grades {
  const files = labels.every(({ lines }) => lines === undefined);
  const ids = files ? fileIds(found, labels) : chunkIds(found, labels);
  const all = new Set(labels.keys());
  const grades = new Map(labels.map(({ grade }, label) => [label, grade]));
  return {
    recall1: recallAt(ids, all, 1),
    recall5: recallAt(ids, all, 5),
    recall10: recallAt(ids, all, 10),
    mrr: reciprocalRank(ids, all),
    ndcg10: ndcgAt(ids, grades, 10),
  };
}

/** The number of the label that each file is, or one below 0. */
function fileIds(found: readonly Place[], labels: readonly Label[]): number[] {
  const byPath = new Map(labels.map(({ path }, label) => [path, label]));
  return [...new Set(found.map(({ path }) => path))].map((path, i) => byPath.get(path) ?? -1 - i);
}

function chunkIds(found: readonly Place[], labels: readonly Label[]): number[] {
  const left = new Set(labels.keys());
  return found.map((chunk, i) => {
    const [reached] = [...left]
      .filter((label) => reaches(chunk, labels[label]!))
      .sort((a, b) => labels[b]!.grade - labels[a]!.grade);
    if (reached === undefined) {
      return -1 - i;
    }
    left.delete(reached);
    return reached;
  });
}

function reaches(chunk: Place, { path, lines }: Label): boolean {
  if (chunk.path !== path || lines === undefined) {
    return chunk.path === path;
  }
  const shared = Math.min(chunk.endLine, lines.last) - Math.max(chunk.startLine, lines.first) + 1;
  const shorter = Math.min(chunk.endLine - chunk.startLine, lines.last - lines.first) + 1;
  return shared >= SHARED * shorter;
}
