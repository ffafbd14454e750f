// Byte pair encoding, to be read: learn merges from a text, encode with them, decode. (Gage 1994; for words Sennrich,
// Haddow and Birch 2016; over bytes Radford et al. 2019.) A symbol is a number: the id of a token.
// Not handled here: GPT-2's own vocabulary (vocabularyRules.ts), special tokens, texts of megabytes (encoder.ts).

import { utf8 } from './bytes.ts';
import { type PreTokenizer, preTokenize } from './preTokenizer.ts';

/** What was learned: `left` and `right` side by side become `id`. They occurred `count` times then. */
export interface Merge {
  readonly left: number;
  readonly right: number;
  readonly id: number;
  readonly count: number;
}

/** Tokens 0 to 255 are the single bytes; token 256 + i is what merge i makes. */
export interface BpeModel {
  readonly tokens: Uint8Array[];
  readonly merges: Merge[];
  /** The id that a pair merges into, by {@link pairKey}. */
  readonly ids: Map<number, number>;
}

/** A pre-token of the text as it is cut by now, with how often it occurs and at which byte it occurs first. */
export interface Word {
  symbols: number[];
  readonly count: number;
  readonly firstAt: number;
}

/** Two symbols side by side: how often, and in which words. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  count: number;
  readonly words: Set<Word>;
}

/** All pairs of a text, by {@link pairKey}. */
export type Pairs = Map<number, Pair>;

/** One number for two ids, each below 2^20. For small ids it is a small integer, which maps find fastest. */
export function pairKey(left: number, right: number): number {
  return left * 2 ** 20 + right;
}

/** The model that knows bytes and no merge yet: it can encode any text, at one token a byte. */
export function byteModel(): BpeModel {
  return { tokens: Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte)), merges: [], ids: new Map() };
}

/**
 * Learns up to `merges` merges from `text`; fewer when no pair occurs twice any more.
 *
 * Example: `trainBpe('hug pug hug', 2, 'spaces')` first merges `u` and `g` (3 times), then `h` and `ug` (2 times).
 */
export function trainBpe(text: string, merges: number, preTokenizer: PreTokenizer): BpeModel {
  const model = byteModel();
  const words = countWords(preTokenize(text, preTokenizer));
  const pairs = countPairs(words);
  while (model.merges.length < merges) {
    const best = choosePair(pairs);
    if (best === undefined) {
      break;
    }
    const id = addToken(model, best);
    mergeEverywhere(pairs, best, id);
  }
  return model;
}

/**
 * The different pre-tokens in the order of their first appearance. Equal ones are cut alike, so each is kept once.
 *
 * Example: `countWords(['ab', ' ab', 'ab'])` holds `ab` twice (first at byte 0) and ` ab` once (first at byte 2).
 */
export function countWords(preTokens: readonly string[]): Word[] {
  const words = new Map<string, { symbols: number[]; count: number; firstAt: number }>();
  let at = 0;
  for (const preToken of preTokens) {
    const known = words.get(preToken);
    const symbols = known?.symbols ?? Array.from(utf8(preToken));
    if (known) {
      known.count++;
    } else {
      words.set(preToken, { symbols, count: 1, firstAt: at });
    }
    at += symbols.length;
  }
  return [...words.values()];
}

/** Counts each pair of neighbours in all words, weighted by how often the word occurs. */
export function countPairs(words: readonly Word[]): Pairs {
  const pairs: Pairs = new Map();
  for (const word of words) {
    addPairsOf(word, pairs);
  }
  return pairs;
}

/**
 * The pair to merge next: the most frequent; of equally frequent ones the one that stands first in the text.
 * Undefined when no pair occurs twice: a merge would make nothing shorter.
 */
export function choosePair(pairs: Pairs): Pair | undefined {
  let most = 2;
  let tied: Pair[] = [];
  for (const pair of pairs.values()) {
    if (pair.count > most) {
      most = pair.count;
      tied = [];
    }
    if (pair.count === most) {
      tied.push(pair);
    }
  }
  return tied.length < 2 ? tied[0] : firstInText(tied);
}

/** Of `tied`, the pair that stands first: in the word that stands first, the leftmost. */
function firstInText(tied: readonly Pair[]): Pair | undefined {
  let earliest: Word | undefined;
  for (const pair of tied) {
    for (const word of pair.words) {
      if (earliest === undefined || word.firstAt < earliest.firstAt) {
        earliest = word;
      }
    }
  }
  const candidates = new Map(tied.map((pair) => [pairKey(pair.left, pair.right), pair]));
  let first: Pair | undefined;
  forEachPair(earliest?.symbols ?? [], (left, right) => {
    first ??= candidates.get(pairKey(left, right));
  });
  return first;
}

/** Gives the pair a token of its own, with the next free id. */
export function addToken(model: BpeModel, { left, right, count }: Pair): number {
  const id = model.tokens.length;
  model.tokens.push(Uint8Array.from([...model.tokens[left]!, ...model.tokens[right]!]));
  model.merges.push({ left, right, id, count });
  model.ids.set(pairKey(left, right), id);
  return id;
}

