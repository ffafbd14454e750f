// The network guard in the extension host and in each of its threads, writing what it sees into a file, one line each.
// VS Code's server takes it by NODE_OPTIONS, so it stands before anything else; a desktop VS Code doesn't hand
// NODE_OPTIONS down, so there the runner calls it. A guard that was not loaded has guarded nothing: it says that it was.

import { appendFileSync } from 'node:fs';
import workerThreads from 'node:worker_threads';
import { guardNetwork } from '../../src/build/networkGuard.ts';

const DONE = Symbol.for('inside-llms.networkGuard');
const marked = globalThis as { [DONE]?: true };

/** Guards this process or thread, once, and the threads that it starts from now on. */
export function guard(): void {
  const file = process.env.INSIDE_LLMS_NETWORK;
  if (!file || marked[DONE]) {
    return;
  }
  marked[DONE] = true;
  const { isMainThread, Worker } = workerThreads;
  const write = (line: object) => appendFileSync(file, `${JSON.stringify(line)}\n`);
  write({ loaded: isMainThread ? 'main' : 'thread' });
  guardNetwork((target, stack) => write({ attempt: target, stack }));
  workerThreads.Worker = class extends Worker {
    constructor(script: string | URL, options: workerThreads.WorkerOptions = {}) {
      super(script, { ...options, execArgv: [...(options.execArgv ?? process.execArgv), '--require', __filename] });
    }
  };
}

const inExtensionHost = process.env.VSCODE_ESM_ENTRYPOINT?.includes('extensionHost');
if (inExtensionHost || !workerThreads.isMainThread) {
  guard();
}
