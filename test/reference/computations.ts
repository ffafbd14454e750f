// What each fixture computes, with our operations; the names are those of make_fixtures.py.

import type { Engine } from '../../src/engine/engine.ts';
import { add } from '../../src/engine/ops/add.ts';
import { attention } from '../../src/engine/ops/attention.ts';
import { concat, split, stack } from '../../src/engine/ops/concat.ts';
import { cosine, norm } from '../../src/engine/ops/cosine.ts';
import { crossEntropy } from '../../src/engine/ops/crossEntropy.ts';
import { div } from '../../src/engine/ops/div.ts';
import { dot, outer } from '../../src/engine/ops/dot.ts';
import { dropout } from '../../src/engine/ops/dropout.ts';
import { embedding, oneHot } from '../../src/engine/ops/embedding.ts';
import { exp } from '../../src/engine/ops/exp.ts';
import { expand } from '../../src/engine/ops/expand.ts';
import { fusedAttention, selfAttention } from '../../src/engine/ops/fusedAttention.ts';
import { gather } from '../../src/engine/ops/gather.ts';
import { gelu } from '../../src/engine/ops/gelu.ts';
import { layerNorm } from '../../src/engine/ops/layerNorm.ts';
import { log } from '../../src/engine/ops/log.ts';
import { matmul } from '../../src/engine/ops/matmul.ts';
import { argmax, max, min } from '../../src/engine/ops/max.ts';
import { mul } from '../../src/engine/ops/mul.ts';
import { neg } from '../../src/engine/ops/neg.ts';
import { permute } from '../../src/engine/ops/permute.ts';
import { pow } from '../../src/engine/ops/pow.ts';
import { relu } from '../../src/engine/ops/relu.ts';
import { reshape } from '../../src/engine/ops/reshape.ts';
import { rmsNorm } from '../../src/engine/ops/rmsNorm.ts';
import { rope, ropeAngles } from '../../src/engine/ops/rope.ts';
import { sigmoid } from '../../src/engine/ops/sigmoid.ts';
import { silu } from '../../src/engine/ops/silu.ts';
import { index, slice } from '../../src/engine/ops/slice.ts';
import { logSoftmax, softmax } from '../../src/engine/ops/softmax.ts';
import { sqrt } from '../../src/engine/ops/sqrt.ts';
import { squeeze, unsqueeze } from '../../src/engine/ops/squeeze.ts';
import { sub } from '../../src/engine/ops/sub.ts';
import { mean, sum, variance } from '../../src/engine/ops/sum.ts';
import { tanh } from '../../src/engine/ops/tanh.ts';
import { topK } from '../../src/engine/ops/topK.ts';
import { transpose } from '../../src/engine/ops/transpose.ts';
import { maskedFill, where } from '../../src/engine/ops/where.ts';
import type { Tensor } from '../../src/engine/tensor.ts';

export type Compute = (inputs: readonly Tensor[], engine: Engine) => Tensor;

const unary = { exp, log, sqrt, tanh, sigmoid, relu, neg, silu, 'gelu erf': gelu, 'gelu tanh': tanhGelu } as const;
const binary = { add, sub, mul, div } as const;

function tanhGelu(x: Tensor): Tensor {
  return gelu(x, 'tanh');
}

/** One computation under several names. */
function named(names: readonly string[], compute: Compute): Record<string, Compute> {
  return Object.fromEntries(names.map((name) => [name, compute]));
}

const products = [
  '1x1x1',
  '2x3x4',
  '7x13x5',
  '21x29x18',
  '1x40x9',
  '9x40x1',
  '17x8x16',
  'no inner',
  'no rows',
  'stacks',
];

const specials: Readonly<Record<string, Compute>> = {
  ...Object.assign(
    {},
    ...Object.entries(unary).map(([name, apply]) => named([name], ([x]) => apply(x))),
    ...Object.entries(binary).map(([name, apply]) =>
      named([name, `${name}, infinite from above`], ([a, b]) => apply(a, b)),
    ),
    ...[0, 1, 2, 3, -1, -2, 0.25, -1.5].map((exponent) => named([`pow ${exponent}`], ([x]) => pow(x, exponent))),
  ),
  softmax: ([x]) => softmax(x),
  logSoftmax: ([x]) => logSoftmax(x),
  sum: ([x]) => sum(x, -1),
  mean: ([x]) => mean(x, -1),
  max: ([x]) => max(x, -1),
  min: ([x]) => min(x, -1),
  topK: ([x]) => topK(x, 2).values,
  layerNorm: ([x]) => layerNorm(x),
  rmsNorm: ([x]) => rmsNorm(x),
  matmul: ([a, b]) => matmul(a, b),
  maskedFill: ([x], engine) => {
    const mask = Int32Array.from(x.toFlat(), (number) => (number > 1 ? 1 : 0));
    return maskedFill(x, engine.fromData(mask, x.shape), -2);
  },
  'crossEntropy per row': ([x, targets]) => crossEntropy(x, targets, { perRow: true }),
  gather: ([x, ids]) => gather(x, 1, ids),
  embedding: ([table, ids]) => embedding(table, ids),
  ...named(
    ['key', 'value'].map((which) => `attention with an infinite ${which}`),
    ([q, k, v]) => fusedAttention(q, k, v),
  ),
  'log of subnormal numbers': ([x]) => log(x),
};

