// A stretch of an axis, and one place on it.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { axisOf, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { squeeze } from './squeeze.ts';
import { part } from './support.ts';

/**
 * The elements from `start` up to `end` along an axis; negative ones count from the end of it. Nothing is copied.
 *
 * Example: `slice(logits, 1, -1)` of (B, T, V) is the last position, (B, 1, V).
 *
 * @throws Fault `bad-input` when the stretch is not within the axis.
 */
export function slice(x: Tensor, axis: number, start: number, end?: number): Tensor {
  const at = axisOf('slice', axis, x.shape);
  const length = x.shape[at];
  const from = start < 0 ? start + length : start;
  const to = end === undefined ? length : end < 0 ? end + length : end;
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to < from || to > length) {
    throw new Fault(
      'bad-input',
      `slice: axis ${axis} of ${showShape(x.shape)} has ${length} places; ${start} to ${end ?? 'the end'} is no part of it.`,
      { remedy: `Give a start and an end from 0 to ${length}, the end not before the start.` },
    );
  }
  return apply(sliceOperation, [x], { axis: at, start: from, length: to - from });
}

/**
 * One place on an axis; the axis is gone from the result.
 *
 * Example: `index(x, 0, 2)` of (T, C) is row 2, (C,).
 *
 * @throws Fault `bad-input` when there is no such place.
 */
export function index(x: Tensor, axis: number, place: number): Tensor {
  const length = x.shape[axisOf('index', axis, x.shape)];
  if (!(place >= -length && place < length)) {
    throw new Fault('bad-input', `index: axis ${axis} of ${showShape(x.shape)} has no place ${place}.`, {
      remedy: length === 0 ? 'It is empty.' : `Places go from ${-length} to ${length - 1}.`,
    });
  }
  return squeeze(slice(x, axis, place, place === -1 ? undefined : place + 1), axis);
}

/** `slice`: forward, and backward beside it. */
export const sliceOperation: Operation<{ readonly axis: number; readonly start: number; readonly length: number }> = {
  name: 'slice',
  formula: 'y = x[start .. end]',
  gradient: 'dx = dy there, 0 elsewhere',
  forward: ([x], { axis, start, length }) => part(x, axis, start, length),
  backward(dy, { attributes: { axis, start, length }, inputs: [x], engine }) {
    const dx = engine.zeros(x.shape);
    engine.kernels.copy(dy, part(dx, axis, start, length));
    return [dx];
  },
};
