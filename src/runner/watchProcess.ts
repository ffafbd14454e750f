// Ends this process when it holds too much memory, or when its parent is gone: from a thread of its own, since code that
// allocates or loops without end does nothing else. What is not on V8's heap (typed arrays, kernels' memory) no flag of
// V8's limits.

import { Worker } from 'node:worker_threads';

/** How often it looks, in milliseconds. An allocation loop fills about a gigabyte a second. */
const EVERY_MS = 25;
/** It looks after its parent each so many times. */
const PARENT_EVERY = 40;
/** Written to stderr before the end: not every system tells by the exit who sent the signal. */
export const TOO_MUCH_MEMORY = 'too much memory';

const PROGRAM = `
const { writeSync } = require('node:fs');
const { workerData: { most, words } } = require('node:worker_threads');
const end = () => process.kill(process.pid, 'SIGKILL');
const parent = process.ppid;
let looks = 0;
setInterval(() => {
  if (process.memoryUsage.rss() > most) {
    writeSync(2, words);
    end();
  }
  looks += 1;
  if (looks % ${PARENT_EVERY} === 0) {
    try {
      process.kill(parent, 0);
    } catch {
      end();
    }
  }
}, ${EVERY_MS});
`;

/** @param most bytes of resident memory, all of the process */
export function watchProcess(most: number): void {
  const workerData = { most, words: TOO_MUCH_MEMORY };
  const thread = new Worker(PROGRAM, { eval: true, workerData, execArgv: [], name: 'process watch' });
  thread.unref();
}
