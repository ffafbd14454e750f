// Copies parts of the matrices of a product into panels, in the order in which tile.ts reads them: from A six rows side
// by side for each k, from B eight columns. What is missing at an edge is filled with zeros. Strides are in bytes.

/** Rows of A, and columns of B, in one tile. */
export const TILE_ROWS: i32 = 6;
export const TILE_COLUMNS: i32 = 8;

/** A's `rows` times `depth` part at `from`, as panels of six rows. */
export function packA(from: usize, rowStride: i32, depthStride: i32, rows: i32, depth: i32, to: usize): void {
  for (let row = 0; row < rows; row += TILE_ROWS) {
    const at = from + row * rowStride;
    const count = min(TILE_ROWS, rows - row);
    if (count === TILE_ROWS && depthStride === 4) {
      packSixRows(at, rowStride, depth, to);
    } else if (count === TILE_ROWS && rowStride === 4) {
      packSixColumns(at, depthStride, depth, to);
    } else {
      packScalar(at, rowStride, depthStride, count, TILE_ROWS, depth, to);
    }
    to += depth * TILE_ROWS * 4;
  }
}

/** B's `depth` times `columns` part at `from`, as panels of eight columns. */
export function packB(from: usize, depthStride: i32, columnStride: i32, depth: i32, columns: i32, to: usize): void {
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    const at = from + column * columnStride;
    const count = min(TILE_COLUMNS, columns - column);
    if (count === TILE_COLUMNS && columnStride === 4) {
      for (let k = 0, source = at, target = to; k < depth; k++) {
        v128.store(target, v128.load(source));
        v128.store(target, v128.load(source, 16), 16);
        source += depthStride;
        target += 32;
      }
    } else if (count === TILE_COLUMNS && depthStride === 4) {
      packEightRows(at, columnStride, depth, to);
    } else {
      packScalar(at, columnStride, depthStride, count, TILE_COLUMNS, depth, to);
    }
    to += depth * TILE_COLUMNS * 4;
  }
}

/** Any strides and any count up to `width`, one number at a time. */
function packScalar(
  from: usize,
  acrossStride: i32,
  depthStride: i32,
  count: i32,
  width: i32,
  depth: i32,
  to: usize,
): void {
  for (let k = 0; k < depth; k++) {
    let source = from + k * depthStride;
    for (let i = 0; i < width; i++) {
      store<f32>(to, i < count ? load<f32>(source) : 0);
      source += acrossStride;
      to += 4;
    }
  }
}

/** Six rows, each contiguous: transposed four by four, and the last two in pairs. */
function packSixRows(from: usize, rowStride: i32, depth: i32, to: usize): void {
  const r1 = from + rowStride;
  const r2 = r1 + rowStride;
  const r3 = r2 + rowStride;
  const r4 = r3 + rowStride;
  const r5 = r4 + rowStride;
  let at: usize = 0;
  for (let k = depth; k >= 4; k -= 4) {
    const a = v128.load(from + at);
    const b = v128.load(r1 + at);
    const c = v128.load(r2 + at);
    const d = v128.load(r3 + at);
    const e = v128.load(r4 + at);
    const f = v128.load(r5 + at);
    const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
    const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
    const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7);
    const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
    const ef = i32x4.shuffle(e, f, 0, 4, 1, 5);
    const ef2 = i32x4.shuffle(e, f, 2, 6, 3, 7);
    v128.store(to, i64x2.shuffle(ab, cd, 0, 2));
    v128.store64_lane(to, ef, 0, 16);
    v128.store(to, i64x2.shuffle(ab, cd, 1, 3), 24);
    v128.store64_lane(to, ef, 1, 40);
    v128.store(to, i64x2.shuffle(ab2, cd2, 0, 2), 48);
    v128.store64_lane(to, ef2, 0, 64);
    v128.store(to, i64x2.shuffle(ab2, cd2, 1, 3), 72);
    v128.store64_lane(to, ef2, 1, 88);
    at += 16;
    to += 96;
  }
  packScalar(from + at, rowStride, 4, TILE_ROWS, TILE_ROWS, depth & 3, to);
}

/** Six rows of a transposed A: for each k they stand side by side. */
function packSixColumns(from: usize, depthStride: i32, depth: i32, to: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, v128.load(from));
    store<u64>(to, load<u64>(from, 16), 16);
    from += depthStride;
    to += 24;
  }
}

/** Eight columns of a transposed B: each is contiguous along k. */
function packEightRows(from: usize, rowStride: i32, depth: i32, to: usize): void {
  for (let half = 0; half < 2; half++) {
    let r0 = from + half * 4 * rowStride;
    let r1 = r0 + rowStride;
    let r2 = r1 + rowStride;
    let r3 = r2 + rowStride;
    let target = to + half * 16;
    for (let k = depth; k >= 4; k -= 4) {
      const a = v128.load(r0);
      const b = v128.load(r1);
      const c = v128.load(r2);
      const d = v128.load(r3);
      const ab = i32x4.shuffle(a, b, 0, 4, 1, 5);
      const cd = i32x4.shuffle(c, d, 0, 4, 1, 5);
      const ab2 = i32x4.shuffle(a, b, 2, 6, 3, 7);
      const cd2 = i32x4.shuffle(c, d, 2, 6, 3, 7);
      v128.store(target, i64x2.shuffle(ab, cd, 0, 2));
      v128.store(target, i64x2.shuffle(ab, cd, 1, 3), 32);
      v128.store(target, i64x2.shuffle(ab2, cd2, 0, 2), 64);
      v128.store(target, i64x2.shuffle(ab2, cd2, 1, 3), 96);
      r0 += 16;
      r1 += 16;
      r2 += 16;
      r3 += 16;
      target += 128;
    }
    for (let k = depth & 3; k > 0; k--) {
      store<f32>(target, load<f32>(r0));
      store<f32>(target, load<f32>(r1), 4);
      store<f32>(target, load<f32>(r2), 8);
      store<f32>(target, load<f32>(r3), 12);
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
      target += 32;
    }
  }
}
