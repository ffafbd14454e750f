// How long chunks are. The one place to change it: what is measured on searches stands behind these numbers.

/** In UTF-16 units. A sentence encoder of 256 tokens takes in about 900 of code, and about 1,100 of prose. */
export interface ChunkLimits {
  /** No chunk is longer, but for closing brackets at its end. */
  readonly most: number;
  /** Small neighbours are put together up to this length. */
  readonly good: number;
  /** A definition of this length has a chunk of its own. */
  readonly alone: number;
  /** What is shorter than this and has no name is put to a neighbour. */
  readonly tiny: number;
}

export const chunkLimits: ChunkLimits = { most: 1500, good: 900, alone: 300, tiny: 80 };

/** Changes with every change of how files are cut: an index that was cut otherwise is cut anew. */
export const CHUNKER = '2';
