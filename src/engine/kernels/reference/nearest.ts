// Exact nearest neighbours as plain loops: every row is compared with the query, and the best are kept in order.

import { Fault } from '../../../shared/errors.ts';
import {
  BLOCK_ROWS,
  blockAt,
  blockBytes,
  type Kept,
  type NearestKernels,
  type RowBlock,
  type RowTable,
  strideOf,
} from '../nearest.ts';

export const referenceNearest: NearestKernels = {
  name: 'reference',
  table: (dimensions, budgetBytes) => new ReferenceTable(strideOf(dimensions), budgetBytes),
};

/** The sum of row[i] * query[i], for the row that starts at `start` of `rows`. */
export function integerDot(rows: Int8Array, start: number, query: Int16Array): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) {
    sum += rows[start + i]! * query[i]!;
  }
  return sum;
}

/** A row that is among the best. */
interface Entry {
  readonly place: number;
  readonly key: number;
  readonly score: number;
}

/** The better comes first: the higher score, or the lower key. */
function byScore(a: Entry, b: Entry): number {
  return b.score - a.score || a.key - b.key;
}

/** Puts an entry where it belongs among the best, which are in order, and drops the worst when there are too many. */
export function keepBest(best: Entry[], entry: Entry, keep: number): void {
  const worst = best.at(-1);
  if (best.length === keep && worst !== undefined && byScore(entry, worst) > 0) {
    return;
  }
  let at = best.length;
  while (at > 0 && byScore(entry, best[at - 1]!) < 0) {
    at--;
  }
  best.splice(at, 0, entry);
  if (best.length > keep) {
    best.pop();
  }
}

class ReferenceTable implements RowTable {
  readonly stride: number;
  private readonly budget: number;
  private readonly parts: RowBlock[] = [];

  constructor(stride: number, budgetBytes: number) {
    this.stride = stride;
    this.budget = budgetBytes;
  }

  get bytes(): number {
    return this.blocks * blockBytes(this.stride);
  }

  get blocks(): number {
    return this.parts.length;
  }

  block(index: number): RowBlock {
    return this.parts[index]!;
  }

  addBlock(): void {
    const bytes = blockBytes(this.stride);
    checkBudget(this.bytes, bytes, this.budget);
    this.parts.push(blockAt(new ArrayBuffer(bytes), 0, this.stride));
  }

  scan(query: Int16Array, count: number, keep: number, filtered: boolean): Kept {
    const best: Entry[] = [];
    for (let place = 0; place < count && keep > 0; place++) {
      const { rows, scales, keys, accepted } = this.parts[Math.floor(place / BLOCK_ROWS)]!;
      const row = place % BLOCK_ROWS;
      if (!filtered || (accepted[row >> 3]! >> (row & 7)) & 1) {
        const score = Math.fround(Math.fround(integerDot(rows, row * this.stride, query)) * scales[row]!);
        keepBest(best, { place, key: keys[row]!, score }, keep);
      }
    }
    return keptOf(best);
  }
}

/** Entries, best first, as three lists. */
export function keptOf(best: readonly Entry[]): Kept {
  return {
    places: best.map(({ place }) => place),
    keys: best.map(({ key }) => key),
    scores: best.map(({ score }) => score),
  };
}

/** @throws Fault `too-large` when so many bytes more would pass the budget. */
export function checkBudget(held: number, more: number, budget: number): void {
  if (held + more > budget) {
    throw new Fault('too-large', `The vectors take more than the ${Math.round(budget / 1024 / 1024)} MB they may.`, {
      remedy: 'Leave folders out of the index, or keep it in PostgreSQL.',
    });
  }
}
