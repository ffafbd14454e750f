// A heap of numbers, least first, in one typed array that grows as it must. Each key has four below it: half as many
// levels as with two, and the four lie side by side in memory (LaMarca and Ladner 1996).

export class NumberHeap {
  private keys: Float64Array;
  size: number;

  /** Takes `keys` over as its own; the first `size` of them are in the heap, in any order. */
  constructor(keys: Float64Array, size: number) {
    this.keys = keys;
    this.size = size;
    for (let at = (size - 2) >> 2; at >= 0; at--) {
      this.sink(at, keys[at]!);
    }
  }

  push(key: number): void {
    if (this.size === this.keys.length) {
      const grown = new Float64Array(Math.max(16, this.size * 2));
      grown.set(this.keys);
      this.keys = grown;
    }
    const { keys } = this;
    let at = this.size++;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      if (keys[parent]! <= key) {
        break;
      }
      keys[at] = keys[parent]!;
      at = parent;
    }
    keys[at] = key;
  }

  /** Takes the least out. The heap must not be empty. */
  pop(): number {
    const least = this.keys[0]!;
    this.size--;
    if (this.size > 0) {
      this.sink(0, this.keys[this.size]!);
    }
    return least;
  }

  /** Puts `key` at `at` or below, where it belongs. */
  private sink(from: number, key: number): void {
    const { keys, size } = this;
    let at = from;
    for (;;) {
      const first = 4 * at + 1;
      const last = Math.min(first + 4, size);
      let least = key;
      let child = -1;
      for (let i = first; i < last; i++) {
        if (keys[i]! < least) {
          least = keys[i]!;
          child = i;
        }
      }
      if (child === -1) {
        break;
      }
      keys[at] = least;
      at = child;
    }
    keys[at] = key;
  }
}
