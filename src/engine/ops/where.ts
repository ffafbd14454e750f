// One or the other, by a condition.

import { apply, type Operation } from '../autograd.ts';
import { broadcastShapes, type Shape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { asTensor, broadcastTo, checkDtype, sumTo } from './support.ts';

/**
 * a where the condition is not 0, b where it is; all three broadcast. The condition may have either dtype.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function where(condition: Tensor, a: Tensor | number, b: Tensor | number): Tensor {
  const { engine } = condition;
  return apply(whereOperation, [condition, asTensor(engine, a), asTensor(engine, b)], undefined);
}

/**
 * x with `value` wherever the mask is not 0.
 *
 * Example: `maskedFill(scores, mask, -Infinity)` before a softmax leaves masked places a probability of 0.
 *
 * @throws Fault `bad-input` when the shapes don't broadcast.
 */
export function maskedFill(x: Tensor, mask: Tensor, value: number): Tensor {
  broadcastShapes('maskedFill', x.shape, mask.shape);
  return where(mask, value, x);
}

/** `where`: forward, and backward beside it. */
export const whereOperation: Operation = {
  name: 'where',
  inputs: ['condition', 'a', 'b'],
  formula: 'y = a where the condition holds, else b',
  gradient: 'da = dy where it holds, db = dy where not',
  forward([condition, a, b], _, save) {
    checkDtype('where', a, 'f32');
    checkDtype('where', b, 'f32');
    save(condition);
    const shape = broadcastShapes('where', broadcastShapes('where', condition.shape, a.shape), b.shape);
    return chosen(condition, a, b, shape);
  },
  backward(dy, { inputs: [, a, b], saved: [condition], needs, engine }) {
    const zero = engine.zeros([]);
    return [
      undefined,
      needs[1] ? sumTo(chosen(condition, dy, zero, dy.shape), a.shape) : undefined,
      needs[2] ? sumTo(chosen(condition, zero, dy, dy.shape), b.shape) : undefined,
    ];
  },
};

/** One or the other, in the shape that all three broadcast to. */
function chosen(condition: Tensor, a: Tensor, b: Tensor, shape: Shape): Tensor {
  const y = a.engine.empty(shape);
  a.engine.kernels.where(broadcastTo(condition, shape), broadcastTo(a, shape), broadcastTo(b, shape), y);
  return y;
}
