// Random shapes for the engine's tests: sizes of 0 and 1 among them, pairs that broadcast either way, axes from both ends.

import fc from 'fast-check';
import type { Engine } from '../../src/engine/engine.ts';
import { add } from '../../src/engine/ops/add.ts';
import { expand } from '../../src/engine/ops/expand.ts';
import { tanh } from '../../src/engine/ops/tanh.ts';
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

/** A shape of at least one axis, with one of its axes, from either end, that is not empty; others may be. */
export const shapeAndAxis = fc
  .tuple(fc.array(size, { minLength: 1, maxLength: 4 }), fc.nat(), filled)
  .map(([whole, at, length]): [number[], number] => {
    const axis = (at % (2 * whole.length)) - whole.length;
    return [whole.with(axis, length), axis];
  });

/** As {@link shapeAndAxis}, and that axis may be empty, too. */
export const shapeAndAnyAxis = fc
  .tuple(shapeAndAxis, size)
  .map(([[whole, axis], length]): [number[], number] => [whole.with(axis, length), axis]);

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

export const along = (compute: (x: Tensor, axis: number) => Tensor, draw = shapeAndAxis): Case => ({
  draw: draw.map(([drawn, axis]) => ({ shapes: [drawn], compute: ([x]) => compute(x, axis) })),
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

/** The smaller of two shapes, repeated to the shape of both together. */
export function expanding(a: readonly number[], b: readonly number[]): Drawn {
  const whole = a.map((length, axis) => {
    const other = b[axis - a.length + b.length] ?? 1;
    return length === 1 ? other : length;
  });
  return { shapes: [b], compute: ([x]) => tanh(expand(x, whole)) };
}
