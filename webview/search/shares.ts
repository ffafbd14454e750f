// A hit's score as parts: what its rank among the words' hits and among the meanings' hits adds. Knows no element.

import type { PartScore, SearchHit } from '../../src/shared/searchMessages.ts';

/** Reciprocal rank fusion's constant (Cormack, Clarke and Büttcher, 2009), where the parts come without their sums. */
const RANK_CONSTANT = 60;

export interface Shares {
  /** 0 to 1, of the best hit's score. */
  readonly lexical: number;
  readonly vector: number;
}

/** @param best the highest sum of parts in the list, from {@link partsOf} */
export function sharesOf(hit: SearchHit, best: number): Shares {
  const { lexical, vector } = partsOf(hit);
  return best <= 0 ? { lexical: 0, vector: 0 } : { lexical: lexical / best, vector: vector / best };
}

export function bestOf(hits: readonly SearchHit[]): number {
  return hits.reduce((best, hit) => {
    const { lexical, vector } = partsOf(hit);
    return Math.max(best, lexical + vector);
  }, 0);
}

function partsOf({ lexical, vector }: SearchHit): Shares {
  return { lexical: adds(lexical), vector: adds(vector) };
}

function adds(part: PartScore | null): number {
  return part === null ? 0 : (part.adds ?? 1 / (RANK_CONSTANT + part.rank));
}
