// The WASM backend: compiled SIMD kernels (kernels/wasm/) on a memory of their own, as `Kernels`, with as many threads as it
// is given. What is rarely called (logarithm, power, extremes, top k, gather and scatter along an axis) is the reference
// backend's plain loop, run over views of the same memory.

import type { Kernels } from './kernels.ts';
import { DEFAULT_BUDGET_BYTES } from './memory.ts';
import { referenceKernels } from './reference.ts';
import { Team } from './team.ts';
import type { KernelThreads } from './threads.ts';
import { attentionOn } from './wasmAttention.ts';
import { elementwiseOn } from './wasmElementwise.ts';
import { matmulOn } from './wasmMatmul.ts';
import { WasmMemory, type WasmStorage } from './wasmMemory.ts';
import { type KernelModule, supportedVariant, type WasmVariant } from './wasmModule.ts';
import { rowsOn } from './wasmRows.ts';

/** Hands over the bytes of dist/kernels/NAME.wasm. */
export type KernelLoader = (name: WasmVariant) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * The fastest backend that this machine can run; where WASM has no SIMD, that is the reference.
 *
 * @param threads starts helper threads; without it, all is computed by the caller's own.
 */
export async function bestKernels(
  load: KernelLoader,
  budgetBytes: number = DEFAULT_BUDGET_BYTES,
  threads?: KernelThreads,
): Promise<Kernels> {
  const variant = supportedVariant();
  return variant === undefined
    ? referenceKernels(budgetBytes)
    : wasmKernels(await loadKernels(load, variant), budgetBytes, threads);
}

/** Loads and compiles one of the two modules. */
export async function loadKernels(load: KernelLoader, variant: WasmVariant): Promise<KernelModule> {
  return { variant, module: await WebAssembly.compile(await load(variant)) };
}

/** A backend with a memory of its own, and threads of its own if it is given any. */
export function wasmKernels(
  kernels: KernelModule,
  budgetBytes: number = DEFAULT_BUDGET_BYTES,
  threads?: KernelThreads,
): Kernels {
  const memory = new WasmMemory(budgetBytes);
  const team = new Team(kernels.module, memory.memory, threads);
  const work = memory.take(team.exports.matmulWorkBytes() * team.size);
  const reference = referenceKernels(0);
  const name = kernels.variant === 'relaxed' ? 'wasm-relaxed-simd' : 'wasm-simd';
  return {
    ...reference,
    name: team.size > 1 ? `${name}, ${team.size} threads` : name,
    memory: memory.count,
    allocate: (length, dtype) => memory.allocate(length, dtype),
    release: (storage) => memory.release(storage as WasmStorage),
    close: () => team.close(),
    matmul: matmulOn(team, work),
    ...elementwiseOn(team, reference),
    ...rowsOn(team),
    ...attentionOn(team, memory, work),
  };
}
