// What is refused, and in which words: the operation, both shapes, the axis that disagrees, and what to do.

import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { attention } from '../../../src/engine/ops/attention.ts';
import { concat, split, stack } from '../../../src/engine/ops/concat.ts';
import { cosine } from '../../../src/engine/ops/cosine.ts';
import { crossEntropy } from '../../../src/engine/ops/crossEntropy.ts';
import { dot } from '../../../src/engine/ops/dot.ts';
import { dropout } from '../../../src/engine/ops/dropout.ts';
import { embedding, oneHot } from '../../../src/engine/ops/embedding.ts';
import { expand } from '../../../src/engine/ops/expand.ts';
import { fusedAttention, selfAttention } from '../../../src/engine/ops/fusedAttention.ts';
import { gather } from '../../../src/engine/ops/gather.ts';
import { gelu } from '../../../src/engine/ops/gelu.ts';
import { layerNorm } from '../../../src/engine/ops/layerNorm.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { argmax } from '../../../src/engine/ops/max.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { permute } from '../../../src/engine/ops/permute.ts';
import { pow } from '../../../src/engine/ops/pow.ts';
import { reshape } from '../../../src/engine/ops/reshape.ts';
import { rope, ropeAngles } from '../../../src/engine/ops/rope.ts';
import { index, slice } from '../../../src/engine/ops/slice.ts';
import { squeeze, unsqueeze } from '../../../src/engine/ops/squeeze.ts';
import { sum, variance } from '../../../src/engine/ops/sum.ts';
import { tanh } from '../../../src/engine/ops/tanh.ts';
import { topK } from '../../../src/engine/ops/topK.ts';
import { maskedFill, where } from '../../../src/engine/ops/where.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from './faultOf.ts';

const zeros = (engine: Engine, ...shape: number[]) => engine.zeros(shape);
/** What the types don't allow, as code without types may give it. */
const wrong = <T>(given: unknown): T => given as T;
const ids = (engine: Engine, ...values: number[]) => engine.tensor(values, { dtype: 'i32' });

