// The tiny autograd for single numbers: against measured slopes, and against the engine, whose gradients are held to
// PyTorch's.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backward as engineBackward } from '../../../src/engine/autograd.ts';
import { Engine } from '../../../src/engine/engine.ts';
import { referenceKernels } from '../../../src/engine/kernels/reference.ts';
import * as ops from '../../../src/engine/ops/add.ts';
import { mul as mulTensors } from '../../../src/engine/ops/mul.ts';
import { sub as subTensors } from '../../../src/engine/ops/sub.ts';
import { tanh as tanhTensor } from '../../../src/engine/ops/tanh.ts';
import type { Tensor } from '../../../src/engine/tensor.ts';
import {
  add,
  backward,
  backwardSteps,
  inputsFirst,
  mul,
  type Scalar,
  scalar,
  sub,
  tanh,
} from '../../../src/model/scalar.ts';

/** A computation as a list of steps: each takes two of the numbers before it, the last one's result is the loss. */
const recipes = fc.record({
  given: fc.array(fc.double({ min: -1.5, max: 1.5, noNaN: true }), { minLength: 2, maxLength: 4 }),
  steps: fc.array(fc.record({ op: fc.constantFrom('add', 'sub', 'mul', 'tanh'), a: fc.nat(), b: fc.nat() }), {
    minLength: 1,
    maxLength: 6,
  }),
});
type Recipe = typeof recipes extends fc.Arbitrary<infer T> ? T : never;

function compute<T>(given: readonly T[], { steps }: Recipe, by: Readonly<Record<string, (a: T, b: T) => T>>): T {
  const numbers = [...given];
  for (const { op, a, b } of steps) {
    // The newest number is always used, so that nothing is computed in vain.
    numbers.push(by[op]!(numbers.at(-1)!, numbers[(a + b) % numbers.length]!));
  }
  return numbers.at(-1)!;
}

const scalars = { add, sub, mul, tanh: (x: Scalar) => tanh(x) };
const plain = {
  add: (a: number, b: number) => a + b,
  sub: (a: number, b: number) => a - b,
  mul: (a: number, b: number) => a * b,
  tanh: (x: number) => Math.tanh(x),
};
const tensors = { add: ops.add, sub: subTensors, mul: mulTensors, tanh: (x: Tensor) => tanhTensor(x) };

describe('the tiny autograd', () => {
  it('gives the slopes that are measured', () => {
    fc.assert(
      fc.property(recipes, (recipe) => {
        const leaves = recipe.given.map(scalar);
        const loss = compute(leaves, recipe, scalars);
        expect(loss.value).toBe(compute(recipe.given, recipe, plain));
        backward(loss);
        leaves.forEach(({ gradient }, i) => {
          const h = 1e-4;
          const at = (move: number) => compute(recipe.given.with(i, recipe.given[i]! + move), recipe, plain);
          const measured = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h);
          expect(Math.abs(gradient - measured)).toBeLessThan(1e-5 * Math.max(1, Math.abs(measured)));
        });
      }),
      { numRuns: 100 },
    );
  });

  it('agrees with the engine', () => {
    const engine = new Engine(referenceKernels());
    fc.assert(
      fc.property(recipes, (recipe) => {
        const leaves = recipe.given.map(scalar);
        backward(compute(leaves, recipe, scalars));
        const inputs = recipe.given.map((value) => engine.tensor(value, { requiresGrad: true }));
        const loss = compute<Tensor>(inputs, recipe, tensors);
        if (loss.requiresGrad) {
          engineBackward(loss);
        }
        leaves.forEach(({ gradient }, i) => {
          const there = inputs[i]!.grad?.item() ?? 0;
          expect(Math.abs(gradient - there)).toBeLessThan(1e-4 * Math.max(1, Math.abs(gradient)));
        });
      }),
      { numRuns: 50 },
    );
  });

  it('adds up over both uses of one number, and waits for the longer arm of a diamond', () => {
    const x = scalar(3);
    backward(mul(x, x));
    expect(x.gradient).toBe(6);
    const [a, b] = [scalar(2), scalar(0.25)];
    const p = mul(a, b);
    backward(mul(p, tanh(p)));
    // d/dp (p tanh p) = tanh p + p (1 - tanh² p), by the rule for products.
    const slope = Math.tanh(0.5) + 0.5 * (1 - Math.tanh(0.5) ** 2);
    expect(a.gradient).toBeCloseTo(slope * 0.25, 12);
    expect(b.gradient).toBeCloseTo(slope * 2, 12);
  });

  it('steps through each number once, the loss first and inputs last', () => {
    const x = scalar(1);
    const loss = mul(add(x, x), x);
    const order = [...backwardSteps(loss)];
    expect(order).toHaveLength(3);
    expect(order[0]).toBe(loss);
    expect(order.at(-1)).toBe(x);
    expect(inputsFirst(loss)).toEqual(order.toReversed());
    expect(x.gradient).toBe(4);
  });
});
