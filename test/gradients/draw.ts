// Random shapes for the engine's tests: sizes of 0 and 1 among them, pairs that broadcast either way, axes from both ends.

import fc from 'fast-check';
import type { Engine } from '../../src/engine/engine.ts';
import { add } from '../../src/engine/ops/add.ts';
import type { Tensor } from '../../src/engine/tensor.ts';
import { seededRandom } from '../../src/shared/environment.ts';

export interface Drawn {
  readonly shapes: readonly (readonly number[])[];
  /** Where the inputs lie; -2 to 2 unless given. */
  readonly low?: number;
  readonly high?: number;
  compute(inputs: readonly Tensor[], engine: Engine): Tensor;
}

export interface Case {
  readonly draw: fc.Arbitrary<Drawn>;
}

export const size = fc.integer({ min: 0, max: 4 });
export const filled = fc.integer({ min: 1, max: 5 });
export const shape = fc.array(size, { maxLength: 4 });
export const seed = fc.integer();

/** Two shapes that broadcast against each other, either of them the one that is repeated. */
export const broadcasting = shape.chain((whole) =>
  fc
    .tuple(
      ...[0, 1].map(() =>
        fc.tuple(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.integer({ min: 0, max: whole.length })),
      ),
    )
    .map((choices) =>
      choices.map(([ones, missing], which) =>
        whole.map((length, axis) => (ones[axis] ? 1 : length)).slice(which === 0 ? 0 : missing),
      ),
    ),
);

/** A shape of at least one axis, with one of its axes, from either end. */
export const shapeAndAxis = fc
  .array(filled, { minLength: 1, maxLength: 4 })
  .chain((whole) => fc.tuple(fc.constant(whole), fc.integer({ min: -whole.length, max: whole.length - 1 })));

export const one = (compute: (x: Tensor, engine: Engine) => Tensor, low?: number, high?: number): Case => ({
  draw: shape.map((drawn) => ({
    shapes: [drawn],
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    compute: ([x], engine) => compute(x, engine),
  })),
});

export const two = (compute: (a: Tensor, b: Tensor) => Tensor, low?: number, high?: number): Case => ({
  draw: broadcasting.map((shapes) => ({
    shapes,
    ...(low !== undefined && { low }),
    ...(high !== undefined && { high }),
    compute: ([a, b]) => compute(a, b),
  })),
});

export const along = (compute: (x: Tensor, axis: number) => Tensor): Case => ({
  draw: shapeAndAxis.map(([drawn, axis]) => ({ shapes: [drawn], compute: ([x]) => compute(x, axis) })),
});

/** Ids in 0 to count - 1, always the same for a seed. */
export const idsOf = (engine: Engine, count: number, drawn: readonly number[], from: number): Tensor => {
  const random = seededRandom(from);
  const length = drawn.reduce((product, n) => product * n, 1);
  return engine.fromData(
    Int32Array.from({ length }, () => Math.floor(random() * count)),
    drawn,
  );
};

/** Apart from each other by more than finite differences move them, so that the largest stays the largest. */
export const spread = (x: Tensor): Tensor => {
  const steps = Float32Array.from({ length: x.size }, (_, i) => ((i * 7) % Math.max(x.size, 1)) * 6);
  return add(x, x.engine.fromData(steps, x.shape));
};
