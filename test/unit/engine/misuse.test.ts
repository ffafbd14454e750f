// What goes wrong in the middle leaves nothing behind, and what is asked for wrongly is refused before it is begun.

import { describe, expect, test } from 'vitest';
import { backward, zeroGrad } from '../../../src/engine/autograd.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { gradCheck } from '../../../src/engine/gradCheck.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import { mul } from '../../../src/engine/ops/mul.ts';
import { reshape } from '../../../src/engine/ops/reshape.ts';
import { sqrt } from '../../../src/engine/ops/sqrt.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { transpose } from '../../../src/engine/ops/transpose.ts';
import { maskedFill } from '../../../src/engine/ops/where.ts';
import type { Nested } from '../../../src/engine/tensor.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { faultOf } from './faultOf.ts';

describe.each(backends)('on $name', (backend) => {
  test('a backward pass that runs out of memory gives back what it had', () => {
    let refused = 0;
    for (let taken = 0; taken < 10; taken++) {
      const engine = engineOn(backend, 4000);
      const x = engine.ones([100], { requiresGrad: true });
      try {
        engine.scope(() => {
          engine.empty([100 * taken]);
          backward(sum(mul(mul(x, x), x)));
        });
      } catch (error) {
        expect(error).toMatchObject({ code: 'too-large' });
        refused++;
      }
      zeroGrad([x]);
      expect(engine.memory.inUse).toBe(400);
    }
    expect(refused).toBeGreaterThan(3);
  });

  test('an operation that is refused holds on to none of its inputs', () => {
    const engine = engineOn(backend);
    const x = engine.ones([2, 3], { requiresGrad: true });
    const y = engine.ones([4]);
    faultOf(() => mul(x, y));
    x.release();
    y.release();
    expect(engine.memory.inUse).toBe(0);
  });

  test('a gradient that a scope returns outlives its leaf, and belongs to the scope around', () => {
    const engine = engineOn(backend);
    engine.scope(() => {
      const gradient = engine.scope(() => {
        const x = engine.tensor([1, 2], { requiresGrad: true });
        backward(sum(mul(x, x)));
        return x.grad;
      });
      expect(gradient?.toNested()).toEqual([2, 4]);
    });
    expect(engine.memory.inUse).toBe(0);
  });

  test('backward takes gradients of its own engine and of f32 only', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([1, 2], { requiresGrad: true });
    const given = (by: Engine, dtype: 'f32' | 'i32') => by.tensor([3, 4], { dtype });
    const fault = faultOf(() => backward(reshape(x, [2]), { gradient: given(engine, 'i32') }));
    expect(fault.message).toBe('backward: the gradient a tensor (2,) is i32.');
    const other = faultOf(() => backward(reshape(x, [2]), { gradient: given(engineOn(backend), 'f32') }));
    expect(other.message).toBe('backward: the gradient a tensor (2,) belongs to another engine.');
    expect(x.grad).toBeUndefined();
  });

  test('numbers that there is no memory for are refused before they are drawn', () => {
    const engine = engineOn(backend);
    const never = () => {
      throw new Error('Nothing is to be drawn.');
    };
    for (const make of [
      () => engine.randn([3e9], never),
      () => engine.uniform([3e9], never),
      () => engine.arange(3e9),
    ]) {
      expect(faultOf(make)).toMatchObject({ code: 'too-large', remedy: expect.stringMatching(/smaller sizes/) });
    }
    expect(faultOf(() => engine.arange(2.5)).message).toBe('arange: 2.5 in the shape (2.5,) is no size.');
    expect(faultOf(() => engine.uniform([2], seededRandom(1), 0, 9, { dtype: 'i32' })).code).toBe('bad-input');
    expect(faultOf(() => engine.zeros([4], { dtype: 'i32', requiresGrad: true })).code).toBe('bad-input');
    expect(engine.memory.inUse).toBe(0);
  });
});

describe('gradCheck', () => {
  const engine = engineOn({ name: 'reference', create: referenceKernels });
  const square = ([x]: readonly Parameters<typeof mul>[0][]) => mul(x, x);

  test('sees a gradient that is NaN among others that are right', () => {
    // The branch that is not taken has an infinite slope at 0: 0 times infinity on the way back.
    const x = engine.tensor([0, 4], { requiresGrad: true });
    const at0 = engine.tensor([1, 0], { dtype: 'i32' });
    const positive = ([x]: readonly Parameters<typeof mul>[0][]) => maskedFill(sqrt(mul(x, x)), at0, 0);
    const { passed, worst } = gradCheck(positive, [x]);
    expect(passed).toBe(false);
    expect(worst).toMatchObject({ element: 0, computed: Number.NaN });
  });

  test('has nothing to say where nothing is checked', () => {
    expect(faultOf(() => gradCheck(square, [engine.tensor([1])])).message).toMatch(/there is nothing to check/);
    expect(faultOf(() => gradCheck(() => engine.tensor([1]), [])).message).toMatch(/there is nothing to check/);
  });

  test('refuses views, whose elements it can not move one by one', () => {
    const x = transpose(engine.ones([2, 3]));
    x.requiresGrad = true;
    expect(faultOf(() => gradCheck(square, [x])).message).toMatch(/a tensor \(3, 2\) is a view/);
  });

  test('puts the element back when the computation fails in the middle', () => {
    const x = engine.tensor([1, 4], { requiresGrad: true });
    let runs = 0;
    const breaking = (inputs: Parameters<typeof square>[0]) => {
      if (++runs === 4) {
        throw new Error('broken');
      }
      return square(inputs);
    };
    expect(() => gradCheck(breaking, [x])).toThrow('broken');
    expect(x.toNested()).toEqual([1, 4]);
  });
});

test.each([
  ['a hole', [1, undefined], 'undefined at depth 1'],
  ['a text', 'abc', 'abc at depth 0'],
  ['a typed array', [Float32Array.of(1, 2)], '1,2 at depth 1'],
])('a tensor of %s is refused', (_, nested, where) => {
  const engine = engineOn(backends[0]!);
  const fault = faultOf(() => engine.tensor(nested as unknown as Nested));
  expect(fault).toMatchObject({ code: 'bad-input', message: `tensor: ${where} is neither a number nor a list.` });
});
