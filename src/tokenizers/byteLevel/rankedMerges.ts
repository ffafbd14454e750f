// Two ways to say how a byte-level BPE merges: a list of pairs, as `tokenizer.json` has it, and tokens by rank, as
// tiktoken has it, where any two neighbours merge that spell a token together. Says whether both come to the same.

import { pairKey } from '../bpe.ts';

/** Of the lengths of all tokens squared: what the check may cost. A published vocabulary takes a tenth. */
const MOST_WORK = 2e8;

/**
 * True where merging by `merges`, the first listed first, gives the same tokens for every text as merging by rank, the
 * lowest id first, and as taking a pre-token that is a token whole.
 *
 * It does where merge i makes token 256 + i, and where each token's own bytes are merged into that token. For then let
 * two neighbours x and y spell a token t. Nothing was merged across their outer borders, so t's bytes were merged as
 * they would have been by themselves; at this rank that leaves just the pair that makes t in the list: it is x and y.
 *
 * False, too, where tokens are so long that telling would take long.
 *
 * @param tokens by id; the first 256 have one byte each
 * @param merges ids of the two parts
 */
export function mergesAreRanks(
  tokens: readonly Uint8Array[],
  merges: readonly (readonly [left: number, right: number])[],
): boolean {
  const bytesFirst = tokens.slice(0, 256).every((token) => token.length === 1);
  if (!bytesFirst || tokens.length !== merges.length + 256) {
    return false;
  }
  if (tokens.reduce((work, { length }) => work + length * length, 0) > MOST_WORK) {
    return false;
  }
  const idOfByte = new Map(tokens.slice(0, 256).map((token, id) => [token[0]!, id]));
  const made = new Map<number, number>();
  return merges.every(([left, right], i) => {
    const id = i + 256;
    const joined = [...(tokens[left] ?? []), ...(tokens[right] ?? [])];
    const spells = joined.length === tokens[id]!.length && joined.every((byte, at) => tokens[id]![at] === byte);
    const parts = merged(
      joined.map((byte) => idOfByte.get(byte)!),
      made,
    );
    made.set(pairKey(left, right), id);
    return spells && parts.length === 2 && parts[0] === left && parts[1] === right;
  });
}

/** Merges neighbours, the lowest id first, until none is in `made`. */
function merged(bytes: readonly number[], made: ReadonlyMap<number, number>): number[] {
  const ids = [...bytes];
  for (;;) {
    let lowest = Number.POSITIVE_INFINITY;
    let at = -1;
    for (let i = 0; i + 1 < ids.length; i++) {
      const id = made.get(pairKey(ids[i]!, ids[i + 1]!));
      if (id !== undefined && id < lowest) {
        lowest = id;
        at = i;
      }
    }
    if (at === -1) {
      return ids;
    }
    ids.splice(at, 2, lowest);
  }
}
