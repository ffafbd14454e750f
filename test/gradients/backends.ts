// The backends that every test of the engine runs on. A new one joins here, and all of them hold for it.

import { Engine } from '../../src/engine/engine.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { referenceKernels } from '../../src/engine/kernels/reference.ts';

export interface Backend {
  readonly name: string;
  create(budgetBytes?: number): Kernels;
}

export const backends: readonly Backend[] = [{ name: 'reference', create: referenceKernels }];

/** An engine of its own for each test: nothing is shared. */
export function engineOn({ create }: Backend, budgetBytes?: number): Engine {
  return new Engine(create(budgetBytes));
}
