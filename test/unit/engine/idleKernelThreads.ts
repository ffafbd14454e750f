// A process of its own for a test: computes on two threads until the second has taken part, waits until it sleeps, and ends
// without closing anything.

import { setTimeout } from 'node:timers/promises';
import { compiledKernels } from '../../../src/build/kernels.ts';
import { JobBoard } from '../../../src/engine/kernels/jobBoard.ts';
import { loadKernels, wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { kernelThreads } from '../../../src/services/kernelThreads.ts';

let board: JobBoard | undefined;
const threads = kernelThreads(new URL('../../../src/services/kernelThread.ts', import.meta.url), 2);
const kernels = wasmKernels(await loadKernels(compiledKernels, 'simd'), undefined, {
  ...threads,
  start(work, ended) {
    board = new JobBoard(work.board);
    return threads.start(work, ended);
  },
});
const storage = kernels.allocate(1_000_000, 'f32');
const x = { storage, offset: 0, shape: [1_000_000], strides: [1] };
while (!board?.helped) {
  kernels.affine(x, 1, 0, x);
}
process.stdout.write('shared');
while (!board.allSleep) {
  await setTimeout(1);
}
process.stdout.write(', asleep\n');