const refused: readonly (readonly [string, (engine: Engine) => unknown])[] = [
  [
    "matmul: shapes (2, 3) and (4, 5) don't fit: axis -1 of the first has 3, axis -2 of the second 4.",
    (e) => matmul(zeros(e, 2, 3), zeros(e, 4, 5)),
  ],
  [
    "matmul: shapes (2, 4, 3) and (5, 3, 1) don't fit: axis -3 has 2 and 5.",
    (e) => matmul(zeros(e, 2, 4, 3), zeros(e, 5, 3, 1)),
  ],
  ["matmul: shapes () and (2, 2) don't fit: a single number is no matrix.", (e) => matmul(zeros(e), zeros(e, 2, 2))],
  ["mul: shapes (2, 3) and (2,) don't fit: axis -1 has 3 and 2.", (e) => mul(zeros(e, 2, 3), zeros(e, 2))],
  ['tanh: a tensor (2,) is i32, and must be f32.', (e) => tanh(ids(e, 1, 2))],
  ['sum: shape (2, 3) has no axis 2.', (e) => sum(zeros(e, 2, 3), 2)],
  ["reshape: (2, 3) has 6 elements and can't become (4, 2), which has 8.", (e) => reshape(zeros(e, 2, 3), [4, 2])],
  ["reshape: (2, 3) has 6 elements and can't become (4, -1).", (e) => reshape(zeros(e, 2, 3), [4, -1])],
  ['permute: (2, 3) has 2 axes, and the order names 1.', (e) => permute(zeros(e, 2, 3), [1])],
  ['slice: axis 1 of (2, 3) has 3 places; 2 to 4 is no part of it.', (e) => slice(zeros(e, 2, 3), 1, 2, 4)],
  ['index: axis 0 of (2, 3) has no place 2.', (e) => index(zeros(e, 2, 3), 0, 2)],
  ['index: axis 1 of (2, 0) has no place -1.', (e) => index(zeros(e, 2, 0), 1, -1)],
  ['unsqueeze: (2, 3) has no room for an axis 3.', (e) => unsqueeze(zeros(e, 2, 3), 3)],
  ["dot: shapes (3,) and (4,) don't fit: axis 0 has 3 and 4.", (e) => dot(zeros(e, 3), zeros(e, 4))],
  ['dot: a tensor (3, 4) has 2 axes and is no vector.', (e) => dot(zeros(e, 3, 4), zeros(e, 4))],
  ["cosine: shapes (3, 4) and (3,) don't fit: axis -1 has 4 and 3.", (e) => cosine(zeros(e, 3, 4), zeros(e, 3))],
  [
    "matmul: shapes (4,) and (3,) don't fit: axis -1 of the first has 4, axis -1 of the second 3.",
    (e) => matmul(zeros(e, 4), zeros(e, 3)),
  ],
  [
    "matmul: shapes (4,) and (3, 5) don't fit: axis -1 of the first has 4, axis -2 of the second 3.",
    (e) => matmul(zeros(e, 4), zeros(e, 3, 5)),
  ],
  ["stack: shapes (2, 3) and (2, 4) don't fit: axis 1 has 3 and 4.", (e) => stack([zeros(e, 2, 3), zeros(e, 2, 4)])],
  ["stack: shapes (2, 3) and (2,) don't fit: one has more axes.", (e) => stack([zeros(e, 2, 3), zeros(e, 2)])],
  ['stack: there are no tensors.', () => stack([])],
  ['variance: shape (2, 3) has no axis 3.', (e) => variance(zeros(e, 2, 3), 3)],
  [
    "maskedFill: shapes (3, 4) and (5,) don't fit: axis -1 has 4 and 5.",
    (e) => maskedFill(zeros(e, 3, 4), zeros(e, 5), 0),
  ],
  [
    "attention: shapes (2, 3, 4) and (2, 3, 5) don't fit: axis -1 has 4 and 5.",
    (e) => attention(zeros(e, 2, 3, 4), zeros(e, 2, 3, 5), zeros(e, 2, 3, 4)),
  ],
  [
    "attention: shapes (2, 3, 4) and (2, 5, 4) don't fit: axis -2 has 3 and 5.",
    (e) => attention(zeros(e, 2, 3, 4), zeros(e, 2, 3, 4), zeros(e, 2, 5, 4)),
  ],
  [
    "attention: shapes (2, 3, 4) and (3, 3, 4) don't fit: axis -3 has 2 and 3.",
    (e) => attention(zeros(e, 2, 3, 4), zeros(e, 3, 3, 4), zeros(e, 3, 3, 4)),
  ],
  [
    "gather: shapes (2, 3) and (2,) don't fit: axis 1 is in one of them only.",
    (e) => gather(zeros(e, 2, 3), 1, ids(e, 0, 1)),
  ],
  ['squeeze: axis 0 of (2, 3) has 2 elements, not one.', (e) => squeeze(zeros(e, 2, 3), 0)],
  ["expand: shapes (2, 3) and (3,) don't fit: the second would have to grow.", (e) => expand(zeros(e, 2, 3), [3])],
  [
    "concat: shapes (2, 3) and (2, 4) don't fit: axis 1 has 3 and 4.",
    (e) => concat([zeros(e, 2, 3), zeros(e, 2, 4)], 0),
  ],
  ['concat: there are no tensors.', () => concat([])],
  ["split: axis 1 of (2, 3) can't be cut into 1 + 1.", (e) => split(zeros(e, 2, 3), [1, 1], 1)],
  ['embedding: the id 5, at 1 of a tensor (2,), is not in 0 to 4.', (e) => embedding(zeros(e, 5, 2), ids(e, 0, 5))],
  ['embedding: the id -1, at 0 of a tensor (1,), is not in 0 to 4.', (e) => embedding(zeros(e, 5, 2), ids(e, -1))],
  ['embedding: a tensor (2,) is f32, and must be i32.', (e) => embedding(zeros(e, 5, 2), zeros(e, 2))],
  ['oneHot: the id 3, at 0 of a tensor (1,), is not in 0 to 2.', (e) => oneHot(ids(e, 3), 3)],
  [
    "gather: shapes (2, 3) and (3, 1) don't fit: axis 0 has 2 and 3.",
    (e) => gather(zeros(e, 2, 3), 1, e.zeros([3, 1], { dtype: 'i32' })),
  ],
  [
    "crossEntropy: shapes (2, 3) and (3,) don't fit: axis 0 has 2 and 3.",
    (e) => crossEntropy(zeros(e, 2, 3), ids(e, 0, 0, 0)),
  ],
  [
    'crossEntropy: the id 3, at 1 of a tensor (2,), is not in 0 to 2.',
    (e) => crossEntropy(zeros(e, 2, 3), ids(e, 0, 3)),
  ],
  [
    "layerNorm: shapes (2, 3) and (2,) don't fit: axis -1 has 3 and 2.",
    (e) => layerNorm(zeros(e, 2, 3), { weight: zeros(e, 2) }),
  ],
  ['argmax: axis -1 of (2, 0) is empty.', (e) => argmax(zeros(e, 2, 0))],
  ['topK: there are no 4 elements along the last axis of (2, 3).', (e) => topK(zeros(e, 2, 3), 4)],
  ['gelu: there is no form exact.', (e) => gelu(zeros(e, 2), wrong('exact'))],
  ['pow: the exponent, x, is no number.', (e) => pow(zeros(e, 2), wrong('x'))],
  ['pow: the exponent, a tensor (2,), is no number.', (e) => pow(zeros(e, 2), wrong(zeros(e, 2)))],
  ['add: x is no tensor.', (e) => add(zeros(e, 2), wrong('x'))],
  ['add: 1 is no tensor.', (e) => add(wrong(1), zeros(e, 2))],
  ['mul: undefined is no tensor.', (e) => mul(zeros(e, 2), wrong(undefined))],
  ['where: x is no tensor.', (e) => where(zeros(e, 2), wrong('x'), 1)],
  ['tanh: 2 is no tensor.', () => tanh(wrong(2))],
  ['dropout: the rate 1 is not in 0 to below 1.', (e) => dropout(zeros(e, 2), 1, () => 0)],
  [
    "rope: shapes (4, 6) and (5, 3) don't fit: the angles are not (T, D / 2).",
    (e) => rope(zeros(e, 4, 6), ropeAngles(e, 5, 6)),
  ],
  ["rope: 5 channels can't turn in pairs.", (e) => ropeAngles(e, 3, 5)],
  [
    "fusedAttention: shapes (1, 2, 3, 4) and (1, 2, 3, 5) don't fit: axis 3 has 4 and 5.",
    (e) => fusedAttention(zeros(e, 1, 2, 3, 4), zeros(e, 1, 2, 3, 5), zeros(e, 1, 2, 3, 4)),
  ],
  [
    "attention: shapes (3, 4) and (2, 4) don't fit: axis 0 has 3 queries and 2 keys.",
    (e) => attention(zeros(e, 3, 4), zeros(e, 2, 4), zeros(e, 2, 4), { causal: true }),
  ],
  [
    "fusedAttention: shapes (1, 1, 3, 4) and (1, 1, 2, 4) don't fit: axis 2 has 3 queries and 2 keys.",
    (e) => fusedAttention(zeros(e, 1, 1, 3, 4), zeros(e, 1, 1, 2, 4), zeros(e, 1, 1, 2, 4), { causal: true }),
  ],
  ["selfAttention: (1, 2, 10) can't be cut into 3 times 2 heads.", (e) => selfAttention(zeros(e, 1, 2, 10), 2)],
  ["selfAttention: (1, 2, 6) can't be cut into 3 times -2 heads.", (e) => selfAttention(zeros(e, 1, 2, 6), -2)],
  ["selfAttention: (1, 2, 9) can't be cut into 3 times 1.5 heads.", (e) => selfAttention(zeros(e, 1, 2, 9), 1.5)],
  [
    'tensor: the lists are ragged: a list of 1 at depth 1, where a list of 2 came first.',
    (e) => e.tensor([[1, 2], [3]]),
  ],
  ['fromData: the shape (2, 2) needs 4 numbers, and there are 3.', (e) => e.fromData([1, 2, 3], [2, 2])],
  ['fromData: 1.5 is no 32-bit integer.', (e) => e.tensor([1, 1.5], { dtype: 'i32' })],
  ['empty: -1 in the shape (2, -1) is no size.', (e) => e.zeros([2, -1])],
  ["A tensor of ids can't require gradients.", (e) => e.tensor([1], { dtype: 'i32', requiresGrad: true })],
  ['item: a tensor (2,) has 2 elements, not one.', (e) => zeros(e, 2).item()],
  ['at: (2, 3) has no element (0, 3).', (e) => zeros(e, 2, 3).at(0, 3)],
];

describe.each(backends)('refused on $name', (backend) => {
  test.each(refused)('%s', (message, work) => {
    const engine = engineOn(backend);
    const fault = faultOf(() => work(engine));
    expect(fault.message).toBe(message);
    expect(fault.code).toBe('bad-input');
    expect(fault.remedy).toMatch(/^\S.*[.?]$/);
  });

  test('memory that the budget does not have is refused, and the engine goes on', () => {
    const engine = engineOn(backend, 1024 * 1024);
    const kept = engine.ones([10]);
    const before = engine.memory.inUse;
    const fault = faultOf(() => engine.zeros([1024, 1024]));
    expect(fault.code).toBe('too-large');
    expect(fault.message).toMatch(/^A tensor of 4\.0 MB doesn't fit: .* of 1\.0 MB are in use\.$/);
    expect(engine.memory.inUse).toBe(before);
    expect(sum(kept).item()).toBe(10);
  });

  test('tensors of two engines do not mix', () => {
    const [one, other] = [engineOn(backend), engineOn(backend)];
    expect(faultOf(() => mul(one.ones([2]), other.ones([2]))).message).toBe(
      'mul: a tensor (2,) belongs to another engine.',
    );
  });
});
