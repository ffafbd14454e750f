// Every backend computes what the reference loops compute, forward and backward, on random shapes and views.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backward, zeroGrad } from '../../src/engine/autograd.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { type Backend, backends, engineOn } from './backends.ts';
import { cases } from './cases.ts';
import type { Drawn } from './draw.ts';

const [reference, ...others] = backends;

describe.each(others)('$name as the reference', (backend) => {
  test.each(Object.entries(cases))('%s', (_, { draw }) => {
    fc.assert(
      fc.property(draw, fc.integer(), (drawn, seed) => {
        const expected = results(reference, drawn, seed);
        results(backend, drawn, seed).forEach((list, which) => {
          expect(list.length).toBe(expected[which].length);
          list.forEach((value, i) => {
            const wanted = expected[which][i];
            const near = Math.abs(value - wanted) <= 1e-5 * Math.max(1, Math.abs(wanted));
            expect(near || Object.is(value, wanted), `${value}, reference: ${wanted}`).toBe(true);
          });
        });
      }),
      { numRuns: 30 },
    );
  });
});

/** The output and the gradients of all inputs, as lists. */
function results(backend: Backend, { shapes, low = -2, high = 2, compute }: Drawn, seed: number): number[][] {
  const engine = engineOn(backend);
  const random = seededRandom(seed);
  const inputs = shapes.map((shape) => engine.uniform(shape, random, low, high, { requiresGrad: true }));
  const output = compute(inputs, engine);
  backward(output, { gradient: engine.uniform(output.shape, random, -1, 1) });
  const lists = [output, ...inputs.map(({ grad, shape }) => grad ?? engine.zeros(shape))].map((tensor) =>
    Array.from(tensor.toFlat()),
  );
  zeroGrad(inputs);
  return lists;
}
