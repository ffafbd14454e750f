// A vocabulary in a tokenizer.json, `{"piece": id, …}`: read into a list by id, and written.

import { isCount, type JsonPart, shown } from './jsonPart.ts';

/** No id is higher: a list up to it must fit into memory. The largest published vocabularies have a million pieces. */
export const HIGHEST_ID = 2 ** 22 - 1;

export interface Vocabulary {
  /** Piece i is id i; null where an id has none. */
  readonly pieces: readonly (string | null)[];
  readonly ids: ReadonlyMap<string, number>;
}

/**
 * Ids may have gaps; none may stand for two pieces.
 *
 * @throws Fault `bad-input` naming the piece that is wrong, or the vocabulary when it is empty.
 */
export function readVocabulary(part: JsonPart): Vocabulary {
  const ids = new Map<string, number>();
  let size = 0;
  for (const [piece, id] of part.entries()) {
    if (!isCount(id, HIGHEST_ID)) {
      const what = `is ${shown(id)}, and must be an id: a whole number from 0 to ${HIGHEST_ID}`;
      throw part.named(piece).fault(what, 'Write the id that the model knows.');
    }
    if (/\p{Surrogate}/u.test(piece)) {
      throw part.named(piece).fault('is a piece with half of a surrogate pair', 'Write the whole character.');
    }
    ids.set(piece, id);
    size = Math.max(size, id + 1);
  }
  if (ids.size === 0) {
    throw part.fault('is empty', 'A tokenizer needs pieces: train it first.');
  }
  const pieces = new Array<string | null>(size).fill(null);
  for (const [piece, id] of ids) {
    const other = pieces[id];
    if (typeof other === 'string') {
      throw part.named(piece).fault(`has the id ${id}, which ${shown(other)} has as well`, 'Give each its own.');
    }
    pieces[id] = piece;
  }
  return { pieces, ids };
}

/** As JSON, in the order of the ids: an object of ours would put pieces such as "0" first. */
export function writeVocabulary(pieces: readonly (string | null)[]): string {
  const written: string[] = [];
  pieces.forEach((piece, id) => {
    if (piece !== null) {
      written.push(`${JSON.stringify(piece)}:${id}`);
    }
  });
  return `{${written.join(',')}}`;
}
