// What an optimiser walks over: each parameter with its decay and with the running averages kept for it.

import type { Engine } from '../../engine/engine.ts';
import type { Tensor } from '../../engine/tensor.ts';
import type { ParameterGroup } from './optimiser.ts';

export interface Slot {
  readonly parameter: Tensor;
  readonly weightDecay: number;
  /** Tensors of the parameter's shape that began as zeros. */
  readonly averages: readonly Tensor[];
}

/** One slot a parameter, with so many averages each. */
export function slotsOf(groups: readonly ParameterGroup[], averages: number): Slot[] {
  return groups.flatMap(({ parameters, weightDecay = 0 }) =>
    parameters.map((parameter) => ({
      parameter,
      weightDecay,
      averages: Array.from({ length: averages }, () => parameter.engine.zeros(parameter.shape).keep()),
    })),
  );
}

export function releaseSlots(slots: readonly Slot[]): void {
  for (const { averages } of slots) {
    for (const average of averages) {
      average.release();
    }
  }
}

/** Runs `change` for each slot whose parameter has a gradient; what it makes meanwhile is released. */
export function eachGradient(
  slots: readonly Slot[],
  change: (slot: Slot, gradient: Tensor, engine: Engine) => void,
): void {
  for (const slot of slots) {
    const { grad, engine } = slot.parameter;
    if (grad !== undefined) {
      engine.scope(() => change(slot, grad, engine));
    }
  }
}

/** gradient + weightDecay * parameter: the slope of the loss with a penalty on squares ("L2") added to it. */
export function penalised({ parameter, weightDecay }: Slot, gradient: Tensor): Tensor {
  return weightDecay === 0 ? gradient : sumOf(gradient, parameter, weightDecay);
}

/** a + scale * b, as a new tensor; all of one shape. */
function sumOf(a: Tensor, b: Tensor, scale: number): Tensor {
  const sum = a.engine.empty(a.shape);
  a.engine.kernels.affine(b, scale, 0, sum);
  a.engine.kernels.addTo(a, sum);
  return sum;
}

/** x = keep * x + scale * y, in place; of one shape. */
export function blend(x: Tensor, keep: number, y: Tensor, scale: number): void {
  const { engine } = x;
  const scaled = engine.empty(y.shape);
  engine.kernels.affine(y, scale, 0, scaled);
  if (keep !== 1) {
    engine.kernels.affine(x, keep, 0, x);
  }
  engine.kernels.addTo(scaled, x);
}
