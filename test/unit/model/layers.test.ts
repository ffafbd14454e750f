// The layers against their formulas, written out over plain numbers; their beginnings; and parameters by name.

import { describe, expect, test } from 'vitest';
import { Engine } from '../../../src/engine/engine.ts';
import { gradCheck } from '../../../src/engine/gradCheck.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { relu } from '../../../src/engine/ops/relu.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import { byInputs, glorot, he, normal, ones, uniform, zeros } from '../../../src/model/initialise.ts';
import { Dropout } from '../../../src/model/layers/dropout.ts';
import { Embedding } from '../../../src/model/layers/embedding.ts';
import { Linear } from '../../../src/model/layers/linear.ts';
import { Mlp } from '../../../src/model/layers/mlp.ts';
import { LayerNorm, RmsNorm } from '../../../src/model/layers/norms.ts';
import { Parameters } from '../../../src/model/parameters.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { faultOf } from '../engine/faultOf.ts';

const engine = new Engine(referenceKernels());
const parameters = () => new Parameters(engine, seededRandom(1));

function set(tensor: Tensor, ...numbers: number[]): void {
  expect(numbers).toHaveLength(tensor.size);
  tensor.storage.data.set(numbers, tensor.offset);
}

function expectNear(tensor: Tensor, wanted: readonly number[]): void {
  const got = tensor.toFlat();
  expect(got).toHaveLength(wanted.length);
  for (const [i, number] of wanted.entries()) {
    expect(got[i]).toBeCloseTo(number, 4);
  }
}

describe('layers', () => {
  const x = engine.tensor([
    [1, 2, 3],
    [-1, 0, 4],
  ]); // (2, 3)

  test('Linear multiplies by the weight as it stands, and adds the bias', () => {
    const layer = new Linear(parameters(), 3, 2);
    set(layer.weight, 1, 10, 2, 20, 3, 30);
    set(layer.bias!, 0.5, -0.5);
    expectNear(layer.forward(x), [14.5, 139.5, 11.5, 109.5]);
    expect(new Linear(parameters(), 3, 2, { bias: false }).bias).toBeUndefined();
  });

  test('Embedding looks up rows', () => {
    const layer = new Embedding(parameters(), 3, 2);
    set(layer.weight, 1, 2, 3, 4, 5, 6);
    expectNear(layer.forward(engine.tensor([2, 0], { dtype: 'i32' })), [5, 6, 1, 2]);
    expect(faultOf(() => layer.forward(engine.tensor([3], { dtype: 'i32' }))).message).toContain('3');
  });

  test('LayerNorm takes the mean out, and RmsNorm does not', () => {
    const normed = new LayerNorm(parameters(), 3);
    set(normed.weight, 1, 2, 1);
    set(normed.bias!, 0, 0, 10);
    const root = Math.sqrt(2 / 3);
    expectNear(normed.forward(engine.tensor([1, 2, 3])), [-1 / root, 0, 10 + 1 / root]);
    const scaled = new RmsNorm(parameters(), 3);
    set(scaled.weight, 1, 2, 1);
    const size = Math.sqrt(14 / 3);
    expectNear(scaled.forward(engine.tensor([1, 2, 3])), [1 / size, 4 / size, 3 / size]);
    expect(new LayerNorm(parameters(), 3, { bias: false }).bias).toBeUndefined();
    expectNear(new RmsNorm(parameters(), 1, { epsilon: 3 }).forward(engine.tensor([1])), [0.5]);
    expectNear(new LayerNorm(parameters(), 2, { epsilon: 3 }).forward(engine.tensor([1, 3])), [-0.5, 0.5]);
  });

  test('Mlp goes wide, bends, and comes back', () => {
    const all = parameters();
    const layer = new Mlp(all, { channels: 2, hidden: 3, activation: relu });
    set(all.get('c_fc.weight'), 1, 0, -1, 0, 1, -1);
    set(all.get('c_fc.bias'), 0, 0, 0);
    set(all.get('c_proj.weight'), 1, 2, 3, 4, 5, 6);
    set(all.get('c_proj.bias'), 0.5, 0.5);
    expectNear(
      layer.forward(
        engine.tensor([
          [2, 3],
          [-2, -3],
        ]),
      ),
      [11.5, 16.5, 25.5, 30.5],
    );
    expect(new Mlp(parameters(), { channels: 2 }).forward(engine.ones([5, 2])).shape).toEqual([5, 2]);
  });

  test("Mlp's gradients, GELU's form among them, agree with finite differences", () => {
    const layer = new Mlp(parameters(), { channels: 3 });
    const input = engine.randn([4, 3], seededRandom(2), 1, { requiresGrad: true });
    expect(gradCheck(([tensor]) => sum(mul(layer.forward(tensor), tensor)), [input]).passed).toBe(true);
  });

  test('Dropout is x itself while nothing is trained', () => {
    const mode = { training: false, fused: true };
    const layer = new Dropout(0.5, seededRandom(1), mode);
    expect(layer.forward(x)).toBe(x);
    mode.training = true;
    const dropped = layer.forward(engine.ones([10_000])).toFlat();
    const kept = dropped.filter((value) => value === 2).length;
    expect(kept + dropped.filter((value) => value === 0).length).toBe(10_000);
    expect(kept / 10_000).toBeCloseTo(0.5, 1);
    expect(new Dropout(0, seededRandom(1), mode).forward(x)).toBe(x);
  });
});

