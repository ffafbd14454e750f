// The backends that every test of the engine runs on. A new one joins here, and all of them hold for it.

import { compiledKernels } from '../../src/build/kernels.ts';
import { Engine } from '../../src/engine/engine.ts';
import type { Kernels } from '../../src/engine/kernels/kernels.ts';
import { DEFAULT_BUDGET_BYTES, MemoryCount } from '../../src/engine/kernels/memory.ts';
import { referenceKernels } from '../../src/engine/kernels/reference.ts';
import type { KernelThreads } from '../../src/engine/kernels/threads.ts';
import { loadKernels, wasmKernels } from '../../src/engine/kernels/wasm.ts';
import { supportedVariant } from '../../src/engine/kernels/wasmModule.ts';
import { kernelThreads } from '../../src/services/kernelThreads.ts';

export interface Backend {
  readonly name: string;
  create(budgetBytes?: number): Kernels;
}

const simd = await loadKernels(compiledKernels, 'simd');
const relaxed = await loadKernels(compiledKernels, 'relaxed');

/** Threads that share all that can be shared, however little it is and however long it takes: their clock stands still. */
export function eagerThreads(count: number, more: Partial<KernelThreads> = {}): KernelThreads {
  const entry = new URL('../../src/services/kernelThread.ts', import.meta.url);
  return { ...kernelThreads(entry, count), worth: 0, clock: { elapsed: () => 0 }, ...more };
}

/**
 * The variant that this machine would choose. One for all tests of a file, as its thread takes a while to start: each
 * test has a count and a budget of its own.
 */
const threaded = wasmKernels(supportedVariant() === 'relaxed' ? relaxed : simd, undefined, eagerThreads(2));

function partOf(kernels: Kernels, budgetBytes: number = DEFAULT_BUDGET_BYTES): Kernels {
  const memory = new MemoryCount(budgetBytes);
  return {
    ...kernels,
    memory,
    allocate(length, dtype) {
      memory.take(length * 4);
      return kernels.allocate(length, dtype);
    },
    release(storage) {
      memory.give(storage.length * 4);
      kernels.release(storage);
    },
  };
}

export const backends: readonly Backend[] = [
  { name: 'reference', create: referenceKernels },
  { name: 'wasm-simd', create: (budget) => wasmKernels(simd, budget) },
  { name: 'wasm-relaxed-simd', create: (budget) => wasmKernels(relaxed, budget) },
  { name: threaded.name, create: (budget) => partOf(threaded, budget) },
];

/** An engine of its own for each test: nothing is shared. */
export function engineOn({ create }: Backend, budgetBytes?: number): Engine {
  return new Engine(create(budgetBytes));
}
