// Which stretches of a sample stand in the text as they are. Linear in both, whatever is in them, by an automaton that
// knows all the stretches of the sample (Blumer and others 1985, The smallest automaton recognizing the subwords of a
// text).

/** A state is a set of stretches of the sample that end at the same places. */
class Stretches {
  /** Length of the longest stretch in each state. */
  readonly longest: number[] = [0];
  /** The state of the longest stretch that ends a state's own and is in another state; -1 for the empty one. */
  readonly shorter: number[] = [-1];
  private readonly next: Map<number, number>[] = [new Map()];

  /** The state that a symbol leads to. */
  after(state: number, symbol: number): number | undefined {
    return this.next[state]!.get(symbol);
  }

  /** Makes one symbol longer what ends in `last`. Returns the state of the whole. */
  add(last: number, symbol: number): number {
    const whole = this.make(this.longest[last]! + 1, new Map());
    let at = last;
    for (; at !== -1 && this.after(at, symbol) === undefined; at = this.shorter[at]!) {
      this.next[at]!.set(symbol, whole);
    }
    if (at === -1) {
      this.shorter[whole] = 0;
      return whole;
    }
    const found = this.after(at, symbol)!;
    const length = this.longest[at]! + 1;
    this.shorter[whole] = this.longest[found] === length ? found : this.split(at, symbol, found, length);
    return whole;
  }

  /** Parts the stretches of `found` that are up to `length` long from the longer ones: they end at more places now. */
  private split(from: number, symbol: number, found: number, length: number): number {
    const part = this.make(length, new Map(this.next[found]));
    this.shorter[part] = this.shorter[found]!;
    this.shorter[found] = part;
    for (let at = from; at !== -1 && this.after(at, symbol) === found; at = this.shorter[at]!) {
      this.next[at]!.set(symbol, part);
    }
    return part;
  }

  private make(longest: number, next: Map<number, number>): number {
    this.next.push(next);
    this.shorter.push(0);
    return this.longest.push(longest) - 1;
  }
}

/**
 * For each place of `sample`, how many of the symbols that end there stand somewhere in `text`, in a row.
 *
 * Example: of the sample `a b c` in the text `x a b y c` that is 1, 2, 1.
 */
export function copiedLengths(sample: ArrayLike<number>, text: ArrayLike<number>): Int32Array {
  const stretches = new Stretches();
  const ends: number[] = [];
  let last = 0;
  for (let at = 0; at < sample.length; at++) {
    last = stretches.add(last, sample[at]!);
    ends.push(last);
  }
  const met = metLengths(stretches, text);
  return Int32Array.from(ends, (end) => {
    let state = end;
    while (state > 0 && met[state] === 0) {
      state = stretches.shorter[state]!;
    }
    return met[state]!;
  });
}

/** Of each state, the length of the longest of its stretches that the text holds; 0 where it holds none. */
function metLengths(stretches: Stretches, text: ArrayLike<number>): Int32Array {
  const { longest, shorter } = stretches;
  const met = new Int32Array(longest.length);
  let state = 0;
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const symbol = text[at]!;
    let next = stretches.after(state, symbol);
    while (next === undefined && state !== 0) {
      state = shorter[state]!;
      length = longest[state]!;
      next = stretches.after(state, symbol);
    }
    if (next !== undefined) {
      state = next;
      length++;
      met[state] = Math.max(met[state]!, length);
    }
  }
  // What holds a stretch holds its end as well: the longest states first.
  const byLength = Array.from(longest.keys()).sort((a, b) => longest[b]! - longest[a]!);
  for (const one of byLength) {
    const end = shorter[one]!;
    if (met[one]! > 0 && end > 0) {
      met[end] = longest[end]!;
    }
  }
  return met;
}