// Even draws from -b to b have a variance of b^2 / 3.
test.each([
  ['zeros', zeros, 0, 0],
  ['ones', ones, 1, 0],
  ['normal', normal(0.02), 0, 0.02 ** 2],
  ['uniform', uniform(3), 0, 3],
  ['byInputs', byInputs(100), 0, 1 / 300],
  ['glorot', glorot(100, 300), 0, 2 / 400],
  ['he', he(100), 0, 2 / 100],
] as const)('%s begins with the mean and the variance that its source says', (_, initialise, mean, variance) => {
  const numbers = Array.from(initialise(engine, [100, 300], seededRandom(4)).toFlat());
  const found = numbers.reduce((total, value) => total + value, 0) / numbers.length;
  const spread = numbers.reduce((total, value) => total + (value - found) ** 2, 0) / numbers.length;
  expect(Math.abs(found - mean)).toBeLessThanOrEqual(4 * Math.sqrt(variance / numbers.length));
  expect(Math.abs(spread - variance)).toBeLessThanOrEqual(0.04 * variance);
});

describe('parameters', () => {
  test('have paths as names, in the order in which they were made', () => {
    const all = parameters();
    new Linear(all.within('h').within(0).within('mlp'), 2, 3);
    new Linear(all.within('head'), 3, 2, { bias: false });
    expect(Array.from(all, ([name]) => name)).toEqual(['h.0.mlp.weight', 'h.0.mlp.bias', 'head.weight']);
    expect(Array.from(all.within('h.0'), ([name]) => name)).toEqual(['h.0.mlp.weight', 'h.0.mlp.bias']);
    expect(all.within('h').get('0.mlp.bias')).toBe(all.get('h.0.mlp.bias'));
    expect(all.get('head.weight').name).toBe('head.weight');
    expect(all.count).toBe(6 + 3 + 6);
  });

  test('outlive scopes, and are released with their gradients', () => {
    const fresh = new Engine(referenceKernels());
    const all = new Parameters(fresh, seededRandom(1));
    fresh.scope(() => all.make('p', [5], ones));
    expect(all.get('p').toFlat()).toEqual(Float32Array.of(1, 1, 1, 1, 1));
    all.get('p').grad = fresh.ones([5]);
    all.zeroGrad();
    expect(all.get('p').grad).toBeUndefined();
    all.get('p').grad = fresh.ones([5]);
    all.release();
    expect(fresh.memory.inUse).toBe(0);
  });

  test('refuse a name that there is, and say which there are for one that there is not', () => {
    const all = parameters();
    all.within('a').make('b', [1], zeros);
    expect(faultOf(() => all.make('a.b', [1], zeros)).message).toContain('"a.b"');
    expect(faultOf(() => all.get('a.c')).full).toBe('There is no parameter "a.c". There are: a.b.');
  });
});
