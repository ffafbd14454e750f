// Lists of numbers that can be cut open in the middle: what a keystroke changes in a large text is moved, not made anew.

type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** A typed array with room to grow. Entries from `length` on are nobody's. */
export class NumberList<T extends Numbers> {
  private room: T;
  private count: number;

  /** Takes the array over: it is written into. */
  constructor(array: T) {
    this.room = array;
    this.count = array.length;
  }

  get length(): number {
    return this.count;
  }

  /** The entries, as a view that the next {@link splice} may leave behind. */
  get array(): T {
    return (this.room.length === this.count ? this.room : this.room.subarray(0, this.count)) as T;
  }

  at(index: number): number {
    return this.room[index] as number;
  }

  /** Replaces `removed` entries from `from` on. */
  splice(from: number, removed: number, added: ArrayLike<number>): void {
    const length = this.count - removed + added.length;
    if (length > this.room.length) {
      const grown = (
        this.room instanceof Uint8Array
          ? new Uint8Array(length + (length >> 3) + 64)
          : new Uint32Array(length + (length >> 3) + 64)
      ) as T;
      grown.set(this.array);
      this.room = grown;
    }
    this.room.copyWithin(from + added.length, from + removed, this.count);
    this.room.set(added, from);
    this.count = length;
  }

  /** Adds a number to all entries from `from` on. */
  shift(from: number, by: number): void {
    const { room, count } = this;
    if (by !== 0) {
      for (let index = from; index < count; index++) {
        room[index] = (room[index] as number) + by;
      }
    }
  }

  /** How many entries of the ascending list are less than `value`. */
  below(value: number): number {
    const { room } = this;
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((room[middle] as number) < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
