// The WASM backend: compiled SIMD kernels (kernels/wasm/) on a memory of their own, as `Kernels`. What is rarely called
// (logarithm, power, extremes, top k, gather and scatter along an axis, rotary positions) is the reference backend's
// plain loop, run over views of the same memory. One thread; the memory is made in one place, for the day of a second.

import type { Kernels } from './kernels.ts';
import { DEFAULT_BUDGET_BYTES } from './memory.ts';
import { referenceKernels } from './reference.ts';
import { attentionOn } from './wasmAttention.ts';
import { elementwiseOn } from './wasmElementwise.ts';
import { matmulOn } from './wasmMatmul.ts';
import { WasmMemory, type WasmStorage } from './wasmMemory.ts';
import { type KernelModule, startModule, supportedVariant, type WasmVariant } from './wasmModule.ts';
import { rowsOn } from './wasmRows.ts';

/** Hands over the bytes of dist/kernels/NAME.wasm. */
export type KernelLoader = (name: WasmVariant) => Promise<Uint8Array<ArrayBuffer>>;

/** The fastest backend that this machine can run; where WASM has no SIMD, that is the reference. */
export async function bestKernels(load: KernelLoader, budgetBytes: number = DEFAULT_BUDGET_BYTES): Promise<Kernels> {
  const variant = supportedVariant();
  return variant === undefined
    ? referenceKernels(budgetBytes)
    : wasmKernels(await loadKernels(load, variant), budgetBytes);
}

/** Loads and compiles one of the two modules. */
export async function loadKernels(load: KernelLoader, variant: WasmVariant): Promise<KernelModule> {
  return { variant, module: await WebAssembly.compile(await load(variant)) };
}

/** A backend with a memory of its own. */
export function wasmKernels(kernels: KernelModule, budgetBytes: number = DEFAULT_BUDGET_BYTES): Kernels {
  const memory = new WasmMemory(budgetBytes);
  const exports = startModule(kernels, memory.memory);
  const work = memory.take(exports.matmulWorkBytes());
  const reference = referenceKernels(0);
  return {
    ...reference,
    name: kernels.variant === 'relaxed' ? 'wasm-relaxed-simd' : 'wasm-simd',
    memory: memory.count,
    allocate: (length, dtype) => memory.allocate(length, dtype),
    release: (storage) => memory.release(storage as WasmStorage),
    matmul: matmulOn(exports, work),
    ...elementwiseOn(exports, reference),
    ...rowsOn(exports, memory),
    ...attentionOn(exports, memory, work),
  };
}
