// A sentence encoder as an Embedder: tokens in, the model's states out, their mean brought to length 1. Each text is
// computed by itself: with 8-bit products, a text's vector would else depend on what stands beside it, and padding
// would be computed too; a batch was no faster.

import type { InferenceSession, Tensor } from 'onnxruntime-common';
import type { Embedder, EmbedOptions } from '../../retrieval/embedder.ts';
import { toUnit } from '../../retrieval/pooling.ts';
import { Fault } from '../../shared/errors.ts';

/** A tokenizer with what a model wants around a text. */
export interface SentenceTokenizer {
  /** Ids of the text alone. */
  ids(text: string): Uint32Array;
  /** Ids that stand before and after it, such as [CLS] and [SEP]. */
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface SentenceEncoderParts {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly session: InferenceSession;
  readonly TensorClass: typeof Tensor;
  readonly tokenizer: SentenceTokenizer;
  /** Most tokens that the model takes, those around the text included. */
  readonly longest: number;
  /** C */
  readonly dimensions: number;
  /** Whose state counts: all tokens' mean, or the first's. */
  readonly pooling: 'mean' | 'first';
}

/** Between two of these the event loop has its turn, in ms. A text is never cut in two: one may take longer. */
const SLICE = 25;

export class SentenceEncoder implements Embedder {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly dimensions: number;
  private readonly parts: SentenceEncoderParts;

  constructor(parts: SentenceEncoderParts) {
    this.id = parts.id;
    this.label = parts.label;
    this.detail = parts.detail;
    this.dimensions = parts.dimensions;
    this.parts = parts;
  }

  tokens(text: string): { readonly ids: Uint32Array; readonly used: number } {
    const ids = this.parts.tokenizer.ids(text);
    return { ids, used: Math.min(ids.length, this.room) };
  }

  async embed(texts: readonly string[], { signal, onProgress }: EmbedOptions = {}): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    let sliceEnd = performance.now() + SLICE;
    for (const text of texts) {
      if (performance.now() >= sliceEnd) {
        await new Promise((resolve) => setImmediate(resolve));
        onProgress?.(vectors.length);
        sliceEnd = performance.now() + SLICE;
      }
      if (signal?.cancelled) {
        throw new Fault('cancelled', `${this.label}: stopped after ${vectors.length} of ${texts.length} texts.`);
      }
      const { ids, used } = this.tokens(text);
      vectors.push(used === 0 ? new Float32Array(this.dimensions) : await this.encode(ids.subarray(0, used)));
    }
    onProgress?.(vectors.length);
    return vectors;
  }

  private get room(): number {
    const { longest, tokenizer } = this.parts;
    return longest - tokenizer.before.length - tokenizer.after.length;
  }

  /** (T,) ids to a vector (C,) of length 1. */
  private async encode(ids: Uint32Array): Promise<Float32Array> {
    const { session, TensorClass, tokenizer, pooling } = this.parts;
    const row = BigInt64Array.from([...tokenizer.before, ...ids, ...tokenizer.after], BigInt);
    const shape = [1, row.length];
    const feeds: Record<string, Tensor> = {};
    for (const name of session.inputNames) {
      const data = name === 'input_ids' ? row : new BigInt64Array(row.length).fill(name === 'attention_mask' ? 1n : 0n);
      feeds[name] = new TensorClass('int64', data, shape);
    }
    const outputs = await session.run(feeds);
    const states = (outputs.last_hidden_state ??
      outputs.token_embeddings ??
      outputs[session.outputNames[0] as string]) as Tensor;
    const vector = pooled(states.data as Float32Array, this.dimensions, pooling);
    states.dispose();
    return toUnit(vector);
  }
}

/** States (T, C) to one vector (C,), but for its length: a sum points where the mean does. */
function pooled(states: Float32Array, dimensions: number, pooling: SentenceEncoderParts['pooling']): Float32Array {
  if (pooling === 'first') {
    return states.slice(0, dimensions);
  }
  const sum = new Float32Array(dimensions);
  for (let at = 0; at < states.length; at += dimensions) {
    for (let c = 0; c < dimensions; c++) {
      sum[c] = (sum[c] as number) + (states[at + c] as number);
    }
  }
  return sum;
}
