// Where there is nothing to compute with, and where numbers are at their ends: axes without elements, NaN, infinities,
// equal numbers. What is expected follows from the definitions, or from Math and sort.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backward } from '../../src/engine/autograd.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { attention } from '../../src/engine/ops/attention.ts';
import { concat, split } from '../../src/engine/ops/concat.ts';
import { crossEntropy } from '../../src/engine/ops/crossEntropy.ts';
import { dropout } from '../../src/engine/ops/dropout.ts';
import { embedding, oneHot } from '../../src/engine/ops/embedding.ts';
import { fusedAttention, selfAttention } from '../../src/engine/ops/fusedAttention.ts';
import { gather } from '../../src/engine/ops/gather.ts';
import { layerNorm } from '../../src/engine/ops/layerNorm.ts';
import { log } from '../../src/engine/ops/log.ts';
import { matmul } from '../../src/engine/ops/matmul.ts';
import { argmax, max } from '../../src/engine/ops/max.ts';
import { pow } from '../../src/engine/ops/pow.ts';
import { rmsNorm } from '../../src/engine/ops/rmsNorm.ts';
import { logSoftmax, softmax } from '../../src/engine/ops/softmax.ts';
import { mean, sum, variance } from '../../src/engine/ops/sum.ts';
import { topK } from '../../src/engine/ops/topK.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { backends, engineOn } from './backends.ts';

const ids = (engine: Engine, shape: readonly number[]) =>
  engine.fromData(new Int32Array(shape.reduce((product, length) => product * length, 1)), shape);

/** For each: the shapes of inputs, what is computed of ones of these shapes, and what that is. */
const empty: Readonly<
  Record<
    string,
    {
      readonly inputs: readonly (readonly number[])[];
      compute(inputs: readonly Tensor[], engine: Engine): Tensor;
      readonly shape: readonly number[];
      /** All elements, where there are any. */
      readonly all?: number;
    }
  >
