// Numbers for n-grams: a gram is known by the gram before its last symbol, and that symbol. So "the" is what comes of
// "th" and "e", and all grams of a text fit in a few flat lists, without a string among them.

/** The gram of no symbols: every other one begins with it. */
export const EMPTY = 0;
/** Stands for a gram that was never met. */
export const UNMET = -1;

export class Grams {
  /** Open addressing: a gram's number at the place that its parent and symbol hash to, or the next free one after. */
  private slots = new Int32Array(1024).fill(UNMET);
  private parents = new Int32Array(512);
  private symbols = new Int32Array(512);
  /** How many there are, {@link EMPTY} with them. */
  size = 1;

  /** The gram that `symbol` makes of `gram`; {@link UNMET} when nobody added it. */
  find(gram: number, symbol: number): number {
    return gram === UNMET ? UNMET : (this.slots[this.slotOf(gram, symbol)] as number);
  }

  /** The same, added when it is new: it gets the next number. */
  add(gram: number, symbol: number): number {
    const slot = this.slotOf(gram, symbol);
    const found = this.slots[slot] as number;
    if (found !== UNMET) {
      return found;
    }
    const added = this.size++;
    if (added === this.parents.length) {
      this.parents = longer(this.parents);
      this.symbols = longer(this.symbols);
    }
    this.parents[added] = gram;
    this.symbols[added] = symbol;
    this.slots[slot] = added;
    if (2 * this.size > this.slots.length) {
      this.spread();
    }
    return added;
  }

  /** The last symbol of a gram. */
  lastOf(gram: number): number {
    return this.symbols[gram] as number;
  }

  /** Where it stands, or would stand. At most half of the slots are taken, so there is always a free one. */
  private slotOf(gram: number, symbol: number): number {
    const { slots, parents, symbols } = this;
    const mask = slots.length - 1;
    let hash = Math.imul(gram, 0x9e3779b1) ^ Math.imul(symbol + 1, 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (hash ^ (hash >>> 13)) & mask;
    for (;;) {
      const there = slots[slot] as number;
      if (there === UNMET || (parents[there] === gram && symbols[there] === symbol)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
  }

  private spread(): void {
    this.slots = new Int32Array(2 * this.slots.length).fill(UNMET);
    for (let gram = 1; gram < this.size; gram++) {
      this.slots[this.slotOf(this.parents[gram] as number, this.symbols[gram] as number)] = gram;
    }
  }
}

/** The same numbers in a list of twice the length. */
export function longer(list: Int32Array): Int32Array<ArrayBuffer> {
  const twice = new Int32Array(2 * list.length);
  twice.set(list);
  return twice;
}
