// The sentence vectors of the mails, each made once: a model is asked only for what it hasn't been asked before.

import type { Embedder } from '../retrieval/embedder.ts';

const known = new WeakMap<Embedder, Map<string, Float32Array>>();

/** Of each text, its vector (C,). */
export async function vectorsOf(embedder: Embedder, texts: readonly string[]): Promise<Float32Array[]> {
  const made = known.get(embedder) ?? new Map<string, Float32Array>();
  known.set(embedder, made);
  const missing = [...new Set(texts)].filter((text) => !made.has(text));
  const vectors = await embedder.embed(missing);
  missing.forEach((text, i) => {
    made.set(text, vectors[i]!);
  });
  return texts.map((text) => made.get(text)!);
}
