// Sorting a million numbers takes a second: this does it in slices of milliseconds.

const RUN = 4096;

/** Sorts `items` by `compare`, stably; breathes now and then. */
export function* slicedSort(items: Int32Array, compare: (a: number, b: number) => number): Generator<void, void, void> {
  for (let from = 0; from < items.length; from += RUN) {
    items.subarray(from, from + RUN).sort(compare);
    yield;
  }
  let source: Int32Array = items;
  let target: Int32Array = new Int32Array(items.length);
  for (let size = RUN; size < items.length; size *= 2) {
    for (let from = 0; from < items.length; from += 2 * size) {
      const middle = Math.min(from + size, items.length);
      const end = Math.min(middle + size, items.length);
      let [left, right] = [from, middle];
      for (let at = from; at < end; at++) {
        const takesLeft = right >= end || (left < middle && compare(source[left]!, source[right]!) <= 0);
        target[at] = source[takesLeft ? left++ : right++]!;
        if (at % RUN === 0) {
          yield;
        }
      }
    }
    [source, target] = [target, source];
  }
  if (source !== items) {
    items.set(source);
  }
}
