// Encoders by the name of their encoding, each made once, and a text's tokens in the form that messages carry.

import type { CancelSignal } from '../shared/environment.ts';
import type { EncodedText } from '../shared/messages.ts';
import { BpeEncoder } from '../tokenizers/encoder.ts';
import type { VocabularyLoader } from '../tokenizers/vocabulary.ts';

export class Encoders {
  private readonly load: VocabularyLoader;
  private readonly made = new Map<string, Promise<BpeEncoder>>();

  constructor(load: VocabularyLoader) {
    this.load = load;
  }

  /** @throws Fault `unknown-encoding`, `not-found` or `bad-input`, as the vocabulary's loader does. */
  get(encoding: string): Promise<BpeEncoder> {
    let encoder = this.made.get(encoding);
    if (encoder === undefined) {
      encoder = this.load(encoding).then((vocabulary) => new BpeEncoder(vocabulary));
      this.made.set(encoding, encoder);
      encoder.catch(() => this.made.delete(encoding));
    }
    return encoder;
  }

  /**
   * The tokens of `text`, in buffers that are the caller's own.
   *
   * @param onProgress gets the UTF-16 units done so far
   * @throws Fault `cancelled`, or as {@link get} does.
   */
  async encode(
    encoding: string,
    text: string,
    signal?: CancelSignal,
    onProgress?: (doneUtf16: number) => void,
  ): Promise<EncodedText> {
    const encoded = (await this.get(encoding)).encode(text, signal, onProgress);
    return {
      encoding,
      count: encoded.ids.length,
      ids: ownBuffer(encoded.ids),
      starts: ownBuffer(encoded.starts),
      ends: ownBuffer(encoded.ends),
      fragment: ownBuffer(encoded.fragment),
      byteEnds: ownBuffer(encoded.byteEnds),
      bytes: ownBuffer(encoded.bytes),
      loneSurrogates: encoded.loneSurrogates,
    };
  }
}

/** The buffers of an encoded text, to be moved rather than copied to another thread. */
export function buffersOf(encoded: EncodedText): ArrayBuffer[] {
  const { ids, starts, ends, fragment, byteEnds, bytes } = encoded;
  return [ids, starts, ends, fragment, byteEnds, bytes];
}

/** The array's buffer where the array is the whole of it, else a copy of its part. */
function ownBuffer(array: Uint8Array | Uint32Array): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = array;
  return buffer instanceof ArrayBuffer && byteLength === buffer.byteLength
    ? buffer
    : (buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer);
}
