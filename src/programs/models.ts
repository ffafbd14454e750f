// Models that programs may use: the static one that ships, and real ones that are on this machine.

import type { Embedder } from '../retrieval/embedder.ts';
import type { WordVectors } from '../retrieval/wordVectors.ts';

export interface ProgramModels {
  /**
   * `static` ships and is always there; `minilm` and others by their id.
   *
   * @throws Fault `model-missing` when it has to be fetched first: `where` is its id, the text has its name and size
   */
  embedder(id: string): Promise<Embedder>;
  /**
   * A Transformers.js pipeline on one text, with its answer as it comes.
   *
   * @param task as Transformers.js names it: `text-classification`, `feature-extraction`
   * @throws Fault as above
   */
  pipeline(task: string, id: string, text: string, options?: Readonly<Record<string, unknown>>): Promise<unknown>;
  /**
   * One of the model's own files, to be looked into: `config.json`, `tokenizer.json`.
   *
   * @throws Fault as above; `not-found` when it has no such file
   */
  file(id: string, name: string): Promise<Uint8Array<ArrayBuffer>>;
  /** GloVe's vectors of 20,000 English words, which ship. */
  wordVectors(): Promise<WordVectors>;
}
