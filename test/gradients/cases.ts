// How each operation is tried: shapes drawn at random, and what is computed from tensors of them.

import fc from 'fast-check';
import { add } from '../../src/engine/ops/add.ts';
import { attention } from '../../src/engine/ops/attention.ts';
import { concat, split, stack } from '../../src/engine/ops/concat.ts';
import { crossEntropy } from '../../src/engine/ops/crossEntropy.ts';
import { div } from '../../src/engine/ops/div.ts';
import { dot, outer } from '../../src/engine/ops/dot.ts';
import { dropout } from '../../src/engine/ops/dropout.ts';
import { embedding } from '../../src/engine/ops/embedding.ts';
import { exp } from '../../src/engine/ops/exp.ts';
import { fusedAttention, selfAttention } from '../../src/engine/ops/fusedAttention.ts';
import { gather } from '../../src/engine/ops/gather.ts';
import { gelu } from '../../src/engine/ops/gelu.ts';
import { layerNorm } from '../../src/engine/ops/layerNorm.ts';
import { log } from '../../src/engine/ops/log.ts';
import { matmul } from '../../src/engine/ops/matmul.ts';
import { max, min } from '../../src/engine/ops/max.ts';
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
import { seededRandom } from '../../src/shared/environment.ts';
import {
  along,
  broadcasting,
  type Case,
  expanding,
  filled,
  idsOf,
  one,
  seed,
  shape,
  shapeAndAnyAxis,
  shapeAndAxis,
  size,
  spread,
  two,
} from './draw.ts';

