// The threads of the kernels as they are shipped: the bundle of their program, started beside the modules.

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compiledKernels } from '../../../src/build/kernels.ts';
import { JobBoard } from '../../../src/engine/kernels/jobBoard.ts';
import { loadKernels, wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { kernelFolder } from '../../../src/services/kernels.ts';
import { kernelThreads, threadsHere } from '../../../src/services/kernelThreads.ts';
import { type Bundles, makeBundles } from '../worker/bundles.ts';

/** How long a thread may take to come, on a busy machine. */
const WAIT_MS = 30_000;

let bundles: Bundles;
let folder: string;

beforeAll(async () => {
  bundles = await makeBundles('dist/kernels/thread.mjs');
  folder = path.join(bundles.root, 'dist/kernels');
});

afterAll(() => bundles.remove());

test(
  'a thread of the bundle takes part in what is computed',
  async () => {
    let board: JobBoard | undefined;
    const threads = kernelThreads(pathToFileURL(path.join(folder, 'thread.mjs')), 2);
    const kernels = wasmKernels(await loadKernels(compiledKernels, 'simd'), undefined, {
      ...threads,
      start(work, ended) {
        board = new JobBoard(work.board);
        return threads.start(work, ended);
      },
    });
    // So much that a thread that has gone to sleep is woken for it.
    const size = 2_000_000;
    const x = { storage: kernels.allocate(size, 'f32'), offset: 0, shape: [size], strides: [1] };
    const until = performance.now() + WAIT_MS;
    while (!board?.helped) {
      expect(performance.now(), 'no thread has helped').toBeLessThan(until);
      // The thread may need this one's event loop to start, or to say why it doesn't.
      await new Promise((resolve) => setImmediate(resolve));
      kernels.fill(x, 1);
      kernels.affine(x, 2, 1, x);
      expect(kernels.sumOfSquares(x)).toBe(9 * size);
    }
    kernels.close();
  },
  2 * WAIT_MS,
);

test('the kernels of a folder have as many threads as this machine can run, up to 4', async () => {
  const kernels = await kernelFolder(folder)();
  const threads = threadsHere();
  expect(threads).toBeLessThanOrEqual(4);
  expect(kernels.name).toMatch(threads > 1 ? new RegExp(`, ${threads} threads$`) : /simd$/);
  kernels.close();
});
