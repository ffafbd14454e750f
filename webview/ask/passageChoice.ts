// Which passages go into the prompt: those at the threshold or above, but for what the reader has taken out or pinned.
// Knows no element.

import type { AskHit } from '../../src/shared/askMessages.ts';

/** What the reader has done with a passage; absent where the threshold decides. */
export type Mark = 'in' | 'out';
export type Marks = ReadonlyMap<number, Mark>;

export type Standing =
  | 'above' // reaches the threshold
  | 'below'
  | 'pinned' // in, whatever its score
  | 'out'; // taken out

export function standingOf({ hit, similarity }: AskHit, threshold: number, marks: Marks): Standing {
  const mark = marks.get(hit.chunk);
  return mark === 'in' ? 'pinned' : mark === 'out' ? 'out' : similarity >= threshold ? 'above' : 'below';
}

/** Chunks in the order in which they stand in the prompt: what is pinned first, as the last ones go where room is short. */
export function chosenChunks(hits: readonly AskHit[], threshold: number, marks: Marks): number[] {
  const standing = (wanted: Standing) =>
    hits.filter((hit) => standingOf(hit, threshold, marks) === wanted).map(({ hit }) => hit.chunk);
  return [...standing('pinned'), ...standing('above')];
}

/** The best similarity among them; undefined where nothing was found. */
export function bestSimilarity(hits: readonly AskHit[]): number | undefined {
  return hits.length === 0 ? undefined : Math.max(...hits.map(({ similarity }) => similarity));
}

/** Marks as a page keeps them. */
export function marksToKeep(marks: Marks): readonly (readonly [number, Mark])[] {
  return [...marks];
}

/** From what a page has kept, which may come from an older version. */
export function keptMarks(kept: unknown): Marks {
  const pairs = Array.isArray(kept) ? kept.filter(Array.isArray) : [];
  return new Map(
    pairs.flatMap(([chunk, mark]): [number, Mark][] =>
      Number.isSafeInteger(chunk) && (mark === 'in' || mark === 'out') ? [[chunk, mark]] : [],
    ),
  );
}
