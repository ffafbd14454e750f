// Optimisers and clipping against PyTorch's own, step by step.

import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { normal } from '../../../src/model/initialise.ts';
import { adam, adamW } from '../../../src/model/optimisers/adam.ts';
import { clipGradients, gradientNorm } from '../../../src/model/optimisers/clip.ts';
import { momentum } from '../../../src/model/optimisers/momentum.ts';
import { decayOnMatrices, type Optimiser, type ParameterGroup } from '../../../src/model/optimisers/optimiser.ts';
import { rmsProp } from '../../../src/model/optimisers/rmsProp.ts';
import { sgd } from '../../../src/model/optimisers/sgd.ts';
import { Parameters } from '../../../src/model/parameters.ts';
import { seededRandom } from '../../../src/shared/environment.ts';
import { backends, engineOn } from '../../gradients/backends.ts';
import { expectLike, fixture, tensorOf } from './fixtures.ts';

const file = fixture('optimisers.safetensors');
const names = ['matrix', 'vector'] as const;

const optimisers: Readonly<Record<string, (groups: readonly ParameterGroup[]) => Optimiser>> = {
  sgd,
  momentum: (groups) => momentum(groups, { momentum: 0.8 }),
  rmsProp: (groups) => rmsProp(groups, { smoothing: 0.95, epsilon: 1e-6 }),
  adam: (groups) => adam(groups, { betas: [0.8, 0.95], epsilon: 1e-6 }),
  adamW: (groups) => adamW(groups, { betas: [0.8, 0.95], epsilon: 1e-6 }),
};

function parametersOf(engine: Engine): Parameters {
  const parameters = new Parameters(engine, seededRandom(1));
  for (const name of names) {
    parameters.make(name, file.shapeOf(`start/${name}`), () => tensorOf(engine, file, `start/${name}`));
  }
  return parameters;
}

function setGradients(parameters: Parameters, step: number): void {
  parameters.zeroGrad();
  for (const [name, tensor] of parameters) {
    tensor.grad = tensorOf(tensor.engine, file, `gradient/${step}/${name}`);
  }
}

describe.each(backends)('as PyTorch on $name', (backend) => {
  test.each(
    Object.keys(optimisers).flatMap(
      (kind) =>
        [
          [kind, 0.0],
          [kind, 0.2],
        ] as const,
    ),
  )('%s with a decay of %f on matrices', (kind, decay) => {
    const engine = engineOn(backend);
    const parameters = parametersOf(engine);
    const optimiser = optimisers[kind](decayOnMatrices(parameters, decay));
    const rates = file.tensor('rates').data;
    let inUse = 0;
    rates.forEach((rate, step) => {
      setGradients(parameters, step);
      inUse = engine.memory.inUse;
      optimiser.step(rate);
      expect(engine.memory.inUse).toBe(inUse);
      for (const name of names) {
        expectLike(parameters.get(name), file, `${kind}/${decay.toFixed(1)}/${step}/${name}`);
      }
    });
    optimiser.release();
    parameters.release();
    expect(engine.memory.inUse).toBe(0);
  });

  test.each([1, 100])('gradients clipped to a norm of %d', (most) => {
    const engine = engineOn(backend);
    const parameters = parametersOf(engine);
    setGradients(parameters, 0);
    const norm = clipGradients(parameters.tensors, most);
    expect(norm).toBeCloseTo(file.tensor(`clip/${most}/norm`).data[0], 4);
    expect(gradientNorm(parameters.tensors)).toBeCloseTo(Math.min(norm, most), 4);
    for (const [name, { grad }] of parameters) {
      expectLike(grad!, file, `clip/${most}/${name}`);
    }
  });
});

test('a parameter without a gradient is left as it is, and counts its own steps', () => {
  const engine = engineOn(backends[0]);
  const run = (idle: number) => {
    const parameters = new Parameters(engine, seededRandom(1));
    const parameter = parameters.make('p', [3], normal(1));
    const before = parameter.toFlat();
    const optimiser = adamW([{ parameters: parameters.tensors, weightDecay: 0.5 }]);
    for (let i = 0; i < idle; i++) {
      optimiser.step(0.1);
    }
    expect(parameter.toFlat()).toEqual(before);
    parameter.grad = engine.ones([3]);
    optimiser.step(0.1);
    return parameter.toFlat();
  };
  expect(run(5)).toEqual(run(0));
});

test('decay is for matrices, not for biases and norms', () => {
  const engine = engineOn(backends[0]);
  const parameters = parametersOf(engine);
  expect(decayOnMatrices(parameters, 0.1)).toEqual([
    { parameters: [parameters.get('matrix')], weightDecay: 0.1 },
    { parameters: [parameters.get('vector')], weightDecay: 0 },
  ]);
});
