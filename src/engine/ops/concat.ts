// Tensors put together along an axis, and taken apart.

import { Fault } from '../../shared/errors.ts';
import { apply, type Operation } from '../autograd.ts';
import { axisOf, sameShape, showShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { slice } from './slice.ts';
import { unsqueeze } from './squeeze.ts';
import { checkDtype, part, shapeFault } from './support.ts';

/**
 * Tensors one after another along an axis.
 *
 * Example: `concat([past, keys], 2)` of (B, H, S, D) and (B, H, T, D) is (B, H, S + T, D).
 *
 * @throws Fault `bad-input` when there are none, or when another axis differs.
 */
export function concat(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) {
    throw new Fault('bad-input', 'concat: there are no tensors.', { remedy: 'Give at least one.' });
  }
  const [first] = tensors;
  const along = axisOf('concat', axis, first.shape);
  for (const { shape } of tensors) {
    if (shape.length !== first.rank) {
      throw shapeFault(
        'concat',
        first.shape,
        shape,
        'one has more axes',
        'Only the axis along which they stand may differ.',
      );
    }
    const bad = shape.findIndex((length, i) => i !== along && length !== first.shape[i]);
    if (bad !== -1) {
      const what = `axis ${bad} has ${first.shape[bad]} and ${shape[bad]}`;
      throw shapeFault('concat', first.shape, shape, what, `Only axis ${along}, along which they stand, may differ.`);
    }
  }
  return apply(concatOperation, tensors, { axis: along });
}

/**
 * Tensors of one shape as the lines of a new axis.
 *
 * Example: `stack([a, b])` of two (3,) is (2, 3).
 *
 * @throws Fault `bad-input` when there are none, or when their shapes differ.
 */
export function stack(tensors: readonly Tensor[], axis = 0): Tensor {
  if (tensors.length === 0) {
    throw new Fault('bad-input', 'stack: there are no tensors.', { remedy: 'Give at least one.' });
  }
  const [{ shape: first }] = tensors;
  for (const { shape } of tensors) {
    if (!sameShape(shape, first)) {
      const bad = first.findIndex((length, i) => length !== shape[i]);
      const what =
        shape.length === first.length ? `axis ${bad} has ${first[bad]} and ${shape[bad]}` : 'one has more axes';
      throw shapeFault('stack', first, shape, what, 'Lines of one new axis must all have one shape.');
    }
  }
  return concat(
    tensors.map((tensor) => unsqueeze(tensor, axis)),
    axis,
  );
}

/**
 * The parts of an axis, of the sizes given, in order. Nothing is copied.
 *
 * Example: `const [q, k, v] = split(qkv, [C, C, C], -1)` of (B, T, 3 C).
 *
 * @throws Fault `bad-input` unless the sizes sum to that of the axis.
 */
export function split(x: Tensor, sizes: readonly number[], axis = 0): Tensor[] {
  const along = axisOf('split', axis, x.shape);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== x.shape[along]) {
    throw new Fault(
      'bad-input',
      `split: axis ${axis} of ${showShape(x.shape)} can't be cut into ${sizes.join(' + ')}.`,
      {
        remedy: `The sizes must sum to ${x.shape[along]}.`,
      },
    );
  }
  let start = 0;
  return sizes.map((size) => {
    start += size;
    return slice(x, along, start - size, start);
  });
}

/** `concat`: forward, and backward beside it. */
export const concatOperation: Operation<{ readonly axis: number }> = {
  name: 'concat',
  formula: 'y = a, b, ... one after another',
  gradient: 'da, db, ... = the parts of dy',
  forward(inputs, { axis }) {
    const [{ engine, dtype, shape }] = inputs;
    const total = inputs.reduce((sum, input) => sum + input.shape[axis], 0);
    const out = engine.empty(shape.with(axis, total), dtype);
    let start = 0;
    for (const input of inputs) {
      checkDtype('concat', input, dtype);
      engine.kernels.copy(input, part(out, axis, start, input.shape[axis]));
      start += input.shape[axis];
    }
    return out;
  },
  backward(dy, { inputs, attributes: { axis } }) {
    let start = 0;
    return inputs.map(({ shape }) => {
      start += shape[axis];
      return part(dy, axis, start - shape[axis], shape[axis]);
    });
  },
};
