// What each fixture computes, with our operations; the names are those of make_fixtures.py.

import type { Engine } from '../../src/engine/engine.ts';
import { add } from '../../src/engine/ops/add.ts';
import { attention } from '../../src/engine/ops/attention.ts';
import { concat, stack } from '../../src/engine/ops/concat.ts';
import { crossEntropy } from '../../src/engine/ops/crossEntropy.ts';
import { div } from '../../src/engine/ops/div.ts';
import { embedding } from '../../src/engine/ops/embedding.ts';
import { exp } from '../../src/engine/ops/exp.ts';
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
import { rmsNorm } from '../../src/engine/ops/rmsNorm.ts';
import { rope, ropeAngles } from '../../src/engine/ops/rope.ts';
import { sigmoid } from '../../src/engine/ops/sigmoid.ts';
import { silu } from '../../src/engine/ops/silu.ts';
import { slice } from '../../src/engine/ops/slice.ts';
import { logSoftmax, softmax } from '../../src/engine/ops/softmax.ts';
import { sqrt } from '../../src/engine/ops/sqrt.ts';
import { sub } from '../../src/engine/ops/sub.ts';
import { mean, sum, variance } from '../../src/engine/ops/sum.ts';
import { tanh } from '../../src/engine/ops/tanh.ts';
import { topK } from '../../src/engine/ops/topK.ts';
import { transpose } from '../../src/engine/ops/transpose.ts';
import { maskedFill } from '../../src/engine/ops/where.ts';
import type { Tensor } from '../../src/engine/tensor.ts';

type Compute = (inputs: readonly Tensor[], engine: Engine) => Tensor;

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

export const computations: Readonly<Record<string, Compute>> = {
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
  attention: both(false),
  ...named(
    ['causal', 'with a past', 'of one', 'sharp'].map((how) => `attention ${how}`),
    both(true),
  ),
  selfAttention: ([qkv]) => selfAttention(qkv, 3, { causal: true }),
};

/** The fused attention, once that from the parts was found to be the same. */
function both(causal: boolean): Compute {
  return ([q, k, v], engine) => {
    const fused = fusedAttention(q, k, v, { causal });
    const plain = engine.noGrad(() => attention(q, k, v, { causal })).toFlat();
    fused.toFlat().forEach((value, i) => {
      if (Math.abs(value - plain[i]) > 1e-5) {
        throw new Error(`element ${i}: ${value} fused, ${plain[i]} from the parts`);
      }
    });
    return fused;
  };
}
