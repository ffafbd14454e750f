// What the engine asks of whoever can start threads, and what a thread is handed. The engine itself knows no way to start
// one: in Node that is services/kernelThreads.ts.

import type { Clock } from '../../shared/environment.ts';

/** All that a thread needs to compute on a backend's memory; may be posted to another thread as it is. */
export interface ThreadWork {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** See jobBoard.ts. */
  readonly board: SharedArrayBuffer;
  /** Its number: 1 for the first; the caller is 0. */
  readonly thread: number;
}

export interface RunningThread {
  /** Ends it at once, wherever it is. */
  stop(): void;
}

export interface KernelThreads {
  /** How many threads are to compute, the caller's own among them. */
  readonly count: number;
  /** A thread is asked for a part where that saves so many nanoseconds of work; 2,000 unless given. */
  readonly worth?: number;
  /** So many milliseconds may pass without a sign from a thread that has taken a part; 30,000 unless given. */
  readonly patience?: number;
  /** By which it is measured whether sharing pays, see teamwork.ts; the system's unless given. */
  readonly clock?: Pick<Clock, 'elapsed'>;
  /**
   * Starts a thread that calls `serveKernelThread(work)`. Nobody waits for it: until it serves, and where it never does,
   * the others do its share.
   *
   * @param ended to be called when the thread has ended, or couldn't start.
   */
  start(work: ThreadWork, ended: () => void): RunningThread;
}
