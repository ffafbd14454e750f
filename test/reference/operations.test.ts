// Every operation, forward and backward, against what PyTorch computes: the fixtures made by make_fixtures.py.

import { describe, expect, test } from 'vitest';
import { backward } from '../../src/engine/autograd.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { backends, engineOn } from '../gradients/backends.ts';
import { computations } from './computations.ts';
import { type Encoded, fixtures, numbersOf, tensorOf } from './fixtures.ts';

test('every fixture is tried, and nothing is tried without one', () => {
  expect(Object.keys(computations).sort()).toEqual(Object.keys(fixtures.cases).sort());
});

describe.each(backends)('as PyTorch on $name', (backend) => {
  test.each(Object.entries(fixtures.cases))('%s', (name, { inputs, output, dy, gradients }) => {
    for (const compute of [computations[name]].flat()) {
      const engine = engineOn(backend);
      const tensors = inputs.map((input) => tensorOf(engine, input, input.dtype === 'f32'));
      const result = compute(tensors, engine);
      expectLike(result, output);
      if (dy !== undefined) {
        backward(result, { gradient: tensorOf(engine, dy) });
        gradients?.forEach((gradient, i) => {
          if (gradient !== null) {
            expectLike(tensors[i].grad ?? engine.zeros(tensors[i].shape), gradient);
          }
        });
      }
    }
  });

  test('AdamW over five steps', () => {
    const engine = engineOn(backend);
    const parameter = tensorOf(engine, fixtures.adamW.parameter);
    const moments = [engine.zeros(parameter.shape), engine.zeros(parameter.shape)] as const;
    fixtures.adamW.steps.forEach((expected, i) => {
      engine.kernels.adamW(parameter, tensorOf(engine, expected.gradient), ...moments, {
        learningRate: 0.01,
        beta1: 0.9,
        beta2: 0.99,
        epsilon: 1e-8,
        weightDecay: 0.1,
        step: i + 1,
      });
      expectLike(parameter, expected.parameter);
    });
  });
});

/** Within 1e-5, or that share of larger numbers; NaN and infinities in the same places; ids and indices exactly. */
function expectLike(actual: Tensor, encoded: Encoded): void {
  expect(actual.shape).toEqual(encoded.shape);
  expect(actual.dtype).toBe(encoded.dtype);
  const got = actual.toFlat();
  const tolerance = encoded.dtype === 'i32' ? 0 : 1e-5;
  numbersOf(encoded).forEach((wanted, i) => {
    const near = Math.abs(got[i] - wanted) <= tolerance * Math.max(Math.abs(wanted), 1);
    expect(near || Object.is(got[i], wanted), `element ${i}: ${got[i]}, PyTorch: ${wanted}`).toBe(true);
  });
}
