// Cross entropy and log softmax of logits so large that an f32 has no room for their logarithms beside them.

import { describe, expect, test } from 'vitest';
import { backward, zeroGrad } from '../../../src/engine/autograd.ts';
import { crossEntropy } from '../../../src/engine/ops/crossEntropy.ts';
import { logSoftmax } from '../../../src/engine/ops/softmax.ts';
import { sum } from '../../../src/engine/ops/sum.ts';
import { backends, engineOn } from '../../gradients/backends.ts';

interface Case {
  readonly logits: readonly number[];
  readonly target: number;
  readonly loss: number;
  /** Of the loss, at the logits. */
  readonly gradient: readonly number[];
  readonly logShares: readonly number[];
}

/** As PyTorch 2.15 computes them in f32: F.cross_entropy, its gradient, F.log_softmax. */
const cases: readonly Case[] = [
  {
    logits: [1e6, 1e6, 1e6],
    target: 0,
    loss: 1.09861231,
    gradient: [-0.666666687, 0.333333313, 0.333333313],
    logShares: [-1.09861231, -1.09861231, -1.09861231],
  },
  {
    logits: [1e6, 999999, 1000002],
    target: 1,
    loss: 3.16984606,
    gradient: [0.114195198, -0.957989931, 0.843794703],
    logShares: [-2.16984606, -3.16984606, -0.169846043],
  },
  {
    logits: [-1e6, -999999.5, -1000003],
    target: 0,
    loss: 0.992699146,
    gradient: [-0.62942493, 0.610975027, 0.0184498485],
    logShares: [-0.992699146, -0.492699146, -3.99269915],
  },
  {
    logits: [1e6, 1e6, 1e6, 1e6, 999999],
    target: 4,
    loss: 2.4742775,
    gradient: [0.228944048, 0.228944048, 0.228944048, 0.228944048, -0.915776193],
    logShares: [-1.47427762, -1.47427762, -1.47427762, -1.47427762, -2.4742775],
  },
  {
    logits: [1e8, 1e8, 1e8],
    target: 2,
    loss: 1.09861231,
    gradient: [0.333333313, 0.333333313, -0.666666687],
    logShares: [-1.09861231, -1.09861231, -1.09861231],
  },
  {
    logits: [1e8, 99999992, 100000008],
    target: 0,
    loss: 8.00033569,
    gradient: [-0.999664664, 1.12497403e-7, 0.999664545],
    logShares: [-8.00033569, -16.0003357, -0.000335517863],
  },
];

/** Within a millionth of PyTorch's, or within that share of larger numbers. */
function expectNear(got: ArrayLike<number>, wanted: readonly number[]): void {
  const far = wanted.map((number, i) => Math.abs(got[i] - number) / Math.max(1, Math.abs(number)));
  expect(Math.max(...far), `${Array.from(got)} should be ${wanted}`).toBeLessThan(1e-6);
}

describe.each(backends)('on $name', (backend) => {
  test.each(cases)('$logits: the loss and its gradient', ({ logits, target, loss, gradient }) => {
    const engine = engineOn(backend);
    const x = engine.tensor([[...logits]]);
    x.requiresGrad = true;
    const targets = engine.fromData(Int32Array.of(target), [1]);
    for (const perRow of [false, true]) {
      const computed = crossEntropy(x, targets, { perRow });
      expectNear(computed.toFlat(), [loss]);
      backward(sum(computed));
      expectNear(x.grad!.toFlat(), gradient);
      zeroGrad([x]);
    }
  });

  test.each(cases)('$logits: the logarithms of the shares, and their gradient', ({ logits, target, ...wanted }) => {
    const engine = engineOn(backend);
    const x = engine.tensor([[...logits]]);
    x.requiresGrad = true;
    const y = logSoftmax(x);
    expectNear(y.toFlat(), wanted.logShares);
    // Minus the logarithm at the target is the loss.
    backward(y, { gradient: engine.tensor([logits.map((_, c) => (c === target ? -1 : 0))]) });
    expectNear(x.grad!.toFlat(), wanted.gradient);
  });
});
