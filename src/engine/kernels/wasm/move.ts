// Moving numbers: fill, copy and add with any strides, rows by index. Bits are moved as they are, so f32 and i32 alike.
// Strides are in bytes.

/** One row; `bits` is the number's pattern. */
export function fill(out: usize, stride: i32, count: i32, bits: i32): void {
  if (stride === 4) {
    const v = i32x4.splat(bits);
    for (; count >= 4; count -= 4) {
      v128.store(out, v);
      out += 16;
    }
  }
  for (; count > 0; count--) {
    store<i32>(out, bits);
    out += stride;
  }
}

/** `rows` rows of `count` numbers. */
export function copy(
  from: usize,
  fromRow: i32,
  fromColumn: i32,
  to: usize,
  toRow: i32,
  toColumn: i32,
  rows: i32,
  count: i32,
): void {
  if (fromColumn === 4 && toColumn === 4) {
    for (let row = 0; row < rows; row++) {
      memory.copy(to, from, count * 4);
      from += fromRow;
      to += toRow;
    }
    return;
  }
  let row = 0;
  if (fromRow === 4 && toColumn === 4) {
    for (; row + 4 <= rows; row += 4) {
      copyFourColumns(from + row * 4, fromColumn, to + row * toRow, toRow, count);
    }
  }
  for (; row < rows; row++) {
    let source = from + row * fromRow;
    let target = to + row * toRow;
    for (let i = 0; i < count; i++) {
      store<i32>(target, load<i32>(source));
      source += fromColumn;
      target += toColumn;
    }
  }
}

/** Four rows of a transposed copy: the source has the four side by side. */
function copyFourColumns(from: usize, fromColumn: i32, to: usize, toRow: i32, count: i32): void {
  const to1 = to + toRow;
  const to2 = to1 + toRow;
  const to3 = to2 + toRow;
  let at: usize = 0;
  for (; count >= 4; count -= 4) {
    const a = v128.load(from);
    const b = v128.load(from + fromColumn);
    const c = v128.load(from + 2 * fromColumn);
    const d = v128.load(from + 3 * fromColumn);
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
    v128.store(to + at, i64x2.shuffle(ab, cd, 0, 2));
    v128.store(to1 + at, i64x2.shuffle(ab, cd, 1, 3));
    v128.store(to2 + at, i64x2.shuffle(ab2, cd2, 0, 2));
    v128.store(to3 + at, i64x2.shuffle(ab2, cd2, 1, 3));
    from += 4 * fromColumn;
    at += 16;
  }
  for (; count > 0; count--) {
    store<i32>(to + at, load<i32>(from));
    store<i32>(to1 + at, load<i32>(from, 4));
    store<i32>(to2 + at, load<i32>(from, 8));
    store<i32>(to3 + at, load<i32>(from, 12));
    from += fromColumn;
    at += 4;
  }
}

/** As {@link copy}, and adds. */
export function addTo(
  from: usize,
  fromRow: i32,
  fromColumn: i32,
  to: usize,
  toRow: i32,
  toColumn: i32,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let source = from + row * fromRow;
    let target = to + row * toRow;
    let n = count;
    if (fromColumn === 4 && toColumn === 4) {
      for (; n >= 4; n -= 4) {
        v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
        source += 16;
        target += 16;
      }
    }
    for (; n > 0; n--) {
      store<f32>(target, load<f32>(target) + load<f32>(source));
      source += fromColumn;
      target += toColumn;
    }
  }
}

/** out[i] = table[ids[i]], rows of `width` numbers. */
export function gatherRows(table: usize, ids: usize, out: usize, count: i32, width: i32): void {
  for (let i = 0; i < count; i++) {
    memory.copy(out, table + load<i32>(ids) * width * 4, width * 4);
    ids += 4;
    out += width * 4;
  }
}

/** out[ids[i]] += rows[i]. */
export function scatterAddRows(rows: usize, ids: usize, out: usize, count: i32, width: i32): void {
  for (let i = 0; i < count; i++) {
    addTo(rows, 0, 4, out + load<i32>(ids) * width * 4, 0, 4, 1, width);
    ids += 4;
    rows += width * 4;
  }
}
