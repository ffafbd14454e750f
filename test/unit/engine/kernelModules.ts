// Both compiled modules, for the tests of the WASM backend. Compiling them, where that is due, takes some seconds, which
// count for no test.

import { compiledKernels } from '../../../src/build/kernels.ts';
import { loadKernels } from '../../../src/engine/kernels/wasm.ts';

export const modules = {
  simd: await loadKernels(compiledKernels, 'simd'),
  relaxed: await loadKernels(compiledKernels, 'relaxed'),
} as const;

export const variants = ['simd', 'relaxed'] as const;
