// A byte-level BPE vocabulary as data: which bytes each id spells, the pre-tokenizer's pattern, the special tokens.
// Where the bytes come from (a package, a file) is the caller's business: see VocabularyLoader.

/** A token's id is its merge rank: the lower, the earlier it was learned. */
export interface Vocabulary {
  readonly name: string;
  /** Source of the pre-tokenizer's regular expression; used with the flags `gu`. */
  readonly pattern: string;
  /** Bytes of token i; ids are dense from 0. */
  readonly tokens: readonly Uint8Array[];
  /** Text to id. Never made from ordinary text: the encoder doesn't look at them. */
  readonly specialTokens: Readonly<Record<string, number>>;
  /** What is done to a text before it is cut: Unicode's composed form, so that `e` and its accent are one character. */
  readonly normalization?: 'nfc';
}

/** Brings a vocabulary by name. @throws Fault `unknown-encoding`, naming those that there are. */
export type VocabularyLoader = (name: string) => Promise<Vocabulary>;