/** Where there are several ways, each of them is tried. */
export const computations: Readonly<Record<string, Compute | readonly Compute[]>> = {
  ...Object.fromEntries(Object.entries(specials).map(([name, compute]) => [`gradients at specials: ${name}`, compute])),
  ...Object.assign(
    {},
    ...Object.entries(unary).map(([name, apply]) => named([name, `specials ${name}`], ([x]) => apply(x))),
    ...Object.entries(binary).map(([name, apply]) =>
      named(
        [
          ...['', ' row to matrix', ' column to matrix', ' both repeated', ' empty', ' numbers'].map(
            (how) => name + how,
          ),
          `specials ${name}`,
        ],
        ([a, b]) => apply(a, b),
      ),
    ),
    ...[0, 1, -1].map((axis) => ({
      ...named([`sum ${axis}`], ([x]) => sum(x, axis)),
      ...named([`mean ${axis}`], ([x]) => mean(x, axis, { keepAxes: true })),
      ...named([`variance ${axis}`], ([x]) => variance(x, axis)),
      ...named([`max ${axis}`], ([x]) => max(x, axis)),
      ...named([`min ${axis}`], ([x]) => min(x, axis)),
      ...named([`argmax ${axis}`], ([x]) => argmax(x, axis)),
      ...named([`softmax ${axis}`], ([x]) => softmax(x, axis)),
      ...named([`logSoftmax ${axis}`], ([x]) => logSoftmax(x, axis)),
    })),
  ),
  'pow 3': ([x]) => pow(x, 3),
  'pow -0.5': ([x]) => pow(x, -0.5),
  ...named(
    [...products, 'one for all', 'broadcast', 'vectors'].map((name) => `matmul ${name}`),
    ([a, b]) => matmul(a, b),
  ),
  'matmul transposed right': ([a, b]) => matmul(a, transpose(b)),
  'matmul transposed left': ([a, b]) => matmul(transpose(a), b),
  'specials matmul': ([a, b]) => matmul(a, b),
  permute: ([x]) => mul(permute(x, [2, 0, 1]), 2),
  slice: ([x]) => mul(slice(x, 1, 1, -1), 2),
  concat: ([a, b]) => mul(concat([a, b], 1), 2),
  stack: ([a, b]) => mul(stack([a, b], 1), 2),
  gather: ([x, ids]) => gather(x, 1, ids),
  embedding: ([table, ids]) => embedding(table, ids),
  'sum nothing': ([x]) => sum(x, 1),
  'variance corrected': ([x]) => variance(x, -1, { correction: 1 }),
  'topK values': ([x]) => topK(x, 4).values,
  'topK indices': ([x]) => topK(x, 4).indices,
  ...named(['softmax long rows', 'specials softmax'], ([x]) => softmax(x)),
  'specials logSoftmax': ([x]) => logSoftmax(x),
  'specials sum': ([x]) => sum(x, -1),
  'specials max': ([x]) => max(x, -1),
  'specials min': ([x]) => min(x, -1),
  'specials argmax': ([x]) => argmax(x),
  ...named(['crossEntropy', 'crossEntropy ignored'], ([x, targets]) => crossEntropy(x, targets)),
  'crossEntropy per row': ([x, targets]) => crossEntropy(x, targets, { perRow: true }),
  ...named(
    ['', ' far off', ' plain', ' one channel'].map((how) => `layerNorm${how}`),
    ([x, weight, bias]) => layerNorm(x, { weight, bias }),
  ),
  ...named(['specials layerNorm', 'specials constant row'], ([x]) => layerNorm(x)),
  ...named(['rmsNorm', 'rmsNorm plain'], ([x, weight]) => rmsNorm(x, { weight })),
  'rope adjacent': ([x], engine) => rope(x, ropeAngles(engine, 9, 10, { start: 3 }), 'adjacent'),
  'rope halves': ([x], engine) => rope(x, ropeAngles(engine, 9, 10, { start: 3 }), 'halves'),
  attention: waysOfAttention(false),
  ...Object.fromEntries(
    ['causal', 'with a past', 'of one', 'sharp'].map((how) => [`attention ${how}`, waysOfAttention(true)]),
  ),
  selfAttention: ([qkv]) => selfAttention(qkv, 3, { causal: true }),
  reshape: ([x]) => mul(reshape(x, [4, -1]), 2),
  'reshape of a transposed': ([x]) => mul(reshape(transpose(x), [3, 4]), 2),
  transpose: ([x]) => mul(transpose(x, 0, 2), 2),
  squeeze: ([x]) => mul(squeeze(x, 1), 2),
  unsqueeze: ([x]) => mul(unsqueeze(x, -1), 2),
  expand: ([x]) => mul(expand(x, [2, 3, 4]), 2),
  index: ([x]) => mul(index(x, 1, -2), 2),
  split: ([x]) =>
    concat(
      split(x, [2, 0, 3], 1).map((part, n) => mul(part, n)),
      1,
    ),
  where: ([condition, a, b]) => where(condition, a, b),
  'where of numbers': ([x]) => where(x, x, -7),
  maskedFill: ([x, mask]) => maskedFill(x, mask, -3),
  dot: ([a, b]) => dot(a, b),
  outer: ([a, b]) => outer(a, b),
  norm: ([x]) => norm(x),
  cosine: ([a, b]) => cosine(a, b),
  'cosine of a vector with itself': ([x]) => cosine(x, x),
  oneHot: ([ids]) => oneHot(ids, 5),
  dropout: ([x]) => dropout(x, 0.25, () => 0.3),
  'dropout of nothing': ([x]) => dropout(x, 0, () => 0.3),
};

/** Fused, and from the parts. */
function waysOfAttention(causal: boolean): readonly Compute[] {
  return [fusedAttention, attention].map(
    (compute): Compute =>
      ([q, k, v]) =>
        compute(q, k, v, { causal }),
  );
}
