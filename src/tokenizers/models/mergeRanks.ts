// The merges of a BPE vocabulary, by the ids of the two pieces.

import { Fault } from '../../shared/errors.ts';
import type { BpeSpec } from '../definition.ts';

export class MergeRanks {
  private readonly ranks = new Map<number, number>();
  private readonly results: Int32Array;
  private readonly size: number;

  /**
   * @param ids of all pieces
   * @param hidden ids that no merge makes
   * @throws Fault `bad-input` naming a merge whose parts or result are none of the pieces.
   */
  constructor(spec: BpeSpec, ids: ReadonlyMap<string, number>, hidden: ReadonlySet<number>) {
    this.size = spec.pieces.length;
    this.results = new Int32Array(spec.merges.length);
    spec.merges.forEach(([left, right], rank) => {
      const joined = left + right.slice(spec.continuingPrefix.length);
      const [leftId, rightId, id] = [left, right, joined].map((piece) => {
        const found = ids.get(piece);
        if (found === undefined) {
          throw missing(piece, rank);
        }
        return found;
      });
      this.results[rank] = id!;
      if (!hidden.has(id!)) {
        this.ranks.set(leftId! * this.size + rightId!, rank);
      }
    });
  }

  /** When the pair was learned: the lower, the earlier; -1 where it is no merge. */
  rank(left: number, right: number): number {
    return this.ranks.get(left * this.size + right) ?? -1;
  }

  /** The id that merge `rank` makes. */
  result(rank: number): number {
    return this.results[rank]!;
  }
}

function missing(piece: string, rank: number): Fault {
  return new Fault('bad-input', `A merge needs the piece "${piece.slice(0, 80)}", which the vocabulary lacks.`, {
    where: `model.merges[${rank}]`,
    remedy: 'Each part of a merge, and what it makes, must be in model.vocab.',
  });
}
