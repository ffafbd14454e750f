// The module "inside-llms": what an exercise and a lesson's code may use. Tensors and their operations, chance with a
// seed, and `watch`. There is one engine in a runner's process; learners never meet it.

import { backward as backwardFrom, detach, zeroGrad } from '../../engine/autograd.ts';
import type { TensorOptions } from '../../engine/engine.ts';
import { type GradCheckOptions, gradCheck } from '../../engine/gradCheck.ts';
import type { Shape } from '../../engine/shape.ts';
import { type Nested, Tensor } from '../../engine/tensor.ts';
import { type Random, seededRandom } from '../../shared/environment.ts';
import { engineInUse, watched } from './session.ts';
import { Todo } from './todo.ts';

export { add } from '../../engine/ops/add.ts';
export { concat, split, stack } from '../../engine/ops/concat.ts';
export { cosine } from '../../engine/ops/cosine.ts';
export { crossEntropy } from '../../engine/ops/crossEntropy.ts';
export { div } from '../../engine/ops/div.ts';
export { dot, outer } from '../../engine/ops/dot.ts';
export { embedding, oneHot } from '../../engine/ops/embedding.ts';
export { exp } from '../../engine/ops/exp.ts';
export { expand } from '../../engine/ops/expand.ts';
export { gather } from '../../engine/ops/gather.ts';
export { gelu } from '../../engine/ops/gelu.ts';
export { layerNorm } from '../../engine/ops/layerNorm.ts';
export { log } from '../../engine/ops/log.ts';
export { matmul } from '../../engine/ops/matmul.ts';
export { argmax, max, min } from '../../engine/ops/max.ts';
export { mul } from '../../engine/ops/mul.ts';
export { neg } from '../../engine/ops/neg.ts';
export { permute } from '../../engine/ops/permute.ts';
export { pow } from '../../engine/ops/pow.ts';
export { relu } from '../../engine/ops/relu.ts';
export { reshape } from '../../engine/ops/reshape.ts';
export { rmsNorm } from '../../engine/ops/rmsNorm.ts';
export { sigmoid } from '../../engine/ops/sigmoid.ts';
export { silu } from '../../engine/ops/silu.ts';
export { index, slice } from '../../engine/ops/slice.ts';
export { logSoftmax, softmax } from '../../engine/ops/softmax.ts';
export { sqrt } from '../../engine/ops/sqrt.ts';
export { squeeze, unsqueeze } from '../../engine/ops/squeeze.ts';
export { sub } from '../../engine/ops/sub.ts';
export { mean, sum, variance } from '../../engine/ops/sum.ts';
export { tanh } from '../../engine/ops/tanh.ts';
export { topK } from '../../engine/ops/topK.ts';
export { transpose } from '../../engine/ops/transpose.ts';
export { maskedFill, where } from '../../engine/ops/where.ts';
export type { GradCheckOptions, Nested, Random, Shape, TensorOptions };
export { detach, gradCheck, seededRandom, Tensor, zeroGrad };

/**
 * A tensor of nested lists of numbers.
 *
 * Example: `tensor([[1, 2, 3], [4, 5, 6]])` has the shape (2, 3).
 */
export function tensor(nested: Nested, options?: TensorOptions): Tensor {
  return engineInUse().tensor(nested, options);
}

/** A tensor of numbers in row-major order, and a shape to read them in. */
export function fromData(data: ArrayLike<number>, shape: Shape, options?: TensorOptions): Tensor {
  return engineInUse().fromData(data, shape, options);
}

export function zeros(shape: Shape, options?: TensorOptions): Tensor {
  return engineInUse().zeros(shape, options);
}

export function ones(shape: Shape, options?: TensorOptions): Tensor {
  return engineInUse().ones(shape, options);
}

export function full(shape: Shape, value: number, options?: TensorOptions): Tensor {
  return engineInUse().full(shape, value, options);
}

/** 0, 1, ..., n - 1: shape (n,), whole numbers. */
export function arange(n: number, options?: TensorOptions): Tensor {
  return engineInUse().arange(n, options);
}

/** Draws from a normal distribution of mean 0. */
export function randn(shape: Shape, random: Random, deviation = 1, options?: TensorOptions): Tensor {
  return engineInUse().randn(shape, random, deviation, options);
}

/** Even draws from `low` up to `high`. */
export function uniform(shape: Shape, random: Random, low = 0, high = 1, options?: TensorOptions): Tensor {
  return engineInUse().uniform(shape, random, low, high, options);
}

/** Computes without remembering anything for `backward`. */
export function noGrad<T>(work: () => T): T {
  return engineInUse().noGrad(work);
}

/** One step of the picture, with a name, that opens into the operations in it. */
export function group<T>(label: string, work: () => T): T {
  return engineInUse().group(label, work);
}

/** Fills the `grad` of every leaf that `loss` was made of: d loss / d leaf. */
export function backward(loss: Tensor): void {
  backwardFrom(loss);
}

/**
 * Shows a value under a name when the code is stepped through, and gives it back: numbers, lists, texts, tensors. The
 * right answer shows its own under the same names, so that the two stand side by side.
 *
 * Example: `const scores = watch('scores', matmul(queries, transpose(keys)));`
 */
export function watch<T>(name: string, value: T): T {
  watched(name, value);
  return value;
}

/** Stands where the learner's code is to go: says what is to be done, and stops. */
export function todo(what: string): never {
  throw new Todo(what);
}
