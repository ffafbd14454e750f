// Small helpers on vectors of four f32 that all kernels share. `multiplyAdd` is the one thing in which the two modules
// differ: with relaxed SIMD it rounds once where the processor can, without it twice.

/** a * b + c, lane by lane. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(a, b, c) : f32x4.add(f32x4.mul(a, b), c);
}

/** The sum of the four lanes. */
export function sumLanes(v: v128): f32 {
  const pairs = f32x4.add(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The largest of the four lanes; NaN when one is. */
export function maxLanes(v: v128): f32 {
  const pairs = f32x4.max(v, i32x4.shuffle(v, v, 2, 3, 0, 1));
  return max<f32>(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** The 0 to 3 numbers at `from`, with `rest` in the lanes behind them: a row's end, read without going past it. */
export function loadPart(from: usize, count: i32, rest: f32): v128 {
  let v = f32x4.splat(rest);
  if (count > 0) v = v128.load32_lane(from, v, 0);
  if (count > 1) v = v128.load32_lane(from, v, 1, 4);
  if (count > 2) v = v128.load32_lane(from, v, 2, 8);
  return v;
}

/** Writes the first 0 to 3 lanes. */
export function storePart(to: usize, v: v128, count: i32): void {
  if (count > 0) v128.store32_lane(to, v, 0);
  if (count > 1) v128.store32_lane(to, v, 1, 4);
  if (count > 2) v128.store32_lane(to, v, 2, 8);
}
