// Layer norm (Ba, Kiros and Hinton 2016): each row to mean 0 and variance 1, then a learned scale and shift.

import { apply, type Operation } from '../autograd.ts';
import { axisOf, sameShape } from '../shape.ts';
import type { Tensor } from '../tensor.ts';
import { checkDtype, dense, shapeFault } from './support.ts';

export interface LayerNormOptions {
  /** (C,), or none: then nothing is scaled. */
  readonly weight?: Tensor | undefined;
  /** (C,), or none. */
  readonly bias?: Tensor | undefined;
  /** Keeps the division finite where a row is constant; 1e-5 unless given. */
  readonly epsilon?: number;
}

/**
 * (x - mean) / sqrt(variance + epsilon) * weight + bias over the last axis of x (..., C).
 *
 * @throws Fault `bad-input` when weight or bias are not (C,).
 */
export function layerNorm(x: Tensor, { weight, bias, epsilon = 1e-5 }: LayerNormOptions = {}): Tensor {
  for (const parameter of [weight, bias]) {
    checkParameter('layerNorm', x, parameter);
  }
  const inputs = [x, weight, bias].filter((tensor) => tensor !== undefined);
  return apply(layerNormOperation, inputs, { epsilon, hasWeight: weight !== undefined, hasBias: bias !== undefined });
}

interface Attributes {
  readonly epsilon: number;
  readonly hasWeight: boolean;
  readonly hasBias: boolean;
}

/** `layerNorm`: forward, and backward beside it. */
export const layerNormOperation: Operation<Attributes> = {
  name: 'layerNorm',
  inputs: ['x', 'weight', 'bias'],
  formula: 'y = n * weight + bias, n = (x - mean) / sqrt(variance + epsilon)',
  gradient: 'dx = (g - mean(g) - n mean(g n)) / sqrt(variance + epsilon), g = dy * weight',
  forward(inputs, { epsilon, hasWeight, hasBias }, save) {
    const [x] = inputs;
    const { engine } = x;
    const weight = hasWeight ? dense(inputs[1]) : undefined; // (C,)
    const bias = hasBias ? dense(inputs[inputs.length - 1]) : undefined; // (C,)
    const y = engine.empty(x.shape); // (..., C)
    const means = engine.empty(x.shape.slice(0, -1)); // (...)
    const inverses = engine.empty(x.shape.slice(0, -1)); // (...)
    engine.kernels.layerNorm(dense(x), weight, bias, epsilon, y, means, inverses);
    save(x, means, inverses, ...(weight === undefined ? [] : [weight]));
    return y;
  },
  backward(dy, { saved: [x, means, inverses, weight], attributes: { hasWeight, hasBias }, needs, inputs, engine }) {
    const dx = needs[0] ? engine.empty(x.shape) : undefined; // (..., C)
    const dWeight = hasWeight ? engine.zeros(inputs[1].shape) : undefined; // (C,)
    const dBias = hasBias ? engine.zeros([x.shape[x.rank - 1]]) : undefined; // (C,)
    engine.kernels.layerNormBackward(dense(x), weight, means, inverses, dense(dy), dx, dWeight, dBias);
    return [dx, ...(hasWeight ? [dWeight] : []), ...(hasBias ? [dBias] : [])];
  },
};

/** @throws Fault `bad-input` unless x is f32 (..., C) and the parameter, where there is one, f32 (C,). */
export function checkParameter(operation: string, x: Tensor, parameter: Tensor | undefined): void {
  checkDtype(operation, x, 'f32');
  const columns = x.shape[axisOf(operation, -1, x.shape)];
  if (parameter !== undefined) {
    checkDtype(operation, parameter, 'f32');
    if (!sameShape(parameter.shape, [columns])) {
      const what = `axis -1 has ${columns} and ${parameter.shape.at(-1) ?? 'nothing'}`;
      throw shapeFault(operation, x.shape, parameter.shape, what, `Weight and bias must be (${columns},).`);
    }
  }
}
