// The backends that every test of the engine runs on. A new one joins here, and all of them hold for it.

import { compiledKernels } from '../../src/build/kernels.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { referenceKernels } from '../../src/engine/kernels/reference.ts';
import { loadKernels, wasmKernels } from '../../src/engine/kernels/wasm.ts';

export interface Backend {
  readonly name: string;
  create(budgetBytes?: number): Kernels;
}

const simd = await loadKernels(compiledKernels, 'simd');
const relaxed = await loadKernels(compiledKernels, 'relaxed');

export const backends: readonly Backend[] = [
  { name: 'reference', create: referenceKernels },
  { name: 'wasm-simd', create: (budget) => wasmKernels(simd, budget) },
  { name: 'wasm-relaxed-simd', create: (budget) => wasmKernels(relaxed, budget) },
];

/** An engine of its own for each test: nothing is shared. */
export function engineOn({ create }: Backend, budgetBytes?: number): Engine {
  return new Engine(create(budgetBytes));
}
