// Where in a text each context stands. All places of the text are put in such an order that those after the same
// symbols are neighbours, however many symbols one looks at: then the places after a context are one stretch.

import { Fault } from '../../shared/errors.ts';

export class Places {
  private readonly text: Int32Array;
  /** All places, by the symbol before them; of equals by the one before that; and so on. */
  private readonly ordered: Int32Array;

  /**
   * @param alphabet one more than the highest symbol
   * @param depth the most symbols of a context
   */
  constructor(text: Int32Array, alphabet: number, depth: number) {
    this.text = text;
    let ordered = Int32Array.from({ length: text.length }, (_, place) => place);
    // The symbol that counts least comes first: each sorting keeps the order of the one before among equals.
    for (let back = depth; back > 0; back--) {
      ordered = sortedBySymbol(ordered, text, back, alphabet);
    }
    this.ordered = ordered;
  }

  /**
   * The `which`th place, from 0, before which `context` stands.
   *
   * @throws Fault `internal` when there are not so many.
   */
  after(context: readonly number[], which: number): number {
    const place = this.ordered[this.first(context) + which];
    if (place === undefined || this.compare(place, context) !== 0) {
      throw new Fault('internal', `Places: the text has no place ${which} after this context.`);
    }
    return place;
  }

  /** Where the places after `context` begin, found by halving. */
  private first(context: readonly number[]): number {
    let low = 0;
    let high = this.ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(this.ordered[middle] as number, context) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Below 0 where what stands before `place` is ordered before `context`, 0 where it is the same. */
  private compare(place: number, context: readonly number[]): number {
    for (let back = 1; back <= context.length; back++) {
      const difference = (this.text[place - back] ?? -1) - (context[context.length - back] as number);
      if (difference !== 0) {
        return difference;
      }
    }
    return 0;
  }
}

/** The places by the symbol that stands `back` before them, those before which nothing does first. Keeps equals in order. */
function sortedBySymbol(places: Int32Array, text: Int32Array, back: number, alphabet: number): Int32Array<ArrayBuffer> {
  const key = (place: number) => (place < back ? 0 : (text[place - back] as number) + 1);
  const next = new Int32Array(alphabet + 2); // next[k]: where the next place with key k goes
  for (const place of places) {
    const after = key(place) + 1;
    next[after] = (next[after] as number) + 1;
  }
  for (let k = 1; k < next.length; k++) {
    next[k] = (next[k] as number) + (next[k - 1] as number);
  }
  const sorted = new Int32Array(places.length);
  for (const place of places) {
    const k = key(place);
    const to = next[k] as number;
    sorted[to] = place;
    next[k] = to + 1;
  }
  return sorted;
}
