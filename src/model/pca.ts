// Principal components (Pearson 1901; Hotelling 1933): the directions in which a cloud of points is widest, by power
// iteration on its covariance. For tens of dimensions; thousands ask for a singular value decomposition.

import { norm } from '../engine/ops/cosine.ts';
import { div } from '../engine/ops/div.ts';
import { dot, outer } from '../engine/ops/dot.ts';
import { matmul } from '../engine/ops/matmul.ts';
import { mul } from '../engine/ops/mul.ts';
import { neg } from '../engine/ops/neg.ts';
import { sub } from '../engine/ops/sub.ts';
import { mean } from '../engine/ops/sum.ts';
import { transpose } from '../engine/ops/transpose.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';

/** A direction that has stopped turning, as far as f32 can tell, and the most steps to get there. */
const TURNED = 1e-6;
const MOST_STEPS = 2000;

export interface Pca {
  /** The middle of the cloud: (C,). */
  readonly center: Tensor;
  /** Of length 1 and at right angles to each other, the widest first: (K, C). */
  readonly directions: Tensor;
  /** The variance along each of them. */
  readonly variances: readonly number[];
  /** The variance along all C axes together. */
  readonly total: number;
}

/**
 * The `count` directions in which the rows of x (N, C) differ most. A direction and its opposite are as good; the one is
 * taken whose largest number is positive. Where no variance is left any direction is as good.
 */
export function pca(x: Tensor, count: number, random: Random): Pca {
  const { engine } = x;
  return engine.noGrad(() =>
    engine.scope(() => {
      const center = mean(x, 0); // (C,)
      let left = covariance(sub(x, center)); // (C, C)
      const total = trace(left);
      const found: PowerStep[] = [];
      while (found.length < count) {
        const start = engine.randn(center.shape, random); // (C,)
        const { direction, variance } = lastOf(powerSteps(left, start));
        found.push({ direction: upright(direction), variance });
        left = sub(left, mul(outer(direction, direction), variance)); // (C, C): without what is found
      }
      const directions = engine.tensor(found.map(({ direction }) => direction.toNested())); // (K, C)
      return { center, directions, variances: found.map(({ variance }) => variance), total };
    }),
  );
}

/** Where the rows of x (N, C) are along the directions of `map`: (N, K). */
export function project(x: Tensor, { center, directions }: Pick<Pca, 'center' | 'directions'>): Tensor {
  return matmul(sub(x, center), transpose(directions)); // (N, K)
}

/** How the columns of a table vary together; its rows (N, C) are centred. The result is (C, C). */
export function covariance(centred: Tensor): Tensor {
  const products = matmul(transpose(centred), centred); // (C, C)
  return mul(products, 1 / Math.max(1, centred.shape[0] - 1)); // (C, C)
}

export interface PowerStep {
  /** (C,), of length 1. */
  readonly direction: Tensor;
  /** The variance along it, so far. */
  readonly variance: number;
}

/**
 * Power iteration: multiplies a direction (C,) with a covariance (C, C) again and again. Each time it turns toward the
 * direction that the covariance stretches most, until it turns no more.
 */
export function* powerSteps(covariance: Tensor, start: Tensor): Generator<PowerStep, void, void> {
  const { engine } = covariance;
  let direction = div(start, norm(start)); // (C,)
  for (let step = 0; step < MOST_STEPS; step++) {
    const stretched = matmul(covariance, direction); // (C,)
    const length = norm(stretched); // ()
    yield { direction, variance: dot(direction, stretched).item() };
    if (length.item() === 0) {
      return; // no variance is left, in any direction
    }
    const next = div(stretched, length); // (C,)
    if (engine.scope(() => norm(sub(next, direction)).item()) < TURNED) {
      return;
    }
    direction = next;
  }
}

/** A direction, or its opposite: the one whose largest number is positive. */
function upright(direction: Tensor): Tensor {
  const numbers = [...direction.toFlat()];
  const largest = numbers.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
  return largest < 0 ? neg(direction) : direction;
}

function lastOf<T>(items: Iterable<T>): T {
  let last: T | undefined;
  for (const item of items) {
    last = item;
  }
  return last as T;
}

/** The sum along the diagonal: of a covariance, the variance in all. */
function trace(matrix: Tensor): number {
  return matrix.shape[0] === 0
    ? 0
    : Array.from({ length: matrix.shape[0] }, (_, i) => matrix.at(i, i)).reduce((a, b) => a + b);
}
