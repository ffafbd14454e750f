// One text under the glass: its vector, its tokens, and, of a static model, the vectors that its own is the sum of.

import type { Embedder } from '../../retrieval/embedder.ts';
import { dotOf, lengthOf } from '../../retrieval/vectors/quantise.ts';
import { type InspectedText, MOST_PARTS } from '../../shared/embeddingMessages.ts';
import type { Tokenizer } from '../../tokenizers/tokenizer.ts';

/** A model whose vector of a text is the sum of its tokens' vectors, brought to length 1. */
export interface TokenVectors {
  /** (C,): its length is how much the token counts. Undefined where it counts for nothing. */
  tokenVector(id: number): Float32Array | undefined;
}

export function hasTokenVectors(embedder: Embedder): embedder is Embedder & TokenVectors {
  return 'tokenVector' in embedder;
}

export function inspected(
  model: string,
  embedder: Embedder,
  tokenizer: Tokenizer | undefined,
  text: string,
  vector: Float32Array,
): InspectedText {
  const { ids, used } = embedder.tokens(text);
  const listed = [...ids.subarray(0, MOST_PARTS)];
  const tokens = listed.map((id) => ({ id, piece: tokenizer?.entry(id)?.text ?? `#${id}` }));
  const parts = hasTokenVectors(embedder) ? partsOf(embedder, ids.subarray(0, used), vector) : undefined;
  return {
    model,
    dimensions: embedder.dimensions,
    vector: Float32Array.from(vector).buffer,
    empty: vector.every((x) => x === 0),
    tokens,
    tokenCount: ids.length,
    used,
    ...(parts && { parts }),
  };
}

function partsOf(
  embedder: Embedder & TokenVectors,
  ids: Uint32Array,
  vector: Float32Array,
): NonNullable<InspectedText['parts']> {
  const { dimensions } = embedder;
  // Of all the tokens: the weights are parts of the whole, though the first alone are listed.
  const lengths = new Map<number, number>();
  let total = 0;
  for (const id of ids) {
    const length = lengths.get(id) ?? lengthOf(embedder.tokenVector(id) ?? []);
    lengths.set(id, length);
    total += length;
  }
  const listed = ids.subarray(0, MOST_PARTS);
  const vectors = new Float32Array(listed.length * dimensions);
  const norms = new Float32Array(listed.length);
  const weights = new Float32Array(listed.length);
  const cosines = new Float32Array(listed.length);
  for (const [i, id] of listed.entries()) {
    const own = embedder.tokenVector(id);
    const length = lengths.get(id) ?? 0;
    if (own !== undefined && length > 0) {
      vectors.set(own, i * dimensions);
      norms[i] = length;
      weights[i] = length / total;
      cosines[i] = dotOf(own, vector) / length;
    }
  }
  return { vectors: vectors.buffer, weights: weights.buffer, norms: norms.buffer, cosines: cosines.buffer };
}