> = {
  'softmax of empty rows': { inputs: [[3, 0]], compute: ([x]) => softmax(x), shape: [3, 0] },
  'softmax along an axis without rows': { inputs: [[3, 0]], compute: ([x]) => softmax(x, 0), shape: [3, 0] },
  'logSoftmax of empty rows': { inputs: [[3, 0]], compute: ([x]) => logSoftmax(x), shape: [3, 0] },
  'layerNorm of empty rows': {
    inputs: [[3, 0], [0]],
    compute: ([x, weight]) => layerNorm(x, { weight }),
    shape: [3, 0],
  },
  'layerNorm of no rows': { inputs: [[0, 3], [3]], compute: ([x, weight]) => layerNorm(x, { weight }), shape: [0, 3] },
  'rmsNorm of empty rows': { inputs: [[3, 0], [0]], compute: ([x, weight]) => rmsNorm(x, { weight }), shape: [3, 0] },
  'crossEntropy of no rows': {
    inputs: [[0, 5]],
    compute: ([x], engine) => crossEntropy(x, ids(engine, [0])),
    shape: [],
    all: Number.NaN,
  },
  'crossEntropy per row of no rows': {
    inputs: [[2, 0, 5]],
    compute: ([x], engine) => crossEntropy(x, ids(engine, [2, 0]), { perRow: true }),
    shape: [2, 0],
  },
  'a sum over nothing': { inputs: [[2, 0]], compute: ([x]) => sum(x, 1), shape: [2], all: 0 },
  'a mean over nothing': { inputs: [[2, 0]], compute: ([x]) => mean(x, 1), shape: [2], all: Number.NaN },
  'the variance of nothing': { inputs: [[0, 2]], compute: ([x]) => variance(x, 0), shape: [2], all: Number.NaN },
  'the corrected variance of one number': {
    inputs: [[1, 2]],
    compute: ([x]) => variance(x, 0, { correction: 1 }),
    shape: [2],
    all: Number.NaN,
  },
  'the maximum of no rows': { inputs: [[0, 3]], compute: ([x]) => max(x, 1), shape: [0] },
  'the top 0 of nothing': { inputs: [[2, 0]], compute: ([x]) => topK(x, 0).values, shape: [2, 0] },
  'gather of nothing': {
    inputs: [[3, 4]],
    compute: ([x], engine) => gather(x, 1, ids(engine, [3, 0])),
    shape: [3, 0],
  },
  'gather from nothing': {
    inputs: [[3, 0]],
    compute: ([x], engine) => gather(x, 1, ids(engine, [3, 0])),
    shape: [3, 0],
  },
  'embedding of no ids': {
    inputs: [[0, 4]],
    compute: ([table], engine) => embedding(table, ids(engine, [2, 0])),
    shape: [2, 0, 4],
  },
  'embedding without channels': {
    inputs: [[3, 0]],
    compute: ([table], engine) => embedding(table, ids(engine, [2])),
    shape: [2, 0],
  },
  'a product over nothing': {
    inputs: [
      [2, 0],
      [0, 3],
    ],
    compute: ([a, b]) => matmul(a, b),
    shape: [2, 3],
    all: 0,
  },
  'a product of empty vectors': { inputs: [[0], [0]], compute: ([a, b]) => matmul(a, b), shape: [], all: 0 },
  'a product for no batch': {
    inputs: [
      [0, 2, 3],
      [3, 4],
    ],
    compute: ([a, b]) => matmul(a, b),
    shape: [0, 2, 4],
  },
  concat: {
    inputs: [
      [0, 2],
      [3, 2],
    ],
    compute: ([a, b]) => concat([a, b]),
    shape: [3, 2],
    all: 1,
  },
  split: { inputs: [[3, 2]], compute: ([x]) => split(x, [0, 3], 0)[0], shape: [0, 2] },
  dropout: { inputs: [[0, 2]], compute: ([x]) => dropout(x, 0.5, seededRandom(1)), shape: [0, 2] },
  'attention without positions': {
    inputs: [
      [1, 2, 0, 4],
      [1, 2, 0, 4],
      [1, 2, 0, 4],
    ],
    compute: ([q, k, v]) => fusedAttention(q, k, v, { causal: true }),
    shape: [1, 2, 0, 4],
  },
  'attention without channels weighs all alike': {
    inputs: [
      [1, 1, 2, 0],
      [1, 1, 3, 0],
      [1, 1, 3, 4],
    ],
    compute: ([q, k, v]) => fusedAttention(q, k, v),
    shape: [1, 1, 2, 4],
    all: 1,
  },
  'attention to nothing': {
    inputs: [
      [1, 1, 2, 4],
      [1, 1, 0, 4],
      [1, 1, 0, 4],
    ],
    compute: ([q, k, v]) => fusedAttention(q, k, v),
    shape: [1, 1, 2, 4],
    all: 0,
  },
  'attention to nothing, from the parts': {
    inputs: [
      [1, 1, 2, 4],
      [1, 1, 0, 4],
      [1, 1, 0, 4],
    ],
    compute: ([q, k, v]) => attention(q, k, v),
    shape: [1, 1, 2, 4],
    all: 0,
  },
  'selfAttention of no batch': { inputs: [[0, 3, 6]], compute: ([qkv]) => selfAttention(qkv, 2), shape: [0, 3, 2] },
};

