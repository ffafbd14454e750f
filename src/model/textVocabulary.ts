// What a GPT's tokens can be: characters of a text (characters.ts), or the tokens of a tokenizer that was trained, kept
// with the model as its `tokenizer.json`. Special tokens are never made from a text.

import { readTokenizerJson } from '../formats/tokenizerJson.ts';
import { tokenizerOf } from '../tokenizers/pipeline.ts';
import type { Tokenizer } from '../tokenizers/tokenizer.ts';

/** Texts as ids from 0 to below `size`. */
export interface TextVocabulary {
  readonly size: number;
  /** @throws Fault `bad-input` for a text that it can't write. */
  encode(text: string): Int32Array<ArrayBuffer>;
  decode(ids: ArrayLike<number> & Iterable<number>): string;
}

export class TokenizerVocabulary implements TextVocabulary {
  /** The text of its `tokenizer.json`. */
  readonly file: string;
  readonly tokenizer: Tokenizer;

  /** @param where what to call the file in a fault. @throws Fault `bad-input` naming the part of it at fault. */
  constructor(file: string, where: string) {
    this.file = file;
    this.tokenizer = tokenizerOf(readTokenizerJson(new TextEncoder().encode(file), where));
  }

  get size(): number {
    return this.tokenizer.size;
  }

  encode(text: string): Int32Array<ArrayBuffer> {
    return Int32Array.from(this.tokenizer.encode(text).ids);
  }

  /** A half of a character at the end is U+FFFD. @throws Fault `bad-input` at an id that there isn't. */
  decode(ids: ArrayLike<number>): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.tokenizer.decode(ids));
  }
}
