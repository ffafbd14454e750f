// Axes of size 1, taken away and put in.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { axisOf, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';

/** Takes an axis of size 1 away. @throws Fault `bad-input` when it has another size. */
export function squeeze(x: Tensor, axis: number): Tensor {
  const at = axisOf('squeeze', axis, x.shape);
  if (x.shape[at] !== 1) {
    throw new Fault(
      'bad-input',
      `squeeze: axis ${axis} of ${showShape(x.shape)} has ${x.shape[at]} elements, not one.`,
      {
        remedy: 'Only an axis of size 1 can be taken away; use index to pick one of several.',
      },
    );
  }
  return apply(squeezeOperation, [x], { axis: at });
}

/**
 * Puts an axis of size 1 in, at the place that it will have in the result.
 *
 * Example: `unsqueeze(x, -1)` makes (3,) into (3, 1), a column.
 *
 * @throws Fault `bad-input` when the result would have no such axis.
 */
export function unsqueeze(x: Tensor, axis: number): Tensor {
  const rank = x.rank + 1;
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new Fault('bad-input', `unsqueeze: ${showShape(x.shape)} has no room for an axis ${axis}.`, {
      remedy: `The result has axes from ${-rank} to ${rank - 1}.`,
    });
  }
  return apply(unsqueezeOperation, [x], { axis: axis < 0 ? axis + rank : axis });
}

/** `squeeze`: forward, and backward beside it. */
export const squeezeOperation: Operation<{ readonly axis: number }> = {
  name: 'squeeze',
  formula: 'y = x, without an axis of size 1',
  gradient: 'dx = dy, with the axis',
  forward: ([x], { axis }) => without(x, axis),
  backward: (dy, { attributes: { axis } }) => [withAxis(dy, axis)],
};

/** `unsqueeze`: forward, and backward beside it. */
export const unsqueezeOperation: Operation<{ readonly axis: number }> = {
  name: 'unsqueeze',
  formula: 'y = x, with an axis of size 1 more',
  gradient: 'dx = dy, without the axis',
  forward: ([x], { axis }) => withAxis(x, axis),
  backward: (dy, { attributes: { axis } }) => [without(dy, axis)],
};

function without(x: Tensor, axis: number): Tensor {
  return x.engine.view(x, x.shape.toSpliced(axis, 1), x.strides.toSpliced(axis, 1));
}

function withAxis(x: Tensor, axis: number): Tensor {
  return x.engine.view(x, x.shape.toSpliced(axis, 0, 1), x.strides.toSpliced(axis, 0, 0));
}
