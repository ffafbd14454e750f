// One step of AdamW in one pass over parameter, gradient and both moments.

import { loadPart, multiplyAdd, storePart } from './simd';

/**
 * @param correction1 1 / (1 - beta1^step), and likewise `correction2`.
 * @param keep 1 - learningRate * weightDecay.
 */
export function adamW(
  parameter: usize,
  gradient: usize,
  first: usize,
  second: usize,
  count: i32,
  learningRate: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
  correction1: f32,
  correction2: f32,
  epsilon: f32,
  keep: f32,
): void {
  const step = f32x4.splat(learningRate * correction1);
  const c2 = f32x4.splat(correction2);
  const e = f32x4.splat(epsilon);
  const k = f32x4.splat(keep);
  const b1 = f32x4.splat(beta1);
  const r1 = f32x4.splat(rest1);
  const b2 = f32x4.splat(beta2);
  const r2 = f32x4.splat(rest2);
  for (; count > 0; count -= 4) {
    const full = count >= 4;
    const g = full ? v128.load(gradient) : loadPart(gradient, count, 0);
    const oldM = full ? v128.load(first) : loadPart(first, count, 0);
    const oldV = full ? v128.load(second) : loadPart(second, count, 0);
    const p = full ? v128.load(parameter) : loadPart(parameter, count, 0);
    const m = multiplyAdd(b1, oldM, f32x4.mul(r1, g));
    const v = multiplyAdd(b2, oldV, f32x4.mul(r2, f32x4.mul(g, g)));
    const spread = f32x4.add(f32x4.sqrt(f32x4.mul(v, c2)), e);
    const next = f32x4.sub(f32x4.mul(p, k), f32x4.div(f32x4.mul(step, m), spread));
    if (full) {
      v128.store(first, m);
      v128.store(second, v);
      v128.store(parameter, next);
    } else {
      storePart(first, m, count);
      storePart(second, v, count);
      storePart(parameter, next, count);
    }
    gradient += 16;
    first += 16;
    second += 16;
    parameter += 16;
  }
}
