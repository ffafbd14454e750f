// Ends this process when it holds too much memory: from a thread of its own, since the one that allocates without end
// does nothing else. What is not on V8's heap (typed arrays, kernels' memory) no flag of V8's limits.

import { Worker } from 'node:worker_threads';

/** How often it looks, in milliseconds. An allocation loop fills about a gigabyte a second. */
const EVERY_MS = 25;

const PROGRAM = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() > workerData) {
    process.kill(process.pid, 'SIGKILL');
  }
}, ${EVERY_MS});
`;

/** @param mostBytes of resident memory, all of the process */
export function watchMemory(mostBytes: number): void {
  const thread = new Worker(PROGRAM, { eval: true, workerData: mostBytes, execArgv: [], name: 'memory watch' });
  thread.unref();
}
