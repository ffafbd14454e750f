// The length of vectors and the cosine between them, from the parts that they are made of.

import { broadcastShapes } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { div } from './div.ts';
import { mul } from './mul.ts';
import { pow } from './pow.ts';
import { sqrt } from './sqrt.ts';
import { sum } from './sum.ts';

/**
 * The length of each vector along the last axis, by Pythagoras: (..., C) becomes (...).
 *
 * Example: `norm` of [3, 4] is 5.
 */
export function norm(x: Tensor): Tensor {
  return x.engine.group('norm', () => {
    const squares = pow(x, 2); // (..., C)
    return sqrt(sum(squares, -1)); // (...)
  });
}

/**
 * How far the vectors of `a` and `b` point the same way: 1 the same way, 0 at a right angle, -1 opposite ways; their
 * lengths don't matter. Both are (..., C) and broadcast; the result is (...). NaN where a vector has no length: it has
 * no direction either.
 *
 * Example: `cosine` of [3, 4] and [4, 3] is 24 / (5 * 5) = 0.96.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function cosine(a: Tensor, b: Tensor): Tensor {
  broadcastShapes('cosine', a.shape, b.shape);
  return a.engine.group('cosine', () => {
    const dots = sum(mul(a, b), -1); // (...)
    return div(dots, mul(norm(a), norm(b))); // (...)
  });
}
