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
/** Node's exit code for a flag that it doesn't take. */
const BAD_OPTION = 9;

/** False once a process ended by the gate itself: an editor's own Node may know its flags and not get on with them. */
let gateHolds = true;

/**
 * @param bundle dist/runner.mjs
 * @param limits what the process may take
 */
export function forkRunner(bundle: string, limits: RunnerLimits = DEFAULT_LIMITS): RunnerProcess {
  const child = fork(bundle, [], {
    execArgv: [
      '--experimental-vm-modules',
      '--disallow-code-generation-from-strings',
      `--max-old-space-size=${limits.heapMegabytes}`,
      ...(gateHolds ? permissionFlags(path.dirname(bundle), process.allowedNodeEnvironmentFlags) : []),
    ],
    env: {
      ELECTRON_RUN_AS_NODE: '1',
      NODE_NO_WARNINGS: '1',
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
  void exited.then(({ code, stderr: words }) => {
    gateHolds &&= code !== BAD_OPTION && !words.includes('ERR_ACCESS_DENIED');
  });
  const connection = createMessageConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  return { connection, exited, kill: () => child.kill('SIGKILL') };
}

/**
 * Node's own gate, under the name that this Node has for it: reads of the bundle's folder, and threads (the engine's, and
 * the one that watches memory); no writes, no processes, no add-ons. None where Node is older than the gate.
 */
export function permissionFlags(folder: string, known: ReadonlySet<string>): readonly string[] {
  const gate = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  return gate === undefined ? [] : [gate, `--allow-fs-read=${path.join(folder, '*')}`, '--allow-worker'];
}
