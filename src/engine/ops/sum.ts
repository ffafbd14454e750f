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
  return apply(sumOperation, [x], attributesOf('sum', x, axes, options));
}

/**
 * The mean over one axis, several, or all. The mean over nothing is NaN.
 *
 * @throws Fault `bad-input` when x has no such axis.
 */
export function mean(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return apply(meanOperation, [x], attributesOf('mean', x, axes, options));
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
  const { axes: along } = attributesOf('variance', x, axes, options);
  return x.engine.group('variance', () => {
    const distances = sub(x, mean(x, axes, { keepAxes: true }));
    const squares = mul(distances, distances);
    if (correction === 0) {
      return mean(squares, axes, options);
    }
    const count = countOf(x, along);
    return mul(sum(squares, axes, options), 1 / Math.max(count - 1, 0));
  });
}

interface Attributes {
  /** From 0, in rising order. */
  readonly axes: readonly number[];
  readonly keepAxes: boolean;
}

/** `sum`: forward, and backward beside it. */
export const sumOperation: Operation<Attributes> = {
  name: 'sum',
  formula: 'y = x1 + x2 + ...',
  gradient: 'dx = dy, repeated',
  forward([x], attributes) {
    checkDtype('sum', x, 'f32');
    return summed(x, attributes);
  },
  backward: (dy, { inputs: [x], attributes: { axes } }) => [repeated(dy, x.shape, axes)],
};

/** `mean`: forward, and backward beside it. */
export const meanOperation: Operation<Attributes> = {
  name: 'mean',
  formula: 'y = (x1 + x2 + ...) / n',
  gradient: 'dx = dy / n, repeated',
  forward([x], attributes) {
    checkDtype('mean', x, 'f32');
    return affine(summed(x, attributes), 1 / countOf(x, attributes.axes), 0);
  },
  backward: (dy, { inputs: [x], attributes: { axes } }) => [
    repeated(affine(dy, 1 / countOf(x, axes), 0), x.shape, axes),
  ],
};

function summed(x: Tensor, { axes, keepAxes }: Attributes): Tensor {
  const shape = keepAxes ? keptShape(x.shape, axes) : x.shape.filter((_, axis) => !axes.includes(axis));
  const sums = reshaped(sumOver(x, axes), shape);
  return axes.length === 0 ? affine(sums, 1, 0) : sums; // nothing was summed: a result of its own all the same
}

/** A gradient at the sums, read at each place that was summed. */
function repeated(dy: Tensor, shape: Shape, axes: readonly number[]): Tensor {
  return broadcastTo(reshaped(dense(dy), keptShape(shape, axes)), shape);
}

/** The shape with size 1 along the axes. */
function keptShape(shape: Shape, axes: readonly number[]): number[] {
  return shape.map((length, axis) => (axes.includes(axis) ? 1 : length));
}

/** How many elements of x make one of the result. */
function countOf(x: Tensor, axes: readonly number[]): number {
  return sizeOf(axes.map((axis) => x.shape[axis]));
}

function attributesOf(operation: string, x: Tensor, axes: Axes, { keepAxes = false }: ReduceOptions): Attributes {
  const list = axes === undefined ? [...x.shape.keys()] : typeof axes === 'number' ? [axes] : axes;
  return { axes: axesOf(operation, list, x.shape), keepAxes };
}
