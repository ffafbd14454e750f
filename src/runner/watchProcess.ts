// Ends this process when it holds too much memory, or when its parent is gone: from a thread of its own, since code that
// allocates or loops without end does nothing else. What is not on V8's heap (typed arrays, kernels' memory) no flag of
// V8's limits.

import process from 'node:process';
import { Worker } from 'node:worker_threads';
import { MEMORY_WORDS } from '../shared/runnerMessages.ts';

/** How often it looks, in milliseconds. An allocation loop fills about a gigabyte a second. */
const EVERY_MS = 25;
/** It looks after its parent each so many times. */
const PARENT_EVERY = 40;
/** The share of what it may hold from which it counts as grown. */
const GROWN_SHARE = 0.4;

const PROGRAM = `
const { writeSync } = require('node:fs');
const { workerData: { most, words } } = require('node:worker_threads');
const end = () => process.kill(process.pid, 'SIGKILL');
const parent = process.ppid;
let looks = 0;
let told = false;
setInterval(() => {
  const held = process.memoryUsage.rss();
  if (held > most * ${GROWN_SHARE} && !told) {
    told = true;
    writeSync(2, words.grown);
  }
  if (held > most) {
    writeSync(2, words.over);
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
  const workerData = { most, words: MEMORY_WORDS };
  const thread = new Worker(PROGRAM, { eval: true, workerData, execArgv: [], name: 'process watch' });
  thread.unref();
}

/** Whether this process holds so much that it should not be used again: what comes next would be taken for greedy. */
export function hasGrown(most: number): boolean {
  return process.memoryUsage.rss() > most * GROWN_SHARE;
}
