// The substrings that a Unigram vocabulary is chosen from: those that occur twice and are followed by different
// characters, so that none is only the beginning of a longer one. They are the inner nodes of the corpus's suffix tree,
// found from the order of its suffixes (Abouelhoda, Kurtz & Ohlebusch 2004). The corpus is the list of different words:
// as in Hugging Face's trainer, a word counts once here, however often it occurs.

import { GrowingInts } from './growingInts.ts';
import type { SymbolWords } from './pairIndex.ts';
import { slicedSort } from './slicedSort.ts';
import { suffixOrder } from './suffixOrder.ts';

/** Substring i is `text[starts[i] .. starts[i] + lengths[i]]`; the best score first. */
export interface Substrings {
  readonly text: Int32Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  /** How often it occurs, times its length. */
  readonly scores: Float64Array;
}

const BREATH = 1 << 14;

/**
 * Substrings of 2 to `longest` characters that don't reach across words, at most `most` of them: by score; of equal ones
 * the later in the order of code points first.
 *
 * @throws Fault `too-large`
 */
export function* frequentSubstrings(
  words: SymbolWords,
  longest: number,
  most: number,
  budgetBytes: number,
): Generator<void, Substrings, void> {
  const text = joined(words);
  const order = yield* suffixOrder(yield* smallNumbers(text), longest + 1, budgetBytes);
  const nodes = yield* innerNodes(text, order, longest, budgetBytes);
  const { firsts, lengths, counts } = nodes;
  const best = Int32Array.from({ length: firsts.length }, (_, node) => node);
  const scoreOf = (node: number) => counts.data[node]! * lengths.data[node]!;
  // Where suffixes are in order, a later place and then a longer string is a greater string.
  yield* slicedSort(best, (a, b) => {
    return scoreOf(b) - scoreOf(a) || firsts.data[b]! - firsts.data[a]! || lengths.data[b]! - lengths.data[a]!;
  });
  const chosen = best.subarray(0, most);
  return {
    text,
    starts: chosen.map((node) => order[firsts.data[node]!]!),
    lengths: chosen.map((node) => lengths.data[node]!),
    scores: Float64Array.from(chosen, scoreOf),
  };
}

/** All words with a 0 after each. */
function joined({ symbols, ends, counts }: SymbolWords): Int32Array {
  const text = new Int32Array(symbols.length + counts.length);
  for (let word = 0; word < counts.length; word++) {
    text.set(symbols.subarray(ends[word], ends[word + 1]), ends[word]! + word);
  }
  return text;
}

/** The characters by their place among those that there are: a smaller range, in the same order. */
function* smallNumbers(text: Int32Array): Generator<void, Int32Array, void> {
  const numbers = new Int32Array(0x110000);
  for (let at = 0; at < text.length; at++) {
    numbers[text[at]!] = 1;
  }
  let different = 0;
  for (let character = 0; character < numbers.length; character++) {
    numbers[character] = numbers[character] === 1 ? different++ : 0;
  }
  yield;
  const small = new Int32Array(text.length);
  for (let at = 0; at < text.length; at++) {
    small[at] = numbers[text[at]!]!;
    if (at % BREATH === 0) {
      yield;
    }
  }
  return small;
}

interface Nodes {
  /** Where, in the order, the suffixes that begin with the node's string begin. */
  readonly firsts: GrowingInts;
  readonly lengths: GrowingInts;
  readonly counts: GrowingInts;
}

/** Stretches of the order whose suffixes have their first characters in common, and no more than these. */
function* innerNodes(
  text: Int32Array,
  order: Int32Array,
  longest: number,
  budgetBytes: number,
): Generator<void, Nodes, void> {
  const list = () => new GrowingInts(1 << 12, budgetBytes);
  const nodes = { firsts: list(), lengths: list(), counts: list() };
  // Stretches that are still open: each has more in common than the one before it.
  const openFirsts: number[] = [];
  const openLengths: number[] = [];
  for (let i = 1; i <= order.length; i++) {
    const common = i < order.length ? commonLength(text, order[i - 1]!, order[i]!, longest + 1) : 0;
    let first = i - 1;
    while (openLengths.length > 0 && openLengths.at(-1)! > common) {
      first = openFirsts.pop()!;
      const length = openLengths.pop()!;
      if (length > 1 && length <= longest && isWithinWord(text, order[first]!, length)) {
        nodes.firsts.push(first);
        nodes.lengths.push(length);
        nodes.counts.push(i - first);
      }
    }
    if (common > (openLengths.at(-1) ?? 0)) {
      openFirsts.push(first);
      openLengths.push(common);
    }
    if (i % BREATH === 0) {
      yield;
    }
  }
  return nodes;
}

function commonLength(text: Int32Array, a: number, b: number, most: number): number {
  let length = 0;
  while (
    length < most &&
    a + length < text.length &&
    b + length < text.length &&
    text[a + length] === text[b + length]
  ) {
    length++;
  }
  return length;
}

function isWithinWord(text: Int32Array, start: number, length: number): boolean {
  for (let at = start; at < start + length; at++) {
    if (text[at] === 0) {
      return false;
    }
  }
  return true;
}
