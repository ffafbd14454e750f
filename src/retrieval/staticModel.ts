// The static embedding model: each token has one vector, wherever it stands, and a text's is their sum at length 1. What
// a word means beside others is lost (Model2Vec by van Dongen and Tulkens, 2024, does the same); in exchange it is a table
// that is read, and nothing is computed but sums.

import { type CancelSignal, neverCancelled } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';
import type { Embedder, EmbedOptions } from './embedder.ts';
import { spaceIdentifiers } from './identifiers.ts';
import { toUnit } from './pooling.ts';
import { readStaticTable, type StaticTable, tokenVector } from './staticTable.ts';
import { WordIds } from './wordIds.ts';

export const STATIC_MODEL_ID = 'static-minilm-1';

/** UTF-16 units between two pauses, in which others get their turn: some tens of milliseconds. */
const SLICE = 1 << 16;
/** At most so many units before a slice's end is looked for a space to cut at. */
const LOOK_BACK = 1 << 10;

/**
 * The model in a file's bytes.
 *
 * @param tokenizer BERT's, uncased: `bert-base-uncased`
 * @param where what to call the file in a fault
 * @throws Fault `bad-input` when the file is damaged, or made for another vocabulary.
 */
export function readStaticModel(bytes: Uint8Array, tokenizer: Tokenizer, where = 'model.bin'): StaticModel {
  const table = readStaticTable(bytes, where);
  if (table.size !== tokenizer.size) {
    throw new Fault(
      'bad-input',
      `${where} is made for ${table.size} tokens, and ${tokenizer.name} has ${tokenizer.size}.`,
      {
        where,
        remedy: 'Install the extension again.',
      },
    );
  }
  return new StaticModel(table, tokenizer);
}

export class StaticModel implements Embedder {
  readonly id = STATIC_MODEL_ID;
  readonly label = 'static MiniLM';
  readonly dimensions: number;
  readonly detail: string;
  readonly table: StaticTable;
  private readonly tokenizer: Tokenizer;
  private readonly words: WordIds;
  /** By row: how often it stands in the text in work; zeros between texts. And the rows that do. */
  private readonly counts: Float64Array;
  private readonly present: number[] = [];

  constructor(table: StaticTable, tokenizer: Tokenizer) {
    const { dimensions, scales } = table;
    this.table = table;
    this.tokenizer = tokenizer;
    this.words = new WordIds(tokenizer);
    this.dimensions = dimensions;
    this.counts = new Float64Array(scales.length);
    const count = scales.length.toLocaleString('en');
    this.detail = `our own, distilled from all-MiniLM-L6-v2: ${count} tokens, ${dimensions} numbers each; Apache-2.0`;
  }

  /** Texts of any length count whole. Gives way to others now and then. @throws Fault `cancelled` */
  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    const { signal = neverCancelled, onProgress } = options;
    const vectors: Float32Array[] = [];
    let left = SLICE;
    for (const [i, text] of texts.entries()) {
      const counted = new Map<number, number>();
      for (let at = 0; at < text.length; ) {
        const end = sliceEnd(text, at, Math.max(left, LOOK_BACK));
        this.count(text, at, end);
        left = end < text.length ? 0 : left - (end - at);
        at = end;
        if (left <= 0) {
          this.putAside(counted);
          await pause(signal);
          onProgress?.(i);
          left = SLICE;
        }
      }
      vectors.push(this.sum(counted));
    }
    onProgress?.(texts.length);
    return vectors;
  }

  /** The vector (C,) of one text, at once: for queries and what is as short. */
  embedOne(text: string): Float32Array {
    this.count(text, 0, text.length);
    return this.sum(new Map());
  }

  /** Identifiers are cut into their parts first. All tokens count, but for those that carry nothing. */
  tokens(text: string): { readonly ids: Uint32Array; readonly used: number } {
    const { ids } = this.tokenizer.encode(spaceIdentifiers(text));
    return { ids, used: ids.length };
  }

  /**
   * A token's own vector, (C,): its direction says what it means, its length how much it counts. Undefined where it
   * counts for nothing.
   */
  tokenVector(id: number): Float32Array | undefined {
    return tokenVector(this.table, id);
  }

  private count(text: string, start: number, end: number): void {
    const { counts, present } = this;
    const { rowOf } = this.table;
    this.words.each(text, start, end, (ids) => {
      for (let i = 0; i < ids.length; i++) {
        const row = rowOf[ids[i]!]!;
        if (row !== -1 && counts[row]!++ === 0) {
          present.push(row);
        }
      }
    });
  }

  /** Clears the counts for others that embed meanwhile; they are added to `counted`. */
  private putAside(counted: Map<number, number>): void {
    for (const row of this.present) {
      counted.set(row, (counted.get(row) ?? 0) + this.counts[row]!);
      this.counts[row] = 0;
    }
    this.present.length = 0;
  }

  /** The counted rows' sum, at length 1, in the order of the rows; and the counts are zeros again. */
  private sum(counted: Map<number, number>): Float32Array {
    if (counted.size > 0) {
      this.putAside(counted);
      for (const [row, count] of counted) {
        this.counts[row] = count;
        this.present.push(row);
      }
    }
    const { counts, present, dimensions } = this;
    const { scales, rows } = this.table;
    const total = new Float64Array(dimensions); // (C,)
    for (const row of present.sort((a, b) => a - b)) {
      const factor = counts[row]! * scales[row]!;
      for (let c = 0, at = row * dimensions; c < dimensions; c++, at++) {
        total[c]! += factor * rows[at]!;
      }
      counts[row] = 0;
    }
    present.length = 0;
    return toUnit(Float32Array.from(total));
  }
}

/** At most `most` units on from `start`, behind a white space where one is near. */
function sliceEnd(text: string, start: number, most: number): number {
  const last = start + most;
  if (last >= text.length) {
    return text.length;
  }
  for (let at = last; at > Math.max(start, last - LOOK_BACK); at--) {
    if (/\s/.test(text[at - 1]!)) {
      return at;
    }
  }
  return last;
}

async function pause(signal: CancelSignal): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve, 0));
  if (signal.cancelled) {
    throw new Fault('cancelled', 'Embedding was cancelled.');
  }
}
