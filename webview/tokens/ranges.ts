// Stretches of a text in ascending order, that follow the text when it changes. Pure, no DOM.

/** Stretch i goes from `starts[i]` to `ends[i]`, UTF-16 offsets. */
export interface Ranges {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
}

export const NO_RANGES: Ranges = { starts: new Uint32Array(), ends: new Uint32Array() };

export function rangesOf(pairs: readonly (readonly [start: number, end: number])[]): Ranges {
  return {
    starts: Uint32Array.from(pairs, ([start]) => start),
    ends: Uint32Array.from(pairs, ([, end]) => end),
  };
}

/** A change of a text: `start .. oldEnd` became `start .. newEnd`. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** What stood in the changed stretch goes, `fresh` takes its place, what stood behind it moves. */
export function replaced({ starts, ends }: Ranges, { start, oldEnd, newEnd }: Change, fresh: Ranges): Ranges {
  const first = countUpTo(ends, start);
  const behind = Math.max(first, countBelow(starts, oldEnd));
  const by = newEnd - oldEnd;
  const join = (old: Uint32Array, middle: Uint32Array) => {
    const joined = new Uint32Array(first + middle.length + old.length - behind);
    joined.set(old.subarray(0, first));
    joined.set(middle, first);
    joined.set(by === 0 ? old.subarray(behind) : old.subarray(behind).map((at) => at + by), first + middle.length);
    return joined;
  };
  return { starts: join(starts, fresh.starts), ends: join(ends, fresh.ends) };
}

/** Where an offset into the old text stands in the new one; one within the change as near as can be. */
export function movedBy(offset: number, { start, oldEnd, newEnd }: Change): number {
  return offset < start ? offset : offset >= oldEnd ? offset + newEnd - oldEnd : Math.min(offset, newEnd);
}

/** The stretch that overlaps `start .. end` first; -1 where none does. */
export function overlapping({ starts, ends }: Ranges, start: number, end: number): number {
  const at = countUpTo(ends, start);
  return at < starts.length && (starts[at] as number) < end ? at : -1;
}

/** The stretch to go to from `offset`: the next that starts behind it, or the one before it, round the end; -1 for none. */
export function nextRange({ starts }: Ranges, offset: number, forward: boolean): number {
  const { length } = starts;
  if (length === 0) {
    return -1;
  }
  const after = forward ? countUpTo(starts, offset) : countBelow(starts, offset);
  return forward ? after % length : (after - 1 + length) % length;
}

/** How many entries of an ascending list are at most `value`. */
export function countUpTo(list: Uint32Array, value: number): number {
  return countBelow(list, value + 1);
}

/** How many entries of an ascending list are less than `value`. */
export function countBelow(list: Uint32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((list[middle] as number) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
