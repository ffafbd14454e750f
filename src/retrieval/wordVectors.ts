// Vectors of words, learned by others from much text: one row a word. Neighbours are found by looking at all of them.

import type { StaticTable } from './staticTable.ts';

export interface Neighbour {
  readonly word: string;
  readonly cosine: number;
}

export class WordVectors {
  /** The most frequent first. */
  readonly words: readonly string[];
  /** C. */
  readonly dimensions: number;
  private readonly ids: ReadonlyMap<string, number>;
  private readonly table: StaticTable;
  /** Of each row: (N,). */
  private readonly lengths: Float32Array;

  /** @param words those of the table's rows, in their order */
  constructor(words: readonly string[], table: StaticTable) {
    this.words = words;
    this.table = table;
    this.dimensions = table.dimensions;
    this.ids = new Map(words.map((word, id) => [word, id]));
    this.lengths = Float32Array.from(words, (_, id) => lengthOf(this.row(id)));
  }

  has(word: string): boolean {
    return this.ids.has(word);
  }

  /** (C,); undefined for a word that has none. */
  vector(word: string): Float32Array | undefined {
    const id = this.ids.get(word);
    return id === undefined ? undefined : this.row(id);
  }

  /** The k words whose vectors point most nearly the way of `query` (C,), without those of `leftOut`; the nearest first. */
  nearest(query: Float32Array, k: number, leftOut: readonly string[] = []): Neighbour[] {
    const length = lengthOf(query) || 1;
    const without = new Set(leftOut);
    const { rows, scales, dimensions } = this.table;
    const found: Neighbour[] = []; // the best so far, the nearest first
    for (const [id, word] of this.words.entries()) {
      let sum = 0;
      for (let c = 0; c < dimensions; c++) {
        sum += rows[id * dimensions + c]! * query[c]!;
      }
      const cosine = (sum * scales[id]!) / (length * this.lengths[id]!);
      if ((found.length < k || cosine > found.at(-1)!.cosine) && !without.has(word)) {
        const place = found.findIndex((other) => cosine > other.cosine);
        found.splice(place === -1 ? found.length : place, 0, { word, cosine });
        found.splice(k);
      }
    }
    return found;
  }

  private row(id: number): Float32Array {
    const { rows, scales, dimensions } = this.table;
    return Float32Array.from(rows.subarray(id * dimensions, (id + 1) * dimensions), (value) => value * scales[id]!);
  }
}

/** The cosine of two vectors; 0 where one has no length. */
export function cosineOf(a: Float32Array, b: Float32Array): number {
  const product = a.reduce((sum, value, c) => sum + value * b[c]!, 0);
  return product / (lengthOf(a) * lengthOf(b) || 1);
}

function lengthOf(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) {
    sum += value * value;
  }
  return Math.sqrt(sum);
}
