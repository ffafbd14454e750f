// Runs a long piece of work on a thread of its own, so that the main thread goes on hearing Ctrl+C and closed pipes.

import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Fault, type FaultData } from '../shared/errors.ts';
import type { EncodedText, Progress } from '../shared/messages.ts';
import type { Trace } from '../shared/trace.ts';

/** Each kind of work with what it is told and what it gives back. */
export interface Tasks {
  encode: {
    readonly input: { readonly encoding: string; readonly text: string; readonly vocabularies: string };
    readonly output: EncodedText;
  };
  trace: {
    readonly input: {
      readonly program: string;
      /** JSON text: a value that is nested too deep can't be handed to a thread. */
      readonly params: string;
      readonly seed: number;
      readonly frames: number | undefined;
      readonly vocabularies: string;
    };
    readonly output: { readonly trace: Trace; readonly done: boolean };
  };
}
export type TaskName = keyof Tasks;

/** What the thread says. */
export type TaskMessage =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'result'; readonly result: Tasks[TaskName]['output'] }
  | { readonly type: 'fault'; readonly message: string; readonly data: FaultData; readonly stack?: string };

/**
 * @param entry address of the program itself: the thread runs the same file
 * @throws Fault, the task's own, or `internal` when the thread ends without an answer.
 */
export function runTask<N extends TaskName>(
  entry: string,
  name: N,
  input: Tasks[N]['input'],
  onProgress: (progress: Progress) => void,
): Promise<Tasks[N]['output']> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(fileURLToPath(entry), { workerData: { name, input }, argv: [] });
    thread.on('message', (message: TaskMessage) => {
      switch (message.type) {
        case 'progress':
          onProgress(message.progress);
          break;
        case 'result':
          resolve(message.result as Tasks[N]['output']);
          break;
        case 'fault': {
          const cause = message.stack === undefined ? undefined : Object.assign(new Error(), { stack: message.stack });
          reject(new Fault(message.data.code, message.message, { ...message.data, cause }));
          break;
        }
      }
    });
    thread.on('error', (cause) => reject(new Fault('internal', `${name} failed: ${String(cause)}`, { cause })));
    thread.on('exit', () => reject(new Fault('internal', `${name} ended without an answer.`)));
  });
}

/** Shows progress on one line of a terminal; says nothing where standard error is a file or a pipe. */
export function progressLine(what: string): { show(progress: Progress): void; end(): void } {
  let shown = 0;
  return {
    show: ({ done, total, unit }) => {
      if (process.stderr.isTTY) {
        const amount = total === undefined ? `${done} ${unit}` : `${Math.floor((100 * done) / total)} %`;
        const line = `${what} ${amount}`;
        process.stderr.write(`\r${line.padEnd(shown)}`);
        shown = line.length;
      }
    },
    end: () => {
      if (shown > 0) {
        process.stderr.write(`\r${' '.repeat(shown)}\r`);
      }
    },
  };
}