describe.each(backends)('edges on $name', (backend) => {
  test('equal scores share evenly, however large they are', () => {
    const engine = engineOn(backend);
    for (const score of [1e4, 1e20, -1e30, 3e38]) {
      expect([...softmax(engine.full([4], score)).toFlat()]).toEqual([0.25, 0.25, 0.25, 0.25]);
    }
  });

  test.each(Object.entries(empty))('%s', (_, { inputs, compute, shape, all }) => {
    const engine = engineOn(backend);
    const tensors = inputs.map((size) => engine.ones(size, { requiresGrad: true }));
    const result = compute(tensors, engine);
    expect(result.shape).toEqual(shape);
    expect(Array.from(result.toFlat())).toEqual(new Array(result.size).fill(all));
    backward(result, { gradient: engine.ones(shape) });
    tensors.forEach(({ grad }, i) => {
      expect(grad?.shape).toEqual(inputs[i]);
    });
  });

  test('argmax of no rows, and one-hot rows of no ids', () => {
    const engine = engineOn(backend);
    expect(argmax(engine.zeros([0, 3])).shape).toEqual([0]);
    expect(oneHot(ids(engine, [0]), 4).shape).toEqual([0, 4]);
    expect(oneHot(ids(engine, [0]), 0).shape).toEqual([0, 0]);
  });

  const odd = fc.constantFrom(
    Number.NaN,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    0,
    -0,
    1,
    2,
    -2,
    1e-40,
    3e38,
  );
  const anyNumber = fc.oneof(odd, fc.float());

  test('topK sorts, NaN first, and takes the first of equals', () => {
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 12 }), fc.nat(), (numbers, nat) => {
        const engine = engineOn(backend);
        const k = nat % (numbers.length + 1);
        const { values, indices } = topK(engine.tensor(numbers), k);
        const nan = (i: number) => Number(Number.isNaN(numbers[i]));
        // Of equal infinities, and of two NaN, the difference is NaN.
        const before = (a: number, b: number) => nan(b) - nan(a) || numbers[b] - numbers[a] || 0;
        const order = [...numbers.keys()].sort(before).slice(0, k);
        expect(Array.from(indices.toFlat())).toEqual(order);
        expect(Array.from(values.toFlat())).toEqual(order.map((i) => Math.fround(numbers[i])));
      }),
    );
  });

  test('gather takes, and its gradient adds, at each index', () => {
    const shape = fc.tuple(fc.nat(3), fc.integer({ min: 1, max: 4 }), fc.nat(3), fc.nat(5));
    fc.assert(
      fc.property(shape, fc.infiniteStream(anyNumber), fc.infiniteStream(fc.nat()), ([A, n, B, m], draws, picks) => {
        const engine = engineOn(backend);
        const take = (count: number) => Float32Array.from({ length: count }, () => draws.next().value);
        const [from, above] = [take(A * n * B), take(A * m * B)];
        const at = Int32Array.from({ length: A * m * B }, () => picks.next().value % n);
        const x = engine.fromData(from, [A, n, B], { requiresGrad: true });
        const y = gather(x, 1, engine.fromData(at, [A, m, B]));
        backward(y, { gradient: engine.fromData(above, [A, m, B]) });
        const sums = new Float32Array(from.length);
        const taken = Float32Array.from(at, (index, i) => {
          const place = (Math.floor(i / (m * B)) * n + index) * B + (i % B);
          sums[place] += above[i];
          return from[place];
        });
        expect(y.toFlat()).toEqual(taken);
        expect(x.grad?.toFlat() ?? sums).toEqual(sums);
      }),
    );
  });

  test.each([
    ['log', log, Math.log],
    ['pow 2', (x: Tensor) => pow(x, 2), (x: number) => x ** 2],
    ['pow -1', (x: Tensor) => pow(x, -1), (x: number) => x ** -1],
    ['pow 0.5', (x: Tensor) => pow(x, 0.5), (x: number) => x ** 0.5],
    ['pow 0', (x: Tensor) => pow(x, 0), () => 1],
  ] as const)('%s is that of Math, rounded', (_, compute, exact) => {
    fc.assert(
      fc.property(fc.array(anyNumber), (numbers) => {
        const engine = engineOn(backend);
        const given = Float32Array.from(numbers);
        expect(compute(engine.fromData(given, [given.length])).toFlat()).toEqual(given.map((x) => exact(x)));
      }),
    );
  });
});
