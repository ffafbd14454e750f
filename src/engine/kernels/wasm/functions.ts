// exp, tanh and the error function's complement on four f32 at a time, and the activations made of them. The
// polynomials were fitted for this file (weighted least squares, reweighted until the worst errors were level). Their
// coefficients lie in memory: to broadcast one from there is one instruction, to make one of a constant four.
//
// Greatest errors, over all f32 (test/unit/engine/wasmFunctions.test.ts holds them): exp 2 units in the last place, also
// where the result is subnormal; tanh 3 units; gelu and its slope 4e-7 times max(1, |x|). NaN stays NaN; infinities give
// the limits.

import { multiplyAdd } from './simd';

/** A table's number in all four lanes. */
function entry(table: usize, index: i32): v128 {
  return v128.load32_splat(table + index * 4);
}

/** The bounds beyond which the result is 0 or infinity; 1 / ln 2; 1.5 * 2^23; ln 2 in two parts; the polynomial. */
const EXP = memory.data<f32>([
  -104,
  89,
  Mathf.LOG2E,
  12582912,
  // The first part has few enough bits for its product with an exponent to be exact.
  0.693359375,
  -0.000212194444,
  // (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2
  0.001381446490995586,
  0.008368780836462975,
  0.04166839271783829,
  0.1666651964187622,
  0.4999999403953552,
  1,
]);

/** e^x. */
export function exp4(x: v128): v128 {
  // pmin and pmax are one instruction each, where min and max are seven, and keep a NaN that stands first.
  const bounded = f32x4.pmax(f32x4.pmin(x, entry(EXP, 1)), entry(EXP, 0));
  // Adding 1.5 * 2^23 leaves no bits behind the point: the sum's last bits are the exponent, as an integer.
  const magic = entry(EXP, 3);
  const shifted = multiplyAdd(bounded, entry(EXP, 2), magic);
  const n = f32x4.sub(shifted, magic);
  let r = f32x4.sub(bounded, f32x4.mul(n, entry(EXP, 4)));
  r = f32x4.sub(r, f32x4.mul(n, entry(EXP, 5)));
  let p = multiplyAdd(entry(EXP, 6), r, entry(EXP, 7));
  p = multiplyAdd(p, r, entry(EXP, 8));
  p = multiplyAdd(p, r, entry(EXP, 9));
  p = multiplyAdd(p, r, entry(EXP, 10));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, entry(EXP, 11)));
  // 2^n in two factors: one alone can't hold 2^128, nor what is subnormal.
  const exponent = i32x4.sub(shifted, magic);
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

/** 1 has the bits of 127 as its exponent. */
function powerOfTwo(exponent: v128): v128 {
  return i32x4.add(i32x4.shl(exponent, 23), entry(EXP, 11));
}

/** (tanh x - x) / x^3 for |x| <= 0.625, that bound, 1 and 2. */
const TANH = memory.data<f32>([
  -0.005704974289983511, 0.020639074966311455, -0.05373971164226532, 0.13331441581249237, -0.3333328068256378, 0.625, 1,
  2,
]);

export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = multiplyAdd(entry(TANH, 0), z, entry(TANH, 1));
  p = multiplyAdd(p, z, entry(TANH, 2));
  p = multiplyAdd(p, z, entry(TANH, 3));
  p = multiplyAdd(p, z, entry(TANH, 4));
  const near = multiplyAdd(f32x4.mul(p, z), x, x);
  const one = entry(TANH, 6);
  const grown = f32x4.add(exp4(f32x4.add(size, size)), one);
  const far = f32x4.sub(one, f32x4.div(entry(TANH, 7), grown));
  const signed = v128.or(far, v128.xor(x, size));
  return v128.bitselect(near, signed, f32x4.lt(size, entry(TANH, 5)));
}

export function sigmoid4(x: v128): v128 {
  const one = entry(TANH, 6);
  return f32x4.div(one, f32x4.add(one, exp4(f32x4.neg(x))));
}

/** erfc(u) = e^(-u^2) q(t) with t = 1 / (1 + 0.35 u); q, and then sqrt(1/2), 0.35, 1, 0.5, -0.5, 1 / sqrt(2 pi). */
const NORMAL = memory.data<f32>([
  0.06764225661754608,
  -0.4061304032802582,
  0.8532056212425232,
  -0.7573555111885071,
  0.6861094832420349,
  -0.08201004564762115,
  0.2549698054790497,
  0.18484945595264435,
  0.1987789273262024,
  -0.000059628360759234056,
  Mathf.SQRT1_2,
  0.35,
  1,
  0.5,
  -0.5,
  0.39894228,
]);

/** The normal distribution's share below x. `density` is e^(-x^2 / 2), which callers need as well. */
function normalShare(x: v128, density: v128): v128 {
  const u = f32x4.mul(f32x4.abs(x), entry(NORMAL, 10));
  const one = entry(NORMAL, 12);
  const t = f32x4.div(one, multiplyAdd(u, entry(NORMAL, 11), one));
  let q = multiplyAdd(entry(NORMAL, 0), t, entry(NORMAL, 1));
  q = multiplyAdd(q, t, entry(NORMAL, 2));
  q = multiplyAdd(q, t, entry(NORMAL, 3));
  q = multiplyAdd(q, t, entry(NORMAL, 4));
  q = multiplyAdd(q, t, entry(NORMAL, 5));
  q = multiplyAdd(q, t, entry(NORMAL, 6));
  q = multiplyAdd(q, t, entry(NORMAL, 7));
  q = multiplyAdd(q, t, entry(NORMAL, 8));
  q = multiplyAdd(q, t, entry(NORMAL, 9));
  const tail = f32x4.mul(f32x4.mul(q, density), entry(NORMAL, 13));
  return v128.bitselect(tail, f32x4.sub(one, tail), f32x4.lt(x, f32x4.splat(0)));
}

function normalDensity(x: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(x, x), entry(NORMAL, 14)));
}

export function gelu4(x: v128): v128 {
  return f32x4.mul(x, normalShare(x, normalDensity(x)));
}

export function geluSlope4(x: v128): v128 {
  const density = normalDensity(x);
  const share = normalShare(x, density);
  return multiplyAdd(f32x4.mul(x, entry(NORMAL, 15)), density, share);
}

/** Twice sqrt(2 / pi), that times 0.044715, that 3 times, 1. */
const CUBIC = memory.data<f32>([1.5957691216, 0.0713548163, 0.2140644488, 1]);

/** (1 + tanh u) / 2 is sigmoid(2 u): one exponential and no cancellation. */
function cubicShare(x: v128, square: v128): v128 {
  return sigmoid4(f32x4.mul(x, multiplyAdd(square, entry(CUBIC, 1), entry(CUBIC, 0))));
}

export function geluTanh4(x: v128): v128 {
  return f32x4.mul(x, cubicShare(x, f32x4.mul(x, x)));
}

export function geluTanhSlope4(x: v128): v128 {
  const square = f32x4.mul(x, x);
  const s = cubicShare(x, square);
  const inner = f32x4.mul(x, multiplyAdd(square, entry(CUBIC, 2), entry(CUBIC, 0)));
  return f32x4.mul(s, multiplyAdd(inner, f32x4.sub(entry(CUBIC, 3), s), entry(CUBIC, 3)));
}

export function siluSlope4(x: v128): v128 {
  const s = sigmoid4(x);
  return f32x4.mul(s, multiplyAdd(x, f32x4.sub(entry(TANH, 6), s), entry(TANH, 6)));
}
