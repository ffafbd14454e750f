// Starts a process for learners' code, with what keeps it small: a bound on its heap, no files but its own bundle, no
// network from anything that we hand it.

import { fork } from 'node:child_process';
import path from 'node:path';
import { createMessageConnection, IPCMessageReader, IPCMessageWriter } from 'vscode-jsonrpc/node';
import type { RunnerExit, RunnerProcess } from '../../course/runnerProcess.ts';

export interface RunnerLimits {
  /** Of V8's heap, in megabytes. */
  readonly heapMegabytes: number;
  /** Of the whole process, in megabytes. */
  readonly megabytes: number;
}

export const DEFAULT_LIMITS: RunnerLimits = { heapMegabytes: 384, megabytes: 768 };
const MOST_STDERR = 4096;

/**
 * @param bundle dist/runner.mjs
 * @param limits what the process may take
 */
export function forkRunner(bundle: string, limits: RunnerLimits = DEFAULT_LIMITS): RunnerProcess {
  const folder = path.dirname(bundle);
  const child = fork(bundle, [], {
    execArgv: [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${limits.heapMegabytes}`,
      // Node's own gate: reads of this folder, threads; no writes, no processes, no add-ons.
      '--permission',
      `--allow-fs-read=${path.join(folder, '*')}`,
      '--allow-worker',
      '--allow-wasi',
    ],
    env: {
      ELECTRON_RUN_AS_NODE: '1',
      INSIDE_LLMS_MOST_BYTES: String(limits.megabytes * 1024 * 1024),
    },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-MOST_STDERR);
  });
  const exited = new Promise<RunnerExit>((resolve) => {
    child.once('error', (error) => resolve({ code: null, signal: null, stderr: error.message }));
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  return { connection, exited, kill: () => child.kill('SIGKILL') };
}
