// The scan behind exact nearest neighbours: int8 rows against one query, the best so far in a heap. The query is given in
// 16 bits, which costs nothing here (rows are widened to 16 bits for the product anyway) and leaves the rows' rounding as
// the only error. Past what the caches hold the scan waits for the memory, so that four rows are read at a time, each from
// a quarter of the block of its own: that took half the time of one row after the other over a million rows. Relaxed
// SIMD's dot product would take a query of 7 bits and save nothing of the waiting.

/** Bytes of one of the best: its key (f64), its score (f32), its place (i32). */
const ENTRY: usize = 16;

/** The four sums of row[i] * query[i], for rows that are `apart` bytes apart; `stride` is a multiple of 32. */
function fourDots(row: usize, apart: usize, query: usize, stride: i32): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const end = row + stride;
  while (row < end) {
    const right = row + 2 * apart;
    let q = v128.load(query);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(row), q));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(row + apart), q));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(right), q));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(right + apart), q));
    q = v128.load(query, 16);
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load8x8_s(row, 8), q));
    b = i32x4.add(b, i32x4.dot_i16x8_s(v128.load8x8_s(row + apart, 8), q));
    c = i32x4.add(c, i32x4.dot_i16x8_s(v128.load8x8_s(right, 8), q));
    d = i32x4.add(d, i32x4.dot_i16x8_s(v128.load8x8_s(right + apart, 8), q));
    row += 16;
    query += 32;
  }
  const ab = i32x4.add(i32x4.shuffle(a, b, 0, 1, 4, 5), i32x4.shuffle(a, b, 2, 3, 6, 7)); // a, a, b, b
  const cd = i32x4.add(i32x4.shuffle(c, d, 0, 1, 4, 5), i32x4.shuffle(c, d, 2, 3, 6, 7));
  return i32x4.add(i32x4.shuffle(ab, cd, 0, 2, 4, 6), i32x4.shuffle(ab, cd, 1, 3, 5, 7));
}

/** Whether a scan takes a row: a bit each, lowest first; without bits it takes every row. */
function isAccepted(accepted: usize, row: i32): bool {
  return accepted === 0 || ((load<u8>(accepted + (row >> 3)) >> <u8>(row & 7)) & 1) !== 0;
}

/**
 * Offers each row of a block to the best.
 *
 * @param accepted a bit a row; 0 takes every row.
 * @param count how many rows are in use; up to three rows behind them are read, and not offered.
 * @param first the first row's place in the whole table.
 * @param best `capacity` entries as a heap with the worst at its root, `kept` of them in use.
 * @returns how many are in use then.
 */
export function nearestRows(
  rows: usize,
  scales: usize,
  keys: usize,
  accepted: usize,
  count: i32,
  stride: i32,
  query: usize,
  first: i32,
  best: usize,
  kept: i32,
  capacity: i32,
): i32 {
  const quarter = (count + 3) >> 2;
  const apart = <usize>quarter * stride;
  for (let row = 0; row < quarter; row++) {
    const b = row + quarter;
    const c = b + quarter;
    const d = c + quarter;
    const takesA = isAccepted(accepted, row);
    const takesB = b < count && isAccepted(accepted, b);
    const takesC = c < count && isAccepted(accepted, c);
    const takesD = d < count && isAccepted(accepted, d);
    if (takesA || takesB || takesC || takesD) {
      const dots = fourDots(rows, apart, query, stride);
      if (takesA) kept = offer(i32x4.extract_lane(dots, 0), scales, keys, row, first, best, kept, capacity);
      if (takesB) kept = offer(i32x4.extract_lane(dots, 1), scales, keys, b, first, best, kept, capacity);
      if (takesC) kept = offer(i32x4.extract_lane(dots, 2), scales, keys, c, first, best, kept, capacity);
      if (takesD) kept = offer(i32x4.extract_lane(dots, 3), scales, keys, d, first, best, kept, capacity);
    }
    rows += stride;
  }
  return kept;
}

/** @returns how many of the best are in use then. */
function offer(dot: i32, scales: usize, keys: usize, row: i32, first: i32, best: usize, kept: i32, capacity: i32): i32 {
  const score = <f32>dot * load<f32>(scales + row * 4);
  if (kept < capacity) {
    rise(best, kept, load<f64>(keys + row * 8), score, first + row);
    return kept + 1;
  }
  if (score >= load<f32>(best, 8)) {
    const key = load<f64>(keys + row * 8);
    if (isWorse(best, key, score)) sink(best, capacity, key, score, first + row);
  }
  return kept;
}

/** Whether an entry is worse than a key with its score: lower, or equal with a higher key. */
function isWorse(entry: usize, key: f64, score: f32): bool {
  const other = load<f32>(entry, 8);
  return other < score || (other === score && load<f64>(entry) > key);
}

function put(entry: usize, key: f64, score: f32, place: i32): void {
  store<f64>(entry, key);
  store<f32>(entry, score, 8);
  store<i32>(entry, place, 12);
}

/** Puts an entry at the end of the heap, and up past all that are better. */
function rise(best: usize, at: i32, key: f64, score: f32, place: i32): void {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const entry = best + parent * ENTRY;
    if (isWorse(entry, key, score)) break;
    memory.copy(best + at * ENTRY, entry, ENTRY);
    at = parent;
  }
  put(best + at * ENTRY, key, score, place);
}

/** Puts an entry in the root's place, and down past all that are worse. */
function sink(best: usize, count: i32, key: f64, score: f32, place: i32): void {
  let at = 0;
  for (let child = 1; child < count; child = 2 * at + 1) {
    let entry = best + child * ENTRY;
    if (child + 1 < count && isWorse(entry + ENTRY, load<f64>(entry), load<f32>(entry, 8))) {
      child++;
      entry += ENTRY;
    }
    if (!isWorse(entry, key, score)) break;
    memory.copy(best + at * ENTRY, entry, ENTRY);
    at = child;
  }
  put(best + at * ENTRY, key, score, place);
}
