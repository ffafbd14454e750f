// Matrix products of any size and any strides: packed panels and register tiles, in blocks that stay in the caches
// (after Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008). Products of a few rows read
// B as it lies. Addresses and strides are in bytes. A result is summed in the same order whatever block it falls into, so
// that threads that share a product's rows or columns make the same bits as one.

import { packA, packB, TILE_COLUMNS, TILE_ROWS } from './pack';
import { multiplyAdd, sumLanes } from './simd';
import { tile } from './tile';

/** A block of A is packed into 96 x 256 numbers (96 kB), one of B into 256 x 1024 (1 MB). */
const BLOCK_ROWS: i32 = 96;
const BLOCK_DEPTH: i32 = 256;
const BLOCK_COLUMNS: i32 = 1024;
/** Below so many rows packing B costs more than it saves. */
const FEW_ROWS: i32 = 3;

const EDGE_BYTES: i32 = TILE_ROWS * TILE_COLUMNS * 4;
const PACKED_A_BYTES: i32 = BLOCK_ROWS * BLOCK_DEPTH * 4;
const PACKED_B_BYTES: i32 = BLOCK_DEPTH * BLOCK_COLUMNS * 4;

/** How many bytes {@link matmul} needs at `work`. */
export function matmulWorkBytes(): i32 {
  return EDGE_BYTES + PACKED_A_BYTES + PACKED_B_BYTES;
}

/**
 * C (M, N), written or with `add` added to, = A (M, K) times B (K, N). C's columns are contiguous.
 *
 * @param work scratch of {@link matmulWorkBytes}.
 */
export function matmul(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  M: i32,
  K: i32,
  N: i32,
  add: bool,
  work: usize,
): void {
  if (M <= FEW_ROWS && (bColumn === 4 || (bRow === 4 && aColumn === 4))) {
    for (let row = 0; row < M; row++) {
      if (bColumn === 4) {
        rowTimesMatrix(a + row * aRow, aColumn, b, bRow, c + row * cRow, K, N, add);
      } else {
        rowTimesTransposed(a + row * aRow, b, bColumn, c + row * cRow, K, N, add);
      }
    }
    return;
  }
  packedMatmul(a, aRow, aColumn, b, bRow, bColumn, c, cRow, M, K, N, add, work);
}

/** As {@link matmul}, however few rows there are: so the rows of one product can be computed apart. */
export function packedMatmul(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cRow: i32,
  M: i32,
  K: i32,
  N: i32,
  add: bool,
  work: usize,
): void {
  if (K === 0 && !add) {
    for (let row = 0; row < M; row++) memory.fill(c + row * cRow, 0, N * 4);
    return;
  }
  const packedA = work + EDGE_BYTES;
  const packedB = packedA + PACKED_A_BYTES;
  for (let column = 0; column < N; column += BLOCK_COLUMNS) {
    const columns = min(BLOCK_COLUMNS, N - column);
    for (let k = 0; k < K; k += BLOCK_DEPTH) {
      const depth = min(BLOCK_DEPTH, K - k);
      packB(b + k * bRow + column * bColumn, bRow, bColumn, depth, columns, packedB);
      for (let row = 0; row < M; row += BLOCK_ROWS) {
        const rows = min(BLOCK_ROWS, M - row);
        packA(a + row * aRow + k * aColumn, aRow, aColumn, rows, depth, packedA);
        const to = c + row * cRow + column * 4;
        block(packedA, packedB, to, cRow, rows, depth, columns, add || k > 0, work);
      }
    }
  }
}

/** Products of the same depth and columns, one after the other: from each to the next it is so many bytes. */
export function matmuls(
  a: usize,
  aNext: i32,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bNext: i32,
  bRow: i32,
  bColumn: i32,
  c: usize,
  cNext: i32,
  cRow: i32,
  M: i32,
  K: i32,
  N: i32,
  add: bool,
  work: usize,
  count: i32,
): void {
  for (; count > 0; count--) {
    matmul(a, aRow, aColumn, b, bRow, bColumn, c, cRow, M, K, N, add, work);
    a += aNext;
    b += bNext;
    c += cNext;
  }
}