/**
 * Merges `pair` into `id` in the words that hold it. Only their pairs change, so only these are counted again:
 * taken off as the words were, added as they are now.
 */
export function mergeEverywhere(pairs: Pairs, pair: Pair, id: number): void {
  for (const word of [...pair.words]) {
    removePairsOf(word, pairs);
    word.symbols = mergePair(word.symbols, pair.left, pair.right, id);
    addPairsOf(word, pairs);
  }
}

/**
 * Puts `id` in the place of each `left` followed by `right`, from left to right.
 *
 * Example: `mergePair([1, 1, 1, 2], 1, 1, 9)` is `[9, 1, 2]`: the middle 1 is used up when its turn comes.
 */
export function mergePair(symbols: readonly number[], left: number, right: number, id: number): number[] {
  const merged: number[] = [];
  for (let i = 0; i < symbols.length; i++) {
    if (isPairAt(symbols, i, left, right)) {
      merged.push(id);
      i++;
    } else {
      merged.push(symbols[i]!);
    }
  }
  return merged;
}

/** What an encoder has to know: its tokens, and which merge each pair of neighbours would be. */
export interface MergeRules {
  readonly tokens: readonly Uint8Array[];
  readonly idOfByte: (byte: number) => number;
  /** The id that the pair merges into, which is also its rank: the lower, the earlier learned. */
  readonly rankOf: (left: number, right: number) => number | undefined;
}

/** The rules that training found. */
export function rulesOf(model: BpeModel): MergeRules {
  return {
    tokens: model.tokens,
    idOfByte: (byte) => byte,
    rankOf: (left, right) => model.ids.get(pairKey(left, right)),
  };
}

/**
 * Encodes one pre-token's bytes: begins with single bytes and repeats the merges in the order in which they were
 * learned, the lowest rank first, until no pair of neighbours is in the rules.
 *
 * Example: with the two merges of {@link trainBpe}'s example, `bug` becomes `b` and `ug`.
 */
export function encodeBpe(bytes: Uint8Array, rules: MergeRules): number[] {
  let symbols = Array.from(bytes, rules.idOfByte);
  for (;;) {
    const next = lowestRank(symbols, rules);
    if (next === undefined) {
      return symbols;
    }
    symbols = mergePair(symbols, next.left, next.right, next.id);
  }
}

/** The pair of neighbours with the lowest rank, or undefined when none can merge. */
export function lowestRank(
  symbols: readonly number[],
  rules: MergeRules,
): { left: number; right: number; id: number } | undefined {
  let lowest: { left: number; right: number; id: number } | undefined;
  for (let i = 0; i + 1 < symbols.length; i++) {
    const left = symbols[i]!;
    const right = symbols[i + 1]!;
    const id = rules.rankOf(left, right);
    if (id !== undefined && id < (lowest?.id ?? Number.POSITIVE_INFINITY)) {
      lowest = { left, right, id };
    }
  }
  return lowest;
}

/** Encodes a text: cuts it into pre-tokens, then encodes each by itself. */
export function encodeText(text: string, rules: MergeRules, preTokenizer: PreTokenizer): number[] {
  return preTokenize(text, preTokenizer).flatMap((preToken) => encodeBpe(utf8(preToken), rules));
}

/**
 * The bytes of `ids`, joined. They are a text's UTF-8 only when the ids were a text's: a single token may be a part of
 * a character.
 */
export function decodeBpe(ids: readonly number[], tokens: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(ids.flatMap((id) => Array.from(tokens[id]!)));
}

function isPairAt(symbols: readonly number[], i: number, left: number, right: number): boolean {
  return symbols[i] === left && symbols[i + 1] === right;
}

function addPairsOf(word: Word, pairs: Pairs): void {
  forEachPair(word.symbols, (left, right) => {
    const key = pairKey(left, right);
    let pair = pairs.get(key);
    if (pair === undefined) {
      pair = { left, right, count: 0, words: new Set() };
      pairs.set(key, pair);
    }
    pair.count += word.count;
    pair.words.add(word);
  });
}

function removePairsOf(word: Word, pairs: Pairs): void {
  forEachPair(word.symbols, (left, right) => {
    const key = pairKey(left, right);
    const pair = pairs.get(key)!;
    pair.count -= word.count;
    pair.words.delete(word);
    if (pair.count === 0) {
      pairs.delete(key);
    }
  });
}

/** Visits each pair that could be merged: `aaaa` holds `aa` three times, but only two of them at once. */
export function forEachPair(
  symbols: readonly number[],
  visit: (left: number, right: number, at: number) => void,
): void {
  let counted = -2; // where the last pair of two equal symbols was counted
  for (let i = 0; i + 1 < symbols.length; i++) {
    const left = symbols[i]!;
    const right = symbols[i + 1]!;
    if (left === right && counted === i - 1) {
      continue;
    }
    visit(left, right, i);
    counted = left === right ? i : -2;
  }
}
