// exp, tanh and the error function's complement on four f32 at a time, and the activations made of them. The
// polynomials were fitted for this file (weighted least squares, reweighted until the worst errors were level).
//
// Greatest errors, over all f32 (test/unit/engine/wasmFunctions.test.ts holds them): exp 2 units in the last place (and
// one part in 1e-45 where the result is subnormal), tanh 3 units, gelu and its slope 4e-7 times max(1, |x|). NaN stays
// NaN; infinities give the limits.

import { multiplyAdd } from './simd';

// ln 2 in two parts: the first has few enough bits for its product with an exponent to be exact.
const LN2_HIGH: f32 = 0.693359375;
const LN2_LOW: f32 = -0.000212194444;

/** e^x. */
export function exp4(x: v128): v128 {
  // Beyond these the result is 0 or infinity. min and max keep NaN.
  const bounded = f32x4.max(f32x4.min(x, f32x4.splat(89)), f32x4.splat(-104));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(Mathf.LOG2E)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(LN2_HIGH)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(LN2_LOW)));
  // (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2
  let p = multiplyAdd(f32x4.splat(0.001381446490995586), r, f32x4.splat(0.008368780836462975));
  p = multiplyAdd(p, r, f32x4.splat(0.04166839271783829));
  p = multiplyAdd(p, r, f32x4.splat(0.1666651964187622));
  p = multiplyAdd(p, r, f32x4.splat(0.4999999403953552));
  p = multiplyAdd(p, f32x4.mul(r, r), f32x4.add(r, f32x4.splat(1)));
  // 2^n in two factors: one alone can't hold 2^128, nor what is subnormal.
  const exponent = i32x4.trunc_sat_f32x4_s(n);
  const half = i32x4.shr_s(exponent, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(exponent, half)));
}

function powerOfTwo(exponent: v128): v128 {
  return i32x4.shl(i32x4.add(exponent, i32x4.splat(127)), 23);
}

export function tanh4(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  // (tanh x - x) / x^3 for |x| <= 0.625
  let p = multiplyAdd(f32x4.splat(-0.005704974289983511), z, f32x4.splat(0.020639074966311455));
  p = multiplyAdd(p, z, f32x4.splat(-0.05373971164226532));
  p = multiplyAdd(p, z, f32x4.splat(0.13331441581249237));
  p = multiplyAdd(p, z, f32x4.splat(-0.3333328068256378));
  const near = multiplyAdd(f32x4.mul(p, z), x, x);
  const grown = f32x4.add(exp4(f32x4.add(size, size)), f32x4.splat(1));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), grown));
  const signed = v128.or(far, v128.and(x, f32x4.splat(-0.0)));
  return v128.bitselect(near, signed, f32x4.lt(size, f32x4.splat(0.625)));
}

export function sigmoid4(x: v128): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(f32x4.neg(x))));
}

/** The normal distribution's share below x. `density` is e^(-x^2 / 2), which callers need as well. */
function normalShare(x: v128, density: v128): v128 {
  // erfc(u) = e^(-u^2) q(1 / (1 + 0.35 u)), u = |x| / sqrt 2
  const u = f32x4.mul(f32x4.abs(x), f32x4.splat(Mathf.SQRT1_2));
  const t = f32x4.div(f32x4.splat(1), multiplyAdd(u, f32x4.splat(0.35), f32x4.splat(1)));
  let q = multiplyAdd(f32x4.splat(0.06764225661754608), t, f32x4.splat(-0.4061304032802582));
  q = multiplyAdd(q, t, f32x4.splat(0.8532056212425232));
  q = multiplyAdd(q, t, f32x4.splat(-0.7573555111885071));
  q = multiplyAdd(q, t, f32x4.splat(0.6861094832420349));
  q = multiplyAdd(q, t, f32x4.splat(-0.08201004564762115));
  q = multiplyAdd(q, t, f32x4.splat(0.2549698054790497));
  q = multiplyAdd(q, t, f32x4.splat(0.18484945595264435));
  q = multiplyAdd(q, t, f32x4.splat(0.1987789273262024));
  q = multiplyAdd(q, t, f32x4.splat(-0.000059628360759234056));
  const tail = f32x4.mul(f32x4.mul(q, density), f32x4.splat(0.5));
  return v128.bitselect(tail, f32x4.sub(f32x4.splat(1), tail), f32x4.lt(x, f32x4.splat(0)));
}

function normalDensity(x: v128): v128 {
  return exp4(f32x4.mul(f32x4.mul(x, x), f32x4.splat(-0.5)));
}

export function gelu4(x: v128): v128 {
  return f32x4.mul(x, normalShare(x, normalDensity(x)));
}

export function geluSlope4(x: v128): v128 {
  const density = normalDensity(x);
  const share = normalShare(x, density);
  return multiplyAdd(f32x4.mul(x, f32x4.splat(0.39894228)), density, share);
}

const SQRT_2_OVER_PI: f32 = 0.7978845608;
const CUBIC: f32 = 0.044715;

function geluInner(x: v128): v128 {
  const cubic = multiplyAdd(f32x4.mul(x, x), f32x4.splat(CUBIC), f32x4.splat(1));
  return tanh4(f32x4.mul(f32x4.mul(x, f32x4.splat(SQRT_2_OVER_PI)), cubic));
}

export function geluTanh4(x: v128): v128 {
  return f32x4.mul(f32x4.mul(x, f32x4.splat(0.5)), f32x4.add(geluInner(x), f32x4.splat(1)));
}

export function geluTanhSlope4(x: v128): v128 {
  const t = geluInner(x);
  const half = f32x4.splat(0.5);
  const inner = multiplyAdd(f32x4.mul(x, x), f32x4.splat(3 * CUBIC), f32x4.splat(1));
  const falling = f32x4.sub(f32x4.splat(1), f32x4.mul(t, t));
  const second = f32x4.mul(f32x4.mul(x, f32x4.splat(0.5 * SQRT_2_OVER_PI)), f32x4.mul(falling, inner));
  return multiplyAdd(t, half, f32x4.add(second, half));
}

export function siluSlope4(x: v128): v128 {
  const s = sigmoid4(x);
  return f32x4.mul(s, multiplyAdd(x, f32x4.sub(f32x4.splat(1), s), f32x4.splat(1)));
}
