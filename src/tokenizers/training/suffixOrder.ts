// Puts all suffixes of a text in order by their first characters: Manber & Myers' prefix doubling (1993), which sorts by
// 1, 2, 4 ... characters, each time by two numbers that are known from the time before. Not a full suffix array: whoever
// asks for no more than 32 characters has five rounds, whatever the text repeats.

import { checkBudget } from './step.ts';

/** Places between two breaths. */
const BREATH = 1 << 16;
const ARRAYS = 6;

/**
 * The places of `text` by what stands from there on, compared by their first `depth` characters at least.
 *
 * @param text numbers from 0
 * @throws Fault `too-large`
 */
export function* suffixOrder(text: Int32Array, depth: number, budgetBytes: number): Generator<void, Int32Array, void> {
  const { length } = text;
  checkBudget(length * 4 * ARRAYS, budgetBytes, `The order of ${length} characters`);
  let ranks = text;
  let ranksBelow = 1 + text.reduce((most, character) => Math.max(most, character), 0);
  let order = yield* countingSort(
    Int32Array.from({ length }, (_, i) => i),
    ranks,
    ranksBelow,
  );
  let isSorted = false;
  for (let size = 1; size < depth && !isSorted; size *= 2) {
    const sorted: Int32Array = yield* countingSort(yield* bySecondHalf(order, size), ranks, ranksBelow);
    const next = new Int32Array(length);
    let rank = 0;
    for (let i = 0; i < length; i++) {
      const place = sorted[i]!;
      if (i > 0 && !areSame(ranks, sorted[i - 1]!, place, size)) {
        rank++;
      }
      next[place] = rank;
      if (i % BREATH === 0) {
        yield;
      }
    }
    order = sorted;
    ranks = next;
    ranksBelow = rank + 1;
    isSorted = ranksBelow === length;
  }
  return order;
}

/** The places in the order of what stands `size` further on; a text that has ended comes first. */
function* bySecondHalf(order: Int32Array, size: number): Generator<void, Int32Array, void> {
  const { length } = order;
  const shifted = new Int32Array(length);
  let at = 0;
  for (let place = Math.max(0, length - size); place < length; place++) {
    shifted[at++] = place;
  }
  for (let i = 0; i < length; i++) {
    if (order[i]! >= size) {
      shifted[at++] = order[i]! - size;
    }
    if (i % BREATH === 0) {
      yield;
    }
  }
  return shifted;
}

/** `places` by their keys, which are below `below`; equal ones stay in the order that they are in. */
function* countingSort(places: Int32Array, keys: Int32Array, below: number): Generator<void, Int32Array, void> {
  const starts = new Int32Array(below + 1);
  for (let i = 0; i < keys.length; i++) {
    starts[keys[i]! + 1]!++;
    if (i % BREATH === 0) {
      yield;
    }
  }
  for (let key = 0; key < below; key++) {
    starts[key + 1]! += starts[key]!;
  }
  const sorted = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) {
    const place = places[i]!;
    const key = keys[place]!;
    sorted[starts[key]!++] = place;
    if (i % BREATH === 0) {
      yield;
    }
  }
  return sorted;
}

function areSame(ranks: Int32Array, a: number, b: number, size: number): boolean {
  return ranks[a] === ranks[b] && (ranks[a + size] ?? -1) === (ranks[b + size] ?? -1);
}
