// Rotary positions (Su et al. 2021, RoFormer): pairs of channels turned by angles that grow with the position, so that
// the product of a query and a key depends on how far apart they are, and not on where.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import type { Engine } from '../engine.ts';
import { sameShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, dense, shapeFault } from './support.ts';

/** Cosines and sines of T positions' angles, each (T, D / 2). Make them once, and keep them. */
export interface RopeAngles {
  readonly cos: Tensor;
  readonly sin: Tensor;
}

/**
 * The angles of positions `start` to start + length - 1: position p turns pair j by p / base^(2 j / D).
 *
 * @throws Fault `bad-input` when D is odd: channels turn in pairs.
 */
export function ropeAngles(
  engine: Engine,
  length: number,
  headDim: number,
  { start = 0, base = 10_000 }: { readonly start?: number; readonly base?: number } = {},
): RopeAngles {
  if (headDim % 2 !== 0) {
    throw new Fault('bad-input', `rope: ${headDim} channels can't turn in pairs.`, { remedy: 'Use an even number.' });
  }
  const pairs = headDim / 2;
  const angles = Array.from({ length: length * pairs }, (_, i) => {
    const position = start + Math.floor(i / pairs);
    return position / base ** ((2 * (i % pairs)) / headDim);
  });
  return {
    cos: engine.fromData(angles.map(Math.cos), [length, pairs]), // (T, D / 2)
    sin: engine.fromData(angles.map(Math.sin), [length, pairs]), // (T, D / 2)
  };
}

/**
 * Turns the channels of x (..., T, D). Which channels make a pair is a convention, and loaded weights expect theirs:
 * `adjacent` pairs 2 j with 2 j + 1 (the paper), `halves` pairs j with j + D / 2 (Llama as Hugging Face stores it).
 *
 * @throws Fault `bad-input` when the angles are for other positions or channels.
 */
export function rope(x: Tensor, { cos, sin }: RopeAngles, pairing: 'adjacent' | 'halves' = 'halves'): Tensor {
  checkDtype('rope', x, 'f32');
  const [T, D] = x.shape.slice(-2);
  if (x.rank < 2 || !sameShape(cos.shape, [T, D / 2]) || !sameShape(sin.shape, cos.shape)) {
    throw shapeFault(
      'rope',
      x.shape,
      cos.shape,
      'the angles are not (T, D / 2)',
      'x is (..., T, D); make angles for its T and D.',
    );
  }
  return apply(ropeOperation, [x, cos, sin], { pairing });
}

/** `rope`: forward, and backward beside it. */
export const ropeOperation: Operation<{ readonly pairing: 'adjacent' | 'halves' }> = {
  name: 'rope',
  inputs: ['x', 'cos', 'sin'],
  formula: '(a, b) becomes (a cos - b sin, a sin + b cos)',
  gradient: 'the same, turned back',
  forward([x, cos, sin], { pairing }, save) {
    save(cos, sin);
    const y = x.engine.empty(x.shape); // (..., T, D)
    x.engine.kernels.rope(dense(x), dense(cos), dense(sin), pairing, false, y);
    return y;
  },
  backward(dy, { saved: [cos, sin], attributes: { pairing }, engine }) {
    const dx = engine.empty(dy.shape); // (..., T, D)
    engine.kernels.rope(dense(dy), dense(cos), dense(sin), pairing, true, dx);
    return [dx, undefined, undefined];
  },
};
