// Elementwise kernels: functions of one number and their slopes, sums and products with broadcasting, choices, dropout's
// mask. Strides are in bytes; a column stride of 0 repeats one number. The codes of kinds are those of kernels/wasm.ts.

import { exp4, gelu4, geluSlope4, geluTanh4, geluTanhSlope4, sigmoid4, siluSlope4, tanh4 } from './functions';
import { loadPart, multiplyAdd, storePart } from './simd';

const EXP: i32 = 0;
const SQRT: i32 = 1;
const TANH: i32 = 2;
const SIGMOID: i32 = 3;
const RELU: i32 = 4;
const GELU: i32 = 5;
const GELU_TANH: i32 = 6;

function apply(kind: i32, x: v128): v128 {
  if (kind === GELU) return gelu4(x);
  if (kind === GELU_TANH) return geluTanh4(x);
  if (kind === RELU) return f32x4.pmax(x, f32x4.splat(0));
  if (kind === EXP) return exp4(x);
  if (kind === SQRT) return f32x4.sqrt(x);
  if (kind === TANH) return tanh4(x);
  if (kind === SIGMOID) return sigmoid4(x);
  return f32x4.mul(x, sigmoid4(x));
}

/** One loop a function: the compiler puts each function into its own. */
export function unary(kind: i32, x: usize, out: usize, count: i32): void {
  const end: usize = (count & ~3) * 4;
  if (kind === GELU) {
    for (let i: usize = 0; i < end; i += 16) v128.store(out + i, gelu4(v128.load(x + i)));
  } else if (kind === GELU_TANH) {
    for (let i: usize = 0; i < end; i += 16) v128.store(out + i, geluTanh4(v128.load(x + i)));
  } else if (kind === EXP) {
    for (let i: usize = 0; i < end; i += 16) v128.store(out + i, exp4(v128.load(x + i)));
  } else if (kind === RELU) {
    for (let i: usize = 0; i < end; i += 16) v128.store(out + i, f32x4.pmax(v128.load(x + i), f32x4.splat(0)));
  } else {
    for (let i: usize = 0; i < end; i += 16) v128.store(out + i, apply(kind, v128.load(x + i)));
  }
  if ((count & 3) > 0) storePart(out + end, apply(kind, loadPart(x + end, count & 3, 0)), count & 3);
}

function slope(kind: i32, saved: v128, gradient: v128): v128 {
  const one = f32x4.splat(1);
  if (kind === GELU) return f32x4.mul(gradient, geluSlope4(saved));
  if (kind === GELU_TANH) return f32x4.mul(gradient, geluTanhSlope4(saved));
  if (kind === RELU) return f32x4.mul(gradient, v128.andnot(one, f32x4.le(saved, f32x4.splat(0))));
  if (kind === EXP) return f32x4.mul(gradient, saved);
  if (kind === SQRT) return f32x4.mul(gradient, f32x4.div(one, f32x4.add(saved, saved)));
  if (kind === TANH) return f32x4.mul(gradient, f32x4.sub(one, f32x4.mul(saved, saved)));
  if (kind === SIGMOID) return f32x4.mul(gradient, f32x4.mul(saved, f32x4.sub(one, saved)));
  return f32x4.mul(gradient, siluSlope4(saved));
}

export function unaryBackward(kind: i32, saved: usize, gradient: usize, out: usize, count: i32): void {
  const end: usize = (count & ~3) * 4;
  if (kind === GELU) {
    for (let i: usize = 0; i < end; i += 16) {
      v128.store(out + i, f32x4.mul(v128.load(gradient + i), geluSlope4(v128.load(saved + i))));
    }
  } else if (kind === GELU_TANH) {
    for (let i: usize = 0; i < end; i += 16) {
      v128.store(out + i, f32x4.mul(v128.load(gradient + i), geluTanhSlope4(v128.load(saved + i))));
    }
  } else {
    for (let i: usize = 0; i < end; i += 16) {
      v128.store(out + i, slope(kind, v128.load(saved + i), v128.load(gradient + i)));
    }
  }
  const rest = count & 3;
  if (rest > 0) {
    storePart(out + end, slope(kind, loadPart(saved + end, rest, 0), loadPart(gradient + end, rest, 0)), rest);
  }
}

