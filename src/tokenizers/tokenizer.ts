// What every tokenizer can do, whatever it is made of: the inspector, the programs and the command line know only this.

import type { CancelSignal } from '../shared/environment.ts';
import type { TokenizerDefinition } from './definition.ts';
import type { Vocabulary } from './vocabulary.ts';

export type TokenizerKind = 'bpe' | 'wordpiece' | 'unigram' | 'words';

/** A text's tokens; entry i of each array is token i. The same as `EncodedText` of the messages, unpacked. */
export interface Encoded {
  readonly ids: Uint32Array<ArrayBuffer>;
  /**
   * UTF-16 offsets into the text as it was given. Tokens need not touch: what a tokenizer drops, such as BERT's white
   * space, stands between them. A part of a character has its whole character's range.
   */
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly ends: Uint32Array<ArrayBuffer>;
  /** 1 where the token is only a part of a character. */
  readonly fragment: Uint8Array<ArrayBuffer>;
  /** One more than tokens: token i's bytes are `bytes[byteEnds[i] .. byteEnds[i + 1]]`. */
  readonly byteEnds: Uint32Array<ArrayBuffer>;
  /**
   * What each token stands for in the text, as UTF-8, one token's after the other's: of a byte-level tokenizer the
   * text's own bytes, of others the bytes of the covered stretch; of a part of a character its own bytes alone.
   */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** UTF-8 bytes of the whole text, half surrogates as U+FFFD's three. */
  readonly textBytes: number;
  readonly loneSurrogates: number;
}

export interface EncodeOptions {
  readonly signal?: CancelSignal;
  /** Told now and then how many UTF-16 units are done. */
  readonly onProgress?: (doneUtf16: number) => void;
  /** Makes special tokens from text that looks like them. Off unless asked: a user's text must not be able to. */
  readonly specialTokens?: boolean;
}

/** An entry of the vocabulary. */
export interface VocabularyEntry {
  readonly id: number;
  /** As the vocabulary writes it: `##ing`, `▁the`, `<|endoftext|>`; of a byte-level one its text, null when its bytes are no whole characters. */
  readonly text: string | null;
  /** The bytes it stands for, where it stands for bytes. */
  readonly bytes?: Uint8Array;
  readonly special: boolean;
  /** Of a Unigram piece: the natural logarithm of its probability. */
  readonly score?: number;
}

export interface Tokenizer {
  readonly name: string;
  readonly kind: TokenizerKind;
  /** True where every text can be had back from its ids, byte for byte. */
  readonly byteLevel: boolean;
  /** One more than the highest id. */
  readonly size: number;
  /**
   * True where a text may be cut at `isCut` (src/shared/textCuts.ts) and its parts encoded by themselves, with the same
   * tokens as the whole: what makes typing in a large file cheap.
   */
  readonly cuts: boolean;
  /** What it is made of, for showing how it works: a byte-level vocabulary, or a definition. */
  readonly vocabulary?: Vocabulary;
  readonly definition?: TokenizerDefinition;
  /** @throws Fault `cancelled`; `too-large` when text and tokens would take more memory than the budget. */
  encode(text: string, options?: EncodeOptions): Encoded;
  /** Only how many tokens there are. @throws as {@link encode}. */
  count(text: string, options?: EncodeOptions): number;
  /** The UTF-8 bytes of what `ids` spell. @throws Fault `bad-input` naming an id that there isn't, and its place. */
  decode(ids: ArrayLike<number>): Uint8Array;
  /** Undefined where no token has the id. */
  entry(id: number): VocabularyEntry | undefined;
}

/** Brings a tokenizer by id. @throws Fault `unknown-encoding`, naming those that there are. */
export type TokenizerLoader = (id: string) => Promise<Tokenizer>;
