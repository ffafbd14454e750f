// The words that a model has vectors of, as an index of their own: what analogies over single words are looked up in.

import type { NearestKernels } from '../../engine/kernels/nearest.ts';
import type { Pause } from '../../retrieval/vectors/pca.ts';
import { normalised } from '../../retrieval/vectors/quantise.ts';
import { VectorIndex } from '../../retrieval/vectors/vectorIndex.ts';
import type { Tokenizer } from '../../tokenizers/tokenizer.ts';
import type { TokenVectors } from './embeddingTokens.ts';

/** Entries that are whole words of at least two letters: no signs, no numbers, no word parts such as `##ing`. */
const WORD = /^\p{L}[\p{L}'’-]*\p{L}$/u;

/** So many entries are looked at between two pauses. */
const AT_ONCE = 256;

export interface Words {
  /** Under the words' ids. */
  readonly index: VectorIndex;
  readonly textOf: (id: number) => string;
  /** A word's direction, at length 1. */
  readonly vectorOf: (id: number) => Float32Array;
}

export async function wordsOf(
  model: TokenVectors & { readonly dimensions: number },
  tokenizer: Tokenizer,
  kernels: NearestKernels,
  pause: Pause,
): Promise<Words> {
  const index = new VectorIndex(model.dimensions, kernels);
  const texts = new Map<number, string>();
  const vectorOf = (id: number) => normalised(model.tokenVector(id) ?? new Float32Array(model.dimensions));
  for (let id = 0; id < tokenizer.size; id++) {
    const entry = tokenizer.entry(id);
    const isWord = entry?.special === false && entry.text !== null && WORD.test(entry.text);
    if (isWord && model.tokenVector(id) !== undefined) {
      texts.set(id, entry.text as string);
      index.set(id, vectorOf(id));
    }
    if (id % AT_ONCE === 0) {
      await pause();
    }
  }
  return { index, textOf: (id) => texts.get(id) ?? '', vectorOf };
}
