// Threads for the engine's kernels, as Node's worker threads. They keep no process alive. What they do is
// engine/kernels/serveKernelThread.ts; the thread's own entry is kernelThread.ts.

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { KernelThreads } from '../engine/kernels/threads.ts';

/** More than these gain little on what is computed here, and would take the machine from its owner. */
const MOST = 4;

/** As many as the machine can run at the same time, within reason. */
export function threadsHere(): number {
  return Math.min(MOST, availableParallelism());
}

/**
 * @param entry kernelThread.ts, or the bundle that was made of it.
 * @param count how many are to compute, the caller's own among them.
 */
export function kernelThreads(entry: URL, count: number = threadsHere()): KernelThreads {
  return {
    count,
    start(work, ended) {
      // The parent's own flags (a debugger's, a test's) are not the thread's.
      const thread = new Worker(entry, { workerData: work, execArgv: [], name: 'inside-llms-kernels' });
      thread.unref();
      // Whatever the reason: the kernels do without it.
      thread.on('error', ended);
      thread.on('exit', ended);
      return { stop: () => void thread.terminate() };
    },
  };
}
