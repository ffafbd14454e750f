// Sums and means over axes, and the variance.

import { apply, type Operation } from '../autograd.ts';
import { axesOf, type Shape, sizeOf } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';
import { affine, broadcastTo, checkDtype, dense, reshaped, sumOver } from './support.ts';

export interface ReduceOptions {
  /** Leaves the axes in, with size 1, so that the result broadcasts against x. */
  readonly keepAxes?: boolean;
}

/** Axes by number, from the end when negative; all of them unless given. */
export type Axes = number | readonly number[] | undefined;

/**
 * The sum over one axis, several, or all.
 *
 * Example: `sum(x, -1)` of (B, T, C) is (B, T); `sum(x)` is a single number. The sum over nothing is 0.
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function sum(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return apply(summing, [x], attributesOf('sum', x, axes, options));
}

/**
 * The mean over one axis, several, or all. The mean over nothing is NaN.
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function mean(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return apply(averaging, [x], attributesOf('mean', x, axes, options));
}

/**
 * The mean squared distance from the mean. `correction` 1 divides by n - 1 instead of n, as PyTorch does unless told.
 *
 * Example: `variance(x, -1, { keepAxes: true })` of (B, T, C) is (B, T, 1): what layer norm divides by.
 */
export function variance(
  x: Tensor,
  axes?: Axes,
  options: ReduceOptions & { readonly correction?: 0 | 1 } = {},
): Tensor {
  const { correction = 0 } = options;
  return x.engine.group('variance', () => {
    const distances = sub(x, mean(x, axes, { keepAxes: true }));
    const squares = mul(distances, distances);
    const { count } = attributesOf('variance', x, axes, options);
    return correction === 0
      ? mean(squares, axes, options)
      : mul(sum(squares, axes, options), 1 / Math.max(count - correction, 0));
  });
}

interface Attributes {
  readonly axes: readonly number[];
  /** How many elements make one of the result. */
  readonly count: number;
  /** The result's shape, and the same with the axes kept. */
  readonly shape: Shape;
  readonly kept: Shape;
}

const summing: Operation<Attributes> = {
  name: 'sum',
  formula: 'y = x1 + x2 + ...',
  gradient: 'dx = dy, repeated',
  forward([x], { axes, shape }) {
    checkDtype('sum', x, 'f32');
    return sumsIn(x, axes, shape);
  },
  backward: (dy, { inputs: [x], attributes: { kept } }) => [broadcastTo(reshaped(dense(dy), kept), x.shape)],
};

const averaging: Operation<Attributes> = {
  name: 'mean',
  formula: 'y = (x1 + x2 + ...) / n',
  gradient: 'dx = dy / n, repeated',
  forward([x], { axes, shape, count }) {
    checkDtype('mean', x, 'f32');
    return affine(sumsIn(x, axes, shape), 1 / count, 0);
  },
  backward: (dy, { inputs: [x], attributes: { kept, count } }) => [
    broadcastTo(reshaped(affine(dy, 1 / count, 0), kept), x.shape),
  ],
};

function sumsIn(x: Tensor, axes: readonly number[], shape: Shape): Tensor {
  const sums = reshaped(sumOver(x, axes), shape);
  return axes.length === 0 ? affine(sums, 1, 0) : sums; // nothing was summed: a result of its own all the same
}

function attributesOf(operation: string, x: Tensor, axes: Axes, { keepAxes = false }: ReduceOptions): Attributes {
  const list = axes === undefined ? x.shape.map((_, axis) => axis) : [axes].flat();
  const found = axesOf(operation, list as number[], x.shape);
  const kept = x.shape.map((length, axis) => (found.includes(axis) ? 1 : length));
  return {
    axes: found,
    count: sizeOf(found.map((axis) => x.shape[axis])),
    shape: keepAxes ? kept : x.shape.filter((_, axis) => !found.includes(axis)),
    kept,
  };
}