/** All tiles of one packed block of A and one of B. Tiles that hang over an edge are made at `edge` first. */
function block(
  packedA: usize,
  packedB: usize,
  to: usize,
  rowStride: i32,
  rows: i32,
  depth: i32,
  columns: i32,
  add: bool,
  edge: usize,
): void {
  for (let column = 0; column < columns; column += TILE_COLUMNS) {
    const panelB = packedB + column * depth * 4;
    const width = min(TILE_COLUMNS, columns - column);
    for (let row = 0; row < rows; row += TILE_ROWS) {
      const panelA = packedA + row * depth * 4;
      const height = min(TILE_ROWS, rows - row);
      const target = to + row * rowStride + column * 4;
      if (height === TILE_ROWS && width === TILE_COLUMNS) {
        tile(depth, panelA, panelB, target, rowStride, add);
      } else {
        tile(depth, panelA, panelB, edge, TILE_COLUMNS * 4, false);
        writeEdge(edge, target, rowStride, height, width, add);
      }
    }
  }
}

function writeEdge(edge: usize, to: usize, rowStride: i32, height: i32, width: i32, add: bool): void {
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const at = to + column * 4;
      const value = load<f32>(edge + column * 4);
      store<f32>(at, add ? load<f32>(at) + value : value);
    }
    edge += TILE_COLUMNS * 4;
    to += rowStride;
  }
}

/** One row times B with contiguous rows: sixteen columns at a time. */
function rowTimesMatrix(a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, K: i32, N: i32, add: bool): void {
  let n = N;
  for (; n >= 16; n -= 16) {
    let s0 = f32x4.splat(0);
    let s1 = s0;
    let s2 = s0;
    let s3 = s0;
    for (let k = 0, at = a, from = b; k < K; k++) {
      const x = v128.load32_splat(at);
      s0 = multiplyAdd(x, v128.load(from), s0);
      s1 = multiplyAdd(x, v128.load(from, 16), s1);
      s2 = multiplyAdd(x, v128.load(from, 32), s2);
      s3 = multiplyAdd(x, v128.load(from, 48), s3);
      at += aColumn;
      from += bRow;
    }
    if (add) {
      s0 = f32x4.add(v128.load(c), s0);
      s1 = f32x4.add(v128.load(c, 16), s1);
      s2 = f32x4.add(v128.load(c, 32), s2);
      s3 = f32x4.add(v128.load(c, 48), s3);
    }
    v128.store(c, s0);
    v128.store(c, s1, 16);
    v128.store(c, s2, 32);
    v128.store(c, s3, 48);
    b += 64;
    c += 64;
  }
  for (; n > 0; n--) {
    let sum: f32 = 0;
    for (let k = 0, at = a, from = b; k < K; k++) {
      sum += load<f32>(at) * load<f32>(from);
      at += aColumn;
      from += bRow;
    }
    store<f32>(c, add ? load<f32>(c) + sum : sum);
    b += 4;
    c += 4;
  }
}

/** One contiguous row times B with contiguous columns: one dot product a column. */
function rowTimesTransposed(a: usize, b: usize, bColumn: i32, c: usize, K: i32, N: i32, add: bool): void {
  for (let column = 0; column < N; column++) {
    const sum = dot(a, b, K);
    store<f32>(c, add ? load<f32>(c) + sum : sum);
    b += bColumn;
    c += 4;
  }
}

/** The dot product of two contiguous rows. */
function dot(a: usize, b: usize, count: i32): f32 {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (; count >= 16; count -= 16) {
    s0 = multiplyAdd(v128.load(a), v128.load(b), s0);
    s1 = multiplyAdd(v128.load(a, 16), v128.load(b, 16), s1);
    s2 = multiplyAdd(v128.load(a, 32), v128.load(b, 32), s2);
    s3 = multiplyAdd(v128.load(a, 48), v128.load(b, 48), s3);
    a += 64;
    b += 64;
  }
  let sum = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (; count > 0; count--) {
    sum += load<f32>(a) * load<f32>(b);
    a += 4;
    b += 4;
  }
  return sum;
}
