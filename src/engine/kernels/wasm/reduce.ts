// Sums: along rows, along columns, of squares. They are kept in f64, so that a long sum loses nothing that shows.

/** out[r] = the sum of row r of x (rows, count). */
export function sumRows(x: usize, out: usize, rows: i32, count: i32): void {
  for (let row = 0; row < rows; row++) {
    store<f32>(out, <f32>sumRow(x, count));
    x += count * 4;
    out += 4;
  }
}

/** out[b, i] = the sum over n of x[b, n, i], for x (blocks, count, inner). */
export function sumBlocks(x: usize, out: usize, blocks: i32, count: i32, inner: i32): void {
  for (; blocks > 0; blocks--) {
    sumColumns(x, out, count, inner, inner);
    x += count * inner * 4;
    out += inner * 4;
  }
}

function sumRow(x: usize, count: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let n = count;
  for (; n >= 4; n -= 4) {
    const v = v128.load(x);
    s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v));
    s1 = f64x2.add(s1, f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 0)));
    x += 16;
  }
  const s = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; n > 0; n--) {
    total += load<f32>(x);
    x += 4;
  }
  return total;
}

/** The sums of `width` columns, side by side at `x`, of a matrix (count, inner). */
export function sumColumns(x: usize, out: usize, count: i32, inner: i32, width: i32): void {
  const stride = inner * 4;
  let column = 0;
  for (; column + 8 <= width; column += 8) {
    let s0 = f64x2.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let n = 0, at = x; n < count; n++) {
      const v = v128.load(at);
      const w = v128.load(at, 16);
      s0 = f64x2.add(s0, f64x2.promote_low_f32x4(v));
      s1 = f64x2.add(s1, f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 0)));
      s2 = f64x2.add(s2, f64x2.promote_low_f32x4(w));
      s3 = f64x2.add(s3, f64x2.promote_low_f32x4(i64x2.shuffle(w, w, 1, 0)));
      at += stride;
    }
    const low = f32x4.demote_f64x2_zero(s0);
    const high = f32x4.demote_f64x2_zero(s2);
    v128.store(out, i64x2.shuffle(low, f32x4.demote_f64x2_zero(s1), 0, 2));
    v128.store(out, i64x2.shuffle(high, f32x4.demote_f64x2_zero(s3), 0, 2), 16);
    x += 32;
    out += 32;
  }
  for (; column < width; column++) {
    let total: f64 = 0;
    for (let n = 0, at = x; n < count; n++) {
      total += load<f32>(at);
      at += stride;
    }
    store<f32>(out, <f32>total);
    x += 4;
    out += 4;
  }
}

export function sumOfSquares(x: usize, count: i32): f64 {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  for (; count >= 4; count -= 4) {
    const v = v128.load(x);
    const low = f64x2.promote_low_f32x4(v);
    const high = f64x2.promote_low_f32x4(i64x2.shuffle(v, v, 1, 0));
    s0 = f64x2.add(s0, f64x2.mul(low, low));
    s1 = f64x2.add(s1, f64x2.mul(high, high));
    x += 16;
  }
  const s = f64x2.add(s0, s1);
  let total = f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
  for (; count > 0; count--) {
    const value: f64 = load<f32>(x);
    total += value * value;
    x += 4;
  }
  return total;
}