export const cases: Readonly<Record<string, Case>> = {
  add: two(add),
  sub: two(sub),
  mul: two(mul),
  div: two((a, b) => div(a, b), 0.5, 2),
  'a number as operand': one((x) => mul(add(sub(div(x, 2), 1), 3), -0.5)),
  'the same tensor twice': one((x) => mul(x, add(x, x))),
  neg: one(neg),
  'pow 3': one((x) => pow(x, 3)),
  'pow 0': one((x) => pow(x, 0)),
  'pow 0.5': one((x) => pow(x, 0.5), 0.5, 3),
  exp: one(exp),
  log: one(log, 0.5, 3),
  sqrt: one(sqrt, 0.5, 3),
  tanh: one(tanh),
  sigmoid: one(sigmoid),
  relu: one((x) => add(relu(x), relu(sub(x, 4))), 0.1, 3),
  'relu below 0': one(relu, -3, -0.1),
  'gelu erf': one((x) => gelu(x)),
  'gelu tanh': one((x) => gelu(x, 'tanh')),
  silu: one(silu),
  transpose: {
    draw: fc.array(size, { minLength: 2, maxLength: 4 }).map((drawn) => ({
      shapes: [drawn],
      compute: ([x]) => tanh(transpose(x, 0, -1)),
    })),
  },
  permute: {
    draw: shape.chain((drawn) =>
      fc.shuffledSubarray([...drawn.keys()], { minLength: drawn.length }).map((order) => ({
        shapes: [drawn],
        compute: ([x]: readonly Tensor[]) => tanh(permute(x, order)),
      })),
    ),
  },
  reshape: {
    draw: fc.tuple(size, size, size).map(([a, b, c]) => ({
      shapes: [[a, b, c]],
      compute: ([x]) => tanh(reshape(transpose(x, 0, 1), [a * c, b])),
    })),
  },
  squeeze: along((x, axis) => tanh(squeeze(unsqueeze(x, axis), axis)), shapeAndAnyAxis),
  unsqueeze: along((x, axis) => mul(unsqueeze(x, axis), unsqueeze(x, axis)), shapeAndAnyAxis),
  expand: { draw: broadcasting.map(([a, b]) => expanding(a, b)) },
  slice: {
    draw: fc.tuple(shapeAndAnyAxis, fc.nat(), fc.nat()).map(([[drawn, axis], from, to]) => {
      const length = drawn.at(axis) as number;
      const start = from % (length + 1);
      const end = start + (to % (length + 1 - start));
      return { shapes: [drawn], compute: ([x]) => tanh(slice(x, axis, start, end)) };
    }),
  },
  index: along((x, axis) => tanh(index(x, axis, -1))),
  concat: {
    draw: fc.tuple(shapeAndAxis, size, size).map(([[drawn, axis], m, n]) => ({
      shapes: [drawn.with(axis, m), drawn.with(axis, n)],
      compute: ([a, b]) => tanh(concat([a, b, a], axis)),
    })),
  },
  stack: { draw: shape.map((drawn) => ({ shapes: [drawn, drawn], compute: ([a, b]) => tanh(stack([a, b], -1)) })) },
  split: {
    draw: fc.tuple(shapeAndAxis, size, size).map(([[drawn, axis], m, n]) => ({
      shapes: [drawn.with(axis, m + n)],
      compute: ([x]) => {
        const [a, b] = split(x, [m, n], axis);
        return concat([tanh(b), mul(a, a)], axis);
      },
    })),
  },
  sum: along((x, axis) => tanh(sum(x, axis)), shapeAndAnyAxis),
  'sum of all': one((x) => sum(x)),
  'sum over several, kept': {
    draw: fc.tuple(size, size, size, size).map((drawn) => ({
      shapes: [drawn],
      compute: ([x]) => tanh(mul(sum(x, [0, 2, 3], { keepAxes: true }), 0.25)),
    })),
  },
  mean: along((x, axis) => tanh(mean(x, axis, { keepAxes: true }))),
  'mean of all': {
    draw: fc.array(filled, { maxLength: 3 }).map((drawn) => ({ shapes: [drawn], compute: ([x]) => mean(x) })),
  },
  variance: along((x, axis) => variance(x, axis)),
  max: along((x, axis) => max(spread(x), axis)),
  min: along((x, axis) => min(spread(x), axis, { keepAxes: true })),
  topK: {
    draw: fc.tuple(fc.array(size, { maxLength: 2 }), filled, fc.nat()).map(([batch, length, k]) => ({
      shapes: [[...batch, length]],
      compute: ([x]) => topK(spread(x), k % (length + 1)).values,
    })),
  },
  'matmul, one for all': {
    draw: fc.tuple(fc.array(size, { maxLength: 2 }), size, size, size).map(([batch, M, K, N]) => ({
      shapes: [
        [...batch, M, K],
        [K, N],
      ],
      compute: ([x, y]) => matmul(x, y),
    })),
  },
  'matmul of stacks': {
    draw: fc.tuple(broadcasting, size, size, size).map(([[a, b], M, K, N]) => ({
      shapes: [
        [...a, M, K],
        [...b, K, N],
      ],
      low: -1,
      high: 1,
      compute: ([x, y]) => matmul(x, y),
    })),
  },
  'matmul of transposed': {
    draw: fc.tuple(size, size, size, size).map(([B, M, K, N]) => ({
      shapes: [
        [B, K, M],
        [N, K],
      ],
      compute: ([x, y]) => matmul(transpose(x), transpose(y)),
    })),
  },
  'matmul with vectors': {
    draw: fc.tuple(size, size).map(([M, K]) => ({
      shapes: [[M, K], [K], [M]],
      low: -1,
      high: 1,
      compute: ([x, right, left]) => add(matmul(x, right), matmul(left, matmul(x, right))),
    })),
  },
  'dot and outer': {
    draw: size.map((n) => ({ shapes: [[n], [n]], low: -1, high: 1, compute: ([a, b]) => mul(outer(a, b), dot(a, b)) })),
  },
  softmax: along(softmax),
  logSoftmax: along(logSoftmax),
  'softmax of no rows': {
    draw: size.map((n) => ({ shapes: [[0, n + 1]], compute: ([x]) => softmax(x) })),
  },
  crossEntropy: {
    draw: fc.tuple(fc.array(filled, { maxLength: 2 }), filled, seed).map(([batch, C, from]) => ({
      shapes: [[...batch, C]],
      compute: ([x], engine) => crossEntropy(x, idsOf(engine, C, batch, from)),
    })),
  },
  'crossEntropy per row, some ignored': {
    draw: fc.tuple(size, filled, seed).map(([rows, C, from]) => ({
      shapes: [[rows, C]],
      compute: ([x], engine) => {
        const targets = idsOf(engine, C + 1, [rows], from).toFlat();
        const ignoring = engine.fromData(
          Int32Array.from(targets, (target) => target - 1),
          [rows],
        );
        return crossEntropy(x, ignoring, { perRow: true });
      },
    })),
  },
  layerNorm: {
    draw: fc.tuple(fc.array(size, { maxLength: 2 }), filled, fc.boolean(), fc.boolean()).map(([batch, C, w, b]) => ({
      shapes: [[...batch, C], [C], [C]],
      compute: ([x, weight, bias]) =>
        layerNorm(x, { weight: w ? weight : undefined, bias: b ? bias : undefined, epsilon: 0.3 }),
    })),
  },
  rmsNorm: {
    draw: fc.tuple(fc.array(size, { maxLength: 2 }), filled, fc.boolean()).map(([batch, C, w]) => ({
      shapes: [[...batch, C], [C]],
      compute: ([x, weight]) => rmsNorm(x, { weight: w ? weight : undefined, epsilon: 0.3 }),
    })),
  },
  dropout: {
    draw: fc.tuple(shape, seed).map(([drawn, from]) => ({
      shapes: [drawn],
      compute: ([x]) => dropout(tanh(x), 0.4, seededRandom(from)),
    })),
  },
  where: {
    draw: fc.tuple(broadcasting, seed).map(([shapes, from]) => ({
      shapes,
      compute: ([a, b], engine) => where(idsOf(engine, 2, a.shape, from), a, tanh(b)),
    })),
  },
  maskedFill: {
    draw: fc.tuple(size, size, seed).map(([rows, columns, from]) => ({
      shapes: [[rows, columns]],
      compute: ([x], engine) => maskedFill(tanh(x), idsOf(engine, 2, [columns], from), -3),
    })),
  },
  gather: {
    draw: fc.tuple(shapeAndAxis, size, seed).map(([[drawn, axis], n, from]) => ({
      shapes: [drawn],
      compute: ([x], engine) =>
        gather(tanh(x), axis, idsOf(engine, drawn.at(axis) as number, drawn.with(axis, n), from)),
    })),
  },
  embedding: {
    draw: fc.tuple(filled, size, fc.array(size, { maxLength: 2 }), seed).map(([V, C, drawn, from]) => ({
      shapes: [[V, C]],
      compute: ([table], engine) => tanh(embedding(table, idsOf(engine, V, drawn, from))),
    })),
  },
  rope: {
    draw: fc.tuple(size, size, size, fc.boolean(), fc.nat(20)).map(([H, T, pairs, adjacent, start]) => ({
      shapes: [[H, T, pairs * 2]],
      compute: ([x], engine) =>
        tanh(rope(x, ropeAngles(engine, T, pairs * 2, { start }), adjacent ? 'adjacent' : 'halves')),
    })),
  },
  attention: attentionCase(attention),
  fusedAttention: attentionCase(fusedAttention),
  selfAttention: {
    draw: fc.tuple(fc.nat(2), size, fc.integer({ min: 1, max: 3 }), size, fc.boolean()).map(([B, T, H, D, causal]) => ({
      shapes: [[B, T, 3 * H * D]],
      low: -1,
      high: 1,
      compute: ([qkv]) => selfAttention(qkv, H, { causal }),
    })),
  },
};

function attentionCase(compute: typeof attention): Case {
  return {
    draw: fc
      .tuple(fc.nat(2), fc.nat(2), size, fc.nat(3), size, size, fc.boolean())
      .map(([B, H, T, more, D, E, causal]) => ({
        shapes: [
          [B, H, T, D],
          [B, H, T + more, D],
          [B, H, T + more, E],
        ],
        low: -1,
        high: 1,
        compute: ([q, k, v]) => compute(q, k, v, { causal }),
      })),
  };
}
