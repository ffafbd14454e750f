// The graph: how gradients accumulate, when it is released, and what memory stays in use.

import { describe, expect, test } from 'vitest';
import { backward, detach, zeroGrad } from '../../../src/engine/autograd.ts';
import { gradCheck } from '../../../src/engine/gradCheck.ts';
import { add } from '../../../src/engine/ops/add.ts';
import { attention } from '../../../src/engine/ops/attention.ts';
import { crossEntropy } from '../../../src/engine/ops/crossEntropy.ts';
import { matmul } from '../../../src/engine/ops/matmul.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { reshape } from '../../../src/engine/ops/reshape.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { tanh } from '../../../src/engine/ops/tanh.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from './faultOf.ts';

describe.each(backends)('gradients on $name', (backend) => {
  test('accumulate over calls, until they are zeroed', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([3], { requiresGrad: true });
    backward(sum(mul(x, x)));
    expect(x.grad?.toNested()).toEqual([6]);
    backward(sum(mul(x, x)));
    expect(x.grad?.toNested()).toEqual([12]);
    zeroGrad([x]);
    expect(x.grad).toBeUndefined();
  });

  test('add up where a tensor is used more than once', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([2, -1], { requiresGrad: true });
    const y = mul(x, 3);
    backward(sum(add(add(y, y), mul(y, x)))); // 6x + 3x^2
    expect(x.grad?.toNested()).toEqual([18, 0]);
  });

  test('stop at detach and in noGrad', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([2], { requiresGrad: true });
    backward(sum(mul(x, detach(x))));
    expect(x.grad?.toNested()).toEqual([2]);
    const y = engine.noGrad(() => mul(x, x));
    expect(y.requiresGrad).toBe(false);
    expect(faultOf(() => backward(sum(y))).message).toBe('backward: no gradient flows to a tensor ().');
    expect(engine.gradients).toBe(true);
  });

  test('a graph is released after backward, unless it is kept', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([2], { requiresGrad: true });
    const loss = sum(mul(x, x));
    backward(loss, { keepGraph: true });
    backward(loss);
    expect(x.grad?.toNested()).toEqual([8]);
    expect(faultOf(() => backward(loss)).message).toMatch(/graph of a tensor \(\) \(sum\) was already released/);
  });

  test('a released tensor is refused with a way out', () => {
    const engine = engineOn(backend);
    const inner = engine.scope(() => {
      const lost = engine.ones([2]);
      return { lost: () => lost, found: engine.ones([2]) };
    });
    expect(inner.found.released).toBe(false);
    expect(faultOf(() => mul(inner.lost(), 2)).full).toMatch(/^a tensor \(2,\) was released: .* keep\(\)/);
  });

  test('backward asks for a gradient where the loss is no single number, and checks it', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([1, 2], { requiresGrad: true, name: 'weights' });
    expect(faultOf(() => backward(mul(x, x))).message).toBe('backward: a tensor (2,) is no single number.');
    expect(faultOf(() => backward(mul(x, x), { gradient: engine.ones([3]) })).message).toMatch(/shape \(3,\).*\(2,\)/);
    backward(mul(x, x), { gradient: engine.tensor([1, 10]) });
    expect(x.grad?.toNested()).toEqual([2, 40]);
  });

  test('a graph of 20,000 operations needs no deep stack', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([1], { requiresGrad: true });
    engine.scope(() => {
      let y = mul(x, 1);
      for (let i = 0; i < 20_000; i++) {
        y = add(y, 0);
      }
      backward(sum(y));
    });
    expect(x.grad?.toNested()).toEqual([1]);
    engine.scope(() => {
      let y = mul(x, 1);
      for (let i = 0; i < 20_000; i++) {
        y = add(y, 0);
      }
    });
  });

  test('memory is flat over steps of training, and all of it comes back', () => {
    const engine = engineOn(backend);
    const random = seededRandom(1);
    const empty = engine.memory.inUse;
    const weights = [engine.randn([8, 16], random), engine.randn([16, 8], random)];
    for (const weight of weights) {
      weight.requiresGrad = true;
    }
    const targets = engine.arange(6);
    const step = () =>
      engine.scope(() => {
        const x = engine.randn([1, 6, 8], random); // (B, T, C)
        const h = tanh(matmul(attention(x, x, x, { causal: true }), weights[0])); // (B, T, 2 C)
        const logits = reshape(matmul(h, weights[1]), [6, 8]); // (B T, C)
        const loss = crossEntropy(logits, targets);
        backward(loss);
        zeroGrad(weights);
        return loss.item();
      });
    step();
    const [inUse, peak] = [engine.memory.inUse, engine.memory.peak];
    for (let i = 0; i < 50; i++) {
      expect(step()).toBeGreaterThan(0);
    }
    expect(engine.memory.inUse).toBe(inUse);
    expect(engine.memory.peak).toBe(peak);
    for (const tensor of [...weights, targets]) {
      tensor.release();
    }
    expect(engine.memory.inUse).toBe(empty);
  });

  test('a graph that nobody runs backward is released with its end', () => {
    const engine = engineOn(backend);
    const x = engine.ones([4], { requiresGrad: true });
    const before = engine.memory.inUse;
    const y = engine.scope(() => tanh(mul(tanh(x), tanh(mul(x, x)))));
    expect(engine.memory.inUse).toBeGreaterThan(before);
    y.release();
    expect(engine.memory.inUse).toBe(before);
    expect(() =>
      engine.scope(() => {
        tanh(mul(x, x));
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(engine.memory.inUse).toBe(before);
  });
});

describe('views', () => {
  test('share their storage, which lives as long as one of them', () => {
    const engine = engineOn(backends[0]);
    const x = engine.tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const inUse = engine.memory.inUse;
    const y = transpose(x);
    expect(y.storage).toBe(x.storage);
    expect(engine.memory.inUse).toBe(inUse);
    x.release();
    expect(y.toNested()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
    y.release();
    expect(engine.memory.inUse).toBe(0);
  });
});

test('gradCheck names the worst element', () => {
  const engine = engineOn(backends[0]);
  const x = engine.tensor([0.1, 0.2, 3], { requiresGrad: true });
  const { passed, worst } = gradCheck(([given]) => mul(given, detach(given)), [x]);
  expect(passed).toBe(false);
  expect(worst).toMatchObject({ input: 0, element: 2 });
});
