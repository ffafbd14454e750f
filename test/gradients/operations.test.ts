// Every operation's gradient against finite differences, on random shapes, with sizes of 0 and 1, views and broadcasting.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gradCheck } from '../../src/engine/gradCheck.ts';
import { mul } from '../../src/engine/ops/mul.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { seededRandom } from '../../src/shared/environment.ts';
import { backends, engineOn } from './backends.ts';
import { cases } from './cases.ts';
import type { Case } from './draw.ts';

describe.each(backends)('gradients on $name', (backend) => {
  test.each(Object.entries(cases))('%s', (_, { draw }: Case) => {
    fc.assert(
      fc.property(draw, fc.integer(), ({ shapes, low = -2, high = 2, compute }, seed) => {
        const engine = engineOn(backend);
        const random = seededRandom(seed);
        const inputs = shapes.map((shape) => engine.uniform(shape, random, low, high, { requiresGrad: true }));
        const { passed, worst } = gradCheck((given) => compute(given, engine), inputs);
        expect(passed, JSON.stringify({ shapes, worst })).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  test('a wrong gradient is found', () => {
    const engine = engineOn(backend);
    const x = engine.tensor([0.5, -1], { requiresGrad: true });
    const cut = (y: Tensor) => engine.view(y, y.shape, y.strides); // no gradient flows through this
    const { passed, worst } = gradCheck(([given]) => mul(given, cut(given)), [x]);
    expect(passed).toBe(false);
    expect(worst?.computed).toBeCloseTo((worst?.measured as number) / 2, 3);
  });
});
