// One training step of a small GPT, told so that other programs can compute it too: the same weights, the same batch,
// and the same rule of change. And the step as the product takes it.

import type { Engine } from '../../../src/engine/engine.ts';
import { Gpt } from '../../../src/model/gpt.ts';
import { adamW } from '../../../src/model/optimisers/adam.ts';
import { decayOnMatrices } from '../../../src/model/optimisers/optimiser.ts';
import { trainingStep } from '../../../src/model/training.ts';
import { seededRandom } from '../../../src/shared/environment.ts';

export interface Size {
  readonly layers: number;
  /** Divides C. */
  readonly heads: number;
  readonly C: number;
  readonly T: number;
  /** B * T is a multiple of four. */
  readonly B: number;
  readonly vocabulary: number;
}

/** A parameter's numbers, in row-major order. */
export interface Weights {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export interface Task {
  readonly size: Size;
  /** By GPT-2's names; linear weights are (inputs, outputs), the head is the table of tokens, (V, C). */
  readonly weights: readonly Weights[];
  /** (B, T), flat; so are the targets. */
  readonly ids: Int32Array;
  readonly targets: Int32Array;
}

/** AdamW, with decay on matrices alone. */
export const CHANGE = { learningRate: 1e-3, betas: [0.9, 0.99], epsilon: 1e-8, weightDecay: 0.1 } as const;

/** One way to take the task's steps, all on its one batch, from its weights. */
export interface Way {
  readonly name: string;
  /** Takes a step: the loss before it, and the milliseconds that it took. */
  step(): Promise<{ readonly loss: number; readonly ms: number }>;
  /** Gives back what it holds. */
  end(): Promise<void>;
}

/** The weights that our model begins with, and a batch by chance; always the same for a size. */
export function makeTask(size: Size, engine: Engine): Task {
  const { parameters } = modelOf(size, engine);
  const weights = Array.from(parameters, ([name, tensor]) => ({
    name,
    shape: tensor.shape,
    values: Float32Array.from(tensor.toFlat()),
  }));
  parameters.release();
  const random = seededRandom(2);
  const draw = () => Int32Array.from({ length: size.B * size.T }, () => Math.floor(random() * size.vocabulary));
  return { size, weights, ids: draw(), targets: draw() };
}

/** The step as the product takes it. */
export function ourWay({ size, ids, targets }: Task, engine: Engine): Way {
  const model = modelOf(size, engine);
  const { betas, epsilon, weightDecay, learningRate } = CHANGE;
  const optimiser = adamW(decayOnMatrices(model.parameters, weightDecay), { betas, epsilon });
  const batch = [ids, targets].map((list) => engine.fromData(list, [size.B, size.T])); // each (B, T)
  return {
    name: engine.kernels.name,
    async step() {
      const begun = performance.now();
      const loss = trainingStep(model, optimiser, batch[0], batch[1], { learningRate });
      return { loss, ms: performance.now() - begun };
    },
    async end() {
      optimiser.release();
      model.parameters.release();
      for (const tensor of batch) {
        tensor.release();
      }
    },
  };
}

function modelOf({ layers, heads, C, T, vocabulary }: Size, engine: Engine): Gpt {
  const config = { vocabulary, context: T, layers, heads, channels: C, bias: false, dropout: 0, tied: true };
  return new Gpt(engine, config, seededRandom(1));
}
