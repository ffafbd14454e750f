// How parameters begin: each way with the paper or the model it is from.

import type { Engine } from '../engine/engine.ts';
import type { Shape } from '../engine/shape.ts';
import type { Tensor } from '../engine/tensor.ts';
import type { Random } from '../shared/environment.ts';

/** Makes the first values of a parameter of some shape. */
export type Initialise = (engine: Engine, shape: Shape, random: Random) => Tensor;

export const zeros: Initialise = (engine, shape) => engine.zeros(shape);

export const ones: Initialise = (engine, shape) => engine.ones(shape);

/** Normal draws of mean 0. GPT-2 takes a deviation of 0.02 (Radford et al. 2019, and the code released with it). */
export function normal(deviation: number): Initialise {
  return (engine, shape, random) => engine.randn(shape, random, deviation);
}

/** Even draws from -bound to bound. */
export function uniform(bound: number): Initialise {
  return (engine, shape, random) => engine.uniform(shape, random, -bound, bound);
}

/**
 * Even draws with a variance of 1 / (3 inputs), as PyTorch begins its Linear; after LeCun et al. 1998, "Efficient
 * BackProp", who ask for a variance of 1 / inputs.
 */
export function byInputs(inputs: number): Initialise {
  return uniform(1 / Math.sqrt(Math.max(inputs, 1)));
}

/**
 * Even draws with a variance of 2 / (inputs + outputs), for tanh: signals keep their size forward, gradients backward
 * (Glorot and Bengio 2010).
 */
export function glorot(inputs: number, outputs: number): Initialise {
  return uniform(Math.sqrt(6 / Math.max(inputs + outputs, 1)));
}

/** Normal draws with a variance of 2 / inputs, for ReLU, which lets half of the signal through (He et al. 2015). */
export function he(inputs: number): Initialise {
  return normal(Math.sqrt(2 / Math.max(inputs, 1)));
}
