// Nearest neighbours by looking at all of them: which rows of a table are most like a query. No index that would make it
// faster than one product with the whole table.

import { cosine, norm } from '../engine/ops/cosine.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { neg } from '../engine/ops/neg.ts';
import { sub } from '../engine/ops/sub.ts';
import { topK } from '../engine/ops/topK.ts';
import type { Tensor } from '../engine/tensor.ts';

export type Measure = 'dot' | 'cosine' | 'distance';

/**
 * How like the query each row is: rows (N, C) and query (C,) make (N,). More is more alike, so a distance counts
 * negative.
 *
 * @throws Fault `bad-input` when the query has not as many numbers as a row.
 */
export function likeness(rows: Tensor, query: Tensor, measure: Measure): Tensor {
  switch (measure) {
    case 'dot':
      return matmul(rows, query); // (N,)
    case 'cosine':
      return cosine(rows, query); // (N,)
    case 'distance':
      return neg(norm(sub(rows, query))); // (N,)
  }
}

/**
 * The k rows most like the query: their numbers, the most alike first, and how alike they are. Both are (k,). Of equals
 * the first row comes first.
 *
 * @throws Fault `bad-input` when there are no k rows, or the query doesn't fit.
 */
export function nearest(rows: Tensor, query: Tensor, k: number, measure: Measure): { ids: Tensor; likeness: Tensor } {
  const { values, indices } = topK(likeness(rows, query, measure), k);
  return { ids: indices, likeness: values };
}
