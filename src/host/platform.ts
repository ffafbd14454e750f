// The host's only file that knows Node: starting a worker thread or a process and talking with it, what runs a script,
// hashes, and where the user is at home. A build for the browser would replace this file. Decides nothing: when to start and stop is
// modelWorker.ts's business.

import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { MessageConnection } from 'vscode-jsonrpc';
import {
  createMessageConnection,
  PortMessageReader,
  PortMessageWriter,
  SharedArrayReceiverStrategy,
  SharedArraySenderStrategy,
} from 'vscode-jsonrpc/node';

/** Starts a process for learners' code. */
export { forkRunner } from '../services/runner/forkRunner.ts';

/** How a worker ended. */
export interface WorkerExit {
  readonly code: number;
  /** The error that ended it, if one did. */
  readonly reason?: string;
}

/** A worker that has been started, and the line to it. */
export interface WorkerHandle {
  /** Listening already. Calls stay pending when the worker dies until this is disposed. */
  readonly connection: MessageConnection;
  /** Resolves when the worker has ended, for whatever reason; never rejects. */
  readonly exited: Promise<WorkerExit>;
  /** Ends it at once, in the middle of a loop too. */
  terminate(): Promise<void>;
}

/** Where a worker's own words go: what it writes to its console, line by line. */
export interface WorkerLog {
  info(text: string): void;
  error(text: string): void;
}

/** V8's for a thread, in MB: past it the thread dies, and is started again. What lives in it needs a fraction. */
const LEAN = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 24 };

/**
 * Starts a thread that runs the file at `path`.
 *
 * @param data handed to the thread as its `workerData`
 * @param lean it may not have more of V8's heap than it needs: a heap without bounds grows to four times what lives in it
 */
export function spawnWorker(path: string, log: WorkerLog, data?: unknown, lean = false): WorkerHandle {
  const worker = new Worker(path, {
    workerData: data,
    // The parent's own flags (a debugger's, a test's) are not the worker's.
    execArgv: [],
    stdout: true,
    stderr: true,
    name: 'inside-llms',
    ...(lean && { resourceLimits: LEAN }),
  });
  worker.stdout.setEncoding('utf8').on('data', (text: string) => log.info(text.trimEnd()));
  worker.stderr.setEncoding('utf8').on('data', (text: string) => log.error(text.trimEnd()));
  let reason: string | undefined;
  worker.on('error', (error: unknown) => {
    reason = error instanceof Error ? error.message : String(error);
  });
  const exited = new Promise<WorkerExit>((resolve) => {
    worker.once('exit', (code) => resolve(reason === undefined ? { code } : { code, reason }));
  });
  const logger = { error: log.error, warn: log.info, info: log.info, log: log.info };
  const connection = createMessageConnection(new PortMessageReader(worker), new PortMessageWriter(worker), logger, {
    // A cancel travels in shared memory: as a message, a busy loop would never see it.
    cancellationStrategy: { sender: new SharedArraySenderStrategy(), receiver: new SharedArrayReceiverStrategy() },
  });
  connection.listen();
  return {
    connection,
    exited,
    terminate: async () => {
      await worker.terminate();
    },
  };
}

/** What runs a script as Node does: this editor's own, which is Electron on a desktop. */
export function scriptRunner(): { readonly command: string; readonly env: Readonly<Record<string, string>> } {
  return { command: process.execPath, env: { ELECTRON_RUN_AS_NODE: '1' } };
}

/** The user's home folder. */
export function homeFolder(): string {
  return homedir();
}

/** SHA-256 of a text's UTF-8, as hexadecimal digits. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
