// What turns texts into vectors, as the rest of retrieval sees it: the static model, a sentence encoder, one of a user's
// choice. Which one it is and where it runs is not said here.

import type { CancelSignal } from '../shared/environment.ts';

export interface Embedder {
  /** By which stores keep its vectors apart: changes whenever the vectors of a text would. */
  readonly id: string;
  /** For people: `all-MiniLM-L6-v2`. */
  readonly label: string;
  /** C: how many numbers a vector has. */
  readonly dimensions: number;
  /** What it says of itself, for people: size, licence, origin. */
  readonly detail: string;
  /**
   * A vector (C,) of length 1 for each text, in the texts' order. A text without anything in it gets zeros. Texts that
   * are longer than the model takes are cut at its end; `tokens` says where.
   *
   * @throws Fault `cancelled`
   */
  embed(texts: readonly string[], options?: EmbedOptions): Promise<Float32Array[]>;
  /** How a text is cut before it is embedded, and how many of its tokens count. */
  tokens(text: string): { readonly ids: Uint32Array; readonly used: number };
}

export interface EmbedOptions {
  readonly signal?: CancelSignal;
  /** Called now and then with how many texts are done. */
  readonly onProgress?: (done: number) => void;
}
