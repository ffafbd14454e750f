// Checks a gradient by wiggling the inputs: what `backward` says against what is measured. Costs four runs an element,
// so small tensors do.

import { Fault } from '../shared/errors.ts';
import { backward, zeroGrad } from './autograd.ts';
import type { Tensor } from './tensor.ts';

/** An element, and what both ways say about it. */
export interface GradientDifference {
  /** Which input. */
  readonly input: number;
  /** Which element of it, in row-major order. */
  readonly element: number;
  /** d total / d element, by `backward`. */
  readonly computed: number;
  /** The same, by finite differences. */
  readonly measured: number;
  /** |computed - measured| / max(1, |measured|). */
  readonly error: number;
}

export interface GradCheckOptions {
  /** The largest error that passes; 0.002 unless given: measurements in 32 bits have noise of their own. */
  readonly tolerance?: number;
  /** How far an element is moved; 1/64 unless given. */
  readonly step?: number;
}

/**
 * Compares the gradients of `compute` with finite differences, on each input that requires gradients.
 *
 * What is differentiated is a sum over the result's elements, each with a weight of its own, so that mistakes don't
 * cancel. The slope is measured at four places, (8 (f(x + h) - f(x - h)) - (f(x + 2h) - f(x - 2h))) / 12h, whose error
 * shrinks with h^4 (Fornberg 1988). Near a corner, as of relu at 0, a measured slope means nothing: move the inputs off.
 *
 * Example: `gradCheck(([x]) => tanh(x), [x]).passed` is true.
 *
 * The gradients that the inputs had are zeroed.
 *
 * @returns whether all passed, and the worst element (undefined when the inputs have none).
 * @throws Fault `bad-input` when no input requires gradients, or one that does is not dense: its elements are moved.
 */
export function gradCheck(
  compute: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  { tolerance = 2e-3, step = 1 / 64 }: GradCheckOptions = {},
): { passed: boolean; worst: GradientDifference | undefined } {
  const { engine } = checked(inputs);
  zeroGrad(inputs);
  engine.scope(() => {
    const result = compute(inputs);
    const weights = Float32Array.from({ length: result.size }, (_, i) => weightOf(i));
    backward(result, { gradient: engine.fromData(weights, result.shape) });
  });
  const total = (): number =>
    engine.scope(() => {
      const result = engine.noGrad(() => compute(inputs).toFlat());
      return Array.from(result).reduce((sum, y, i) => sum + weightOf(i) * y, 0);
    });

  let worst: GradientDifference | undefined;
  inputs.forEach((input, which) => {
    const gradient = input.grad?.toFlat();
    for (let element = 0; input.requiresGrad && element < input.size; element++) {
      const measured = slope(input, element, step, total);
      const computed = gradient?.[element] ?? 0;
      const error = Math.abs(computed - measured) / Math.max(1, Math.abs(measured));
      if (worst === undefined || worst.error < error || Number.isNaN(error)) {
        worst = { input: which, element, computed, measured, error };
      }
    }
  });
  zeroGrad(inputs);
  return { passed: worst === undefined || worst.error <= tolerance, worst };
}

/** The slope of `total` as one element of a dense input moves; the element is put back. */
function slope(input: Tensor, element: number, step: number, total: () => number): number {
  const place = input.offset + element;
  const before = input.storage.data[place];
  const at = (distance: number): number => {
    input.storage.data[place] = before + distance;
    return total();
  };
  try {
    return (8 * (at(step) - at(-step)) - (at(2 * step) - at(-2 * step))) / (12 * step);
  } finally {
    input.storage.data[place] = before;
  }
}

/** The first of the inputs that require gradients, when there is one and all are dense. */
function checked(inputs: readonly Tensor[]): Tensor {
  const moved = inputs.filter(({ requiresGrad }) => requiresGrad);
  const sparse = moved.find(({ isDense }) => !isDense);
  if (moved.length === 0 || sparse !== undefined) {
    throw sparse === undefined
      ? new Fault('bad-input', 'gradCheck: no input requires gradients: there is nothing to check.', {
          remedy: 'Make at least one with requiresGrad.',
        })
      : new Fault('bad-input', `gradCheck: ${sparse} is a view whose elements don't follow each other.`, {
          remedy: 'Give the tensor it is a view of, and make the view in what is checked.',
        });
  }
  return moved[0];
}

/** Between 0.5 and 1.5, different for neighbours. */
function weightOf(index: number): number {
  return 0.5 + ((index * 0.618034) % 1);
}