export function affine(x: usize, scale: f32, shift: f32, out: usize, count: i32): void {
  const s = f32x4.splat(scale);
  const t = f32x4.splat(shift);
  for (; count >= 4; count -= 4) {
    v128.store(out, multiplyAdd(v128.load(x), s, t));
    x += 16;
    out += 16;
  }
  if (count > 0) storePart(out, multiplyAdd(loadPart(x, count, 0), s, t), count);
}

/** Four numbers that are `stride` bytes apart. */
function loadFour(from: usize, stride: i32): v128 {
  if (stride === 4) return v128.load(from);
  let v = v128.load32_splat(from);
  if (stride !== 0) {
    v = v128.load32_lane(from + stride, v, 1);
    v = v128.load32_lane(from + 2 * stride, v, 2);
    v = v128.load32_lane(from + 3 * stride, v, 3);
  }
  return v;
}

/** As {@link loadFour} for the 1 to 3 numbers at a row's end. */
function loadRest(from: usize, stride: i32, count: i32): v128 {
  let v = v128.load32_splat(from);
  if (count > 1) v = v128.load32_lane(from + stride, v, 1);
  if (count > 2) v = v128.load32_lane(from + 2 * stride, v, 2);
  return v;
}

const ADD: i32 = 0;
const SUB: i32 = 1;
const MUL: i32 = 2;

function combine(kind: i32, a: v128, b: v128): v128 {
  if (kind === ADD) return f32x4.add(a, b);
  if (kind === MUL) return f32x4.mul(a, b);
  if (kind === SUB) return f32x4.sub(a, b);
  return f32x4.div(a, b);
}

/** `rows` rows of `count`; `out` is dense. */
export function binary(
  kind: i32,
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  bColumn: i32,
  out: usize,
  rows: i32,
  count: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let x = a + row * aRow;
    let y = b + row * bRow;
    let n = count;
    for (; n >= 4; n -= 4) {
      v128.store(out, combine(kind, loadFour(x, aColumn), loadFour(y, bColumn)));
      x += 4 * aColumn;
      y += 4 * bColumn;
      out += 16;
    }
    if (n > 0) {
      storePart(out, combine(kind, loadRest(x, aColumn, n), loadRest(y, bColumn, n)), n);
      out += n * 4;
    }
  }
}

/** One row of `out`, dense. `whole`: the condition holds i32, else f32. */
export function where(
  condition: usize,
  cColumn: i32,
  whole: bool,
  a: usize,
  aColumn: i32,
  b: usize,
  bColumn: i32,
  out: usize,
  count: i32,
): void {
  const zero = f32x4.splat(0);
  for (; count > 0; count -= 4) {
    const full = count >= 4;
    const c = full ? loadFour(condition, cColumn) : loadRest(condition, cColumn, count);
    const x = full ? loadFour(a, aColumn) : loadRest(a, aColumn, count);
    const y = full ? loadFour(b, bColumn) : loadRest(b, bColumn, count);
    const chosen = v128.bitselect(x, y, whole ? i32x4.ne(c, zero) : f32x4.ne(c, zero));
    if (full) {
      v128.store(out, chosen);
    } else {
      storePart(out, chosen, count);
    }
    condition += 4 * cColumn;
    a += 4 * aColumn;
    b += 4 * bColumn;
    out += 16;
  }
}

/** kernels/dropoutKeeps.ts, four places at a time from `first`: `kept` where the hash of seed and place is below `bound`. */
export function dropoutMask(seed: i32, bound: u32, kept: f32, first: i32, out: usize, count: i32): void {
  let place = i32x4.add(i32x4.splat(first), i32x4(0, 1, 2, 3));
  const value = f32x4.splat(kept);
  for (; count > 0; count -= 4) {
    const hash = mix(v128.xor(mix(place), i32x4.splat(seed)));
    const mask = v128.and(i32x4.lt_u(hash, i32x4.splat(bound)), value);
    if (count >= 4) {
      v128.store(out, mask);
    } else {
      storePart(out, mask, count);
    }
    place = i32x4.add(place, i32x4.splat(4));
    out += 16;
  }
}

function mix(bits: v128): v128 {
  let h = i32x4.add(bits, i32x4.splat(0x9e3779b9));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 16)), i32x4.splat(0x85ebca6b));
  h = i32x4.mul(v128.xor(h, i32x4.shr_u(h, 13)), i32x4.splat(0xc2b2ae35));
  return v128.xor(h, i32x4.shr_u(h, 16));
}
