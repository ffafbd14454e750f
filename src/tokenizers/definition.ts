// A tokenizer as data: what is done to a text, step by step, from its characters to ids and back. The names and the
// settings are those of Hugging Face's `tokenizer.json`, so that a file can be read into it and written from it
// (src/formats/tokenizerJson.ts); `tokenizerOf` in pipeline.ts makes it run.

/** Changes the text before it is cut. Each keeps track of where its characters came from. */
export type NormalizerSpec =
  | { readonly type: 'nfc' | 'nfd' | 'nfkc' | 'nfkd' }
  | { readonly type: 'lowercase' }
  | { readonly type: 'strip-accents' }
  | { readonly type: 'strip'; readonly left: boolean; readonly right: boolean }
  | { readonly type: 'prepend'; readonly text: string }
  | { readonly type: 'replace'; readonly pattern: PatternSpec; readonly content: string }
  /** BERT's: cleans controls, puts spaces around Chinese characters, takes accents off, makes small letters. */
  | {
      readonly type: 'bert';
      readonly cleanText: boolean;
      readonly chineseCharacters: boolean;
      readonly stripAccents: boolean;
      readonly lowercase: boolean;
    }
  /** SentencePiece's compiled table of replacements: the bytes of its `precompiled_charsmap`. */
  | { readonly type: 'precompiled'; readonly charsMap: Uint8Array }
  /** Each byte becomes one of GPT-2's 256 visible characters. */
  | { readonly type: 'byte-level' };

/** A text taken as it is, or a regular expression. */
export type PatternSpec = { readonly text: string } | { readonly regex: string };

/** What becomes of the matches of a split: see Hugging Face's `SplitDelimiterBehavior`. */
export type SplitBehavior = 'removed' | 'isolated' | 'merged-with-previous' | 'merged-with-next' | 'contiguous';

/** Cuts the normalised text: no token reaches across a cut. */
export type PreTokenizerSpec =
  | {
      readonly type: 'split';
      readonly pattern: PatternSpec;
      readonly behavior: SplitBehavior;
      readonly invert: boolean;
    }
  /** Cuts by GPT-2's pattern (unless `pattern` is false) and turns bytes into its 256 visible characters. */
  | { readonly type: 'byte-level'; readonly prefixSpace: boolean; readonly pattern: boolean }
  /** BERT's: at white space, which goes, and around every punctuation mark. */
  | { readonly type: 'bert' }
  /** SentencePiece's: spaces become `replacement`, which also begins the text where `prepend` says so. */
  | {
      readonly type: 'metaspace';
      readonly replacement: string;
      readonly prepend: 'always' | 'first' | 'never';
      readonly split: boolean;
    }
  | { readonly type: 'whitespace' }
  | { readonly type: 'whitespace-split' }
  | { readonly type: 'punctuation'; readonly behavior: SplitBehavior }
  | { readonly type: 'digits'; readonly individual: boolean }
  | { readonly type: 'delimiter'; readonly character: string };

export interface BpeSpec {
  readonly type: 'bpe';
  /** Piece i is id i; null where an id has none. Of a byte-level vocabulary these are GPT-2's visible characters. */
  readonly pieces: readonly (string | null)[];
  /** Pairs of pieces, the first learned first. */
  readonly merges: readonly (readonly [left: string, right: string])[];
  readonly unknown: string | null;
  readonly fuseUnknown: boolean;
  /** Characters without a piece become their bytes' pieces `<0x0A>`. */
  readonly byteFallback: boolean;
  /** A whole pre-token that is a piece is taken as it is, without merging. */
  readonly ignoreMerges: boolean;
  /** Before every symbol of a word but its first, and after its last. */
  readonly continuingPrefix: string;
  readonly endOfWordSuffix: string;
}

export interface WordPieceSpec {
  readonly type: 'wordpiece';
  readonly pieces: readonly (string | null)[];
  readonly unknown: string;
  /** Before every piece of a word but its first: `##`. */
  readonly continuingPrefix: string;
  /** In characters; a longer word is unknown as a whole. */
  readonly longestWord: number;
}

export interface UnigramSpec {
  readonly type: 'unigram';
  /** Piece i with its natural logarithm of probability is id i. */
  readonly pieces: readonly (readonly [piece: string, score: number])[];
  readonly unknownId: number | null;
  readonly byteFallback: boolean;
}

export interface WordLevelSpec {
  readonly type: 'words';
  readonly pieces: readonly (string | null)[];
  readonly unknown: string;
}

export type ModelSpec = BpeSpec | WordPieceSpec | UnigramSpec | WordLevelSpec;

/** Turns pieces back into a text, one after the other. */
export type DecoderSpec =
  | { readonly type: 'byte-level' }
  | { readonly type: 'wordpiece'; readonly prefix: string; readonly cleanup: boolean }
  | { readonly type: 'metaspace'; readonly replacement: string; readonly prepend: 'always' | 'first' | 'never' }
  | { readonly type: 'bpe'; readonly suffix: string }
  | { readonly type: 'byte-fallback' }
  | { readonly type: 'fuse' }
  | { readonly type: 'strip'; readonly character: string; readonly start: number; readonly stop: number }
  | { readonly type: 'replace'; readonly pattern: PatternSpec; readonly content: string };

/** A token beside the model's own, found in the text before anything else is done, where it is allowed. */
export interface AddedToken {
  readonly id: number;
  readonly text: string;
  /** A sign between the program and the model, as `<|endoftext|>`: never made from a user's text unless asked. */
  readonly special: boolean;
  /** Takes white space before it, or after it, along. */
  readonly stripLeft: boolean;
  readonly stripRight: boolean;
  /** Only where no letter, number or underscore is beside it. */
  readonly singleWord: boolean;
  /** Looked for in the normalised text. */
  readonly normalized: boolean;
}

export interface TokenizerDefinition {
  readonly name: string;
  readonly normalizers: readonly NormalizerSpec[];
  readonly preTokenizers: readonly PreTokenizerSpec[];
  readonly model: ModelSpec;
  readonly decoders: readonly DecoderSpec[];
  readonly addedTokens: readonly AddedToken[];
  /** What the file that it was read from asks for and is left out here, a sentence each. */
  readonly notes?: readonly string[];
}
