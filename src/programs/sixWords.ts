// Six words and a table with a row for each: what the demonstrations of embeddings look up. The weights stand for those
// of a model that has not been trained: no word's row says anything about the word yet.

import type { Engine } from '../engine/engine.ts';
import type { TraceRecorder } from '../engine/record.ts';
import type { Tensor } from '../engine/tensor.ts';
import { lookUp, numberWords, splitWords } from '../tokenizers/words.ts';

/** `boat` 0, `ship` 1, `tide` 2, `wait` 3, `wave` 4, and the unknown word 5. */
export const VOCABULARY = numberWords(['boat', 'ship', 'tide', 'wait', 'wave']);
export const WORDS = VOCABULARY.pieces;

/** One row a word. */
export const WEIGHTS: readonly (readonly [number, number])[] = [
  [0.9, 0.4],
  [-0.7, 0.5],
  [0.2, -0.8],
  [0.6, 0.7],
  [-0.3, 0.6],
  [-0.5, -0.4],
];

/** How many numbers a row has. */
export const WIDTH = 2;

/** The table (V, C), its rows labelled. */
export function wordTable(
  engine: Engine,
  tape: TraceRecorder,
  rows: readonly (readonly number[])[] = WEIGHTS,
  name = 'table',
): Tensor {
  const table = engine.tensor(rows, { requiresGrad: true }); // (V, C)
  return tape.describe(table, { name, axes: ['V', 'C'], labels: { 0: WORDS } });
}

/** A text's tokens with their ids, cut at words and made small. */
export interface Looked {
  readonly words: readonly string[];
  readonly ids: readonly number[];
}

export function looked(sentence: string): Looked {
  const words = splitWords(sentence.toLowerCase(), 'words');
  return { words, ids: words.map((word) => lookUp(word, VOCABULARY)) };
}

/** Ids as a tensor (T,), each labelled with its token. */
export function idsTensor(engine: Engine, tape: TraceRecorder, { words, ids }: Looked): Tensor {
  const tensor = engine.tensor(ids, { dtype: 'i32' }); // (T,)
  return tape.describe(tensor, { name: 'ids', axes: ['T'], labels: { 0: words } });
}
