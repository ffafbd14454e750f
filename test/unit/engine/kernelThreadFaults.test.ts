// Threads that are late, refused, gone, or that fail: nothing hangs, and what they don't do is done by those that are there.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import type { Kernels } from '../../../src/engine/kernels/kernels.ts';
import type { KernelThreads, ThreadWork } from '../../../src/engine/kernels/threads.ts';
import { wasmKernels } from '../../../src/engine/kernels/wasm.ts';
import { eagerThreads } from '../../gradients/backends.ts';
import { modules } from './kernelModules.ts';

/** A sum that is shared, and what it is. */
const doubled = (kernels: Kernels): number => {
  const storage = kernels.allocate(1000, 'f32');
  const x = { storage, offset: 0, shape: [1000], strides: [1] };
  kernels.fill(x, 3);
  kernels.binary('add', x, x, x);
  const least = Math.min(...storage.data);
  kernels.release(storage);
  return least;
};
const stopped = vi.fn();
/** Threads whose first is a worker of the test's own, that does `what` with the first job. */
const badThreads = (what: string): KernelThreads => ({
  ...eagerThreads(2),
  patience: 200,
  start(work: ThreadWork, ended) {
    const entry = new URL('./badKernelThread.ts', import.meta.url);
    const worker = new Worker(entry, { workerData: { ...work, what }, execArgv: [] });
    worker.unref();
    worker.on('exit', ended);
    return {
      stop: () => {
        stopped();
        void worker.terminate();
      },
    };
  },
});

test('one that the machine refuses is done without', () => {
  const refusing = {
    count: 3,
    worth: 0,
    start: () => {
      throw new Error('No more threads.');
    },
  };
  expect(doubled(wasmKernels(modules.simd, undefined, refusing))).toBe(6);
});

test('one that never comes is not waited for', () => {
  const silent = { count: 2, worth: 0, start: () => ({ stop: () => {} }) };
  expect(doubled(wasmKernels(modules.simd, undefined, silent))).toBe(6);
});

test("one whose file isn't there is done without", async () => {
  const ended = vi.fn();
  const missing: KernelThreads = {
    ...eagerThreads(2),
    start(work, tell) {
      const worker = new Worker(new URL('./noSuchFile.ts', import.meta.url), { workerData: work });
      worker.on('error', () => {
        ended();
        tell();
      });
      return { stop: () => void worker.terminate() };
    },
  };
  const kernels = wasmKernels(modules.simd, undefined, missing);
  expect(doubled(kernels)).toBe(6);
  await vi.waitFor(() => expect(ended).toHaveBeenCalled(), 10_000);
  expect(doubled(kernels)).toBe(6);
});

test.each([
  ['dies in the middle of a part', 'die', /doesn't answer/],
  ['fails at a part', 'fail', /has failed/],
])('one that %s is told as a fault, and one thread goes on', async (_, what, message) => {
  const kernels = wasmKernels(modules.simd, undefined, badThreads(what));
  // It joins when it has started; until then, and while it takes no part, all is well.
  const until = performance.now() + 20_000;
  let fault: unknown;
  while (fault === undefined && performance.now() < until) {
    try {
      expect(doubled(kernels)).toBe(6);
    } catch (error) {
      fault = error;
    }
  }
  expect(fault).toMatchObject({ code: 'internal', message: expect.stringMatching(message) });
  expect(stopped).toHaveBeenCalled();
  expect(doubled(kernels)).toBe(6);
});

test('threads with nothing to do sleep, and keep no process alive', async () => {
  const script = fileURLToPath(new URL('./idleKernelThreads.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script]);
  expect(stdout).toBe('shared, asleep\n');
});
