// The thread's side of task.ts: does one piece of work and says how it ended.

import { parentPort, workerData } from 'node:worker_threads';
import { kernelFolder } from '../services/kernels.ts';
import { vocabularyFolder } from '../services/vocabularies.ts';
import { neverCancelled, systemClock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Progress } from '../shared/messages.ts';
import type { TaskMessage, TaskName, Tasks } from './task.ts';

/** Least time between two progress messages, in milliseconds. */
const PROGRESS_MS = 200;

/** Does the task that the thread was started with. */
export async function runAsThread(): Promise<void> {
  const { name, input } = workerData as { name: TaskName; input: unknown };
  try {
    if (name === 'encode') {
      const { buffersOf } = await import('../services/encoders.ts');
      const result = await encode(input as Tasks['encode']['input']);
      send({ type: 'result', result }, buffersOf(result));
    } else if (name === 'train') {
      const { trainInThread } = await import('./trainThread.ts');
      const onProgress = (progress: Tasks['train']['progress']) => send({ type: 'progress', progress });
      const result = await trainInThread(input as Tasks['train']['input'], onProgress);
      send({ type: 'result', result }, result.file === undefined ? [] : [result.file]);
    } else {
      const result = await trace(input as Tasks['trace']['input']);
      send({ type: 'result', result }, result.trace.buffer === undefined ? [] : [result.trace.buffer]);
    }
  } catch (error) {
    if (error instanceof Fault) {
      send({ type: 'fault', message: error.message, data: error.data });
    } else {
      const { message, stack } = error instanceof Error ? error : new Error(String(error));
      send({
        type: 'fault',
        message: `${name} failed: ${message}`,
        data: { code: 'internal' },
        ...(stack && { stack }),
      });
    }
  }
}

async function encode({ encoding, text, vocabularies }: Tasks['encode']['input']): Promise<Tasks['encode']['output']> {
  const { Encoders } = await import('../services/encoders.ts');
  const onProgress = progressSender();
  return new Encoders(vocabularyFolder(vocabularies)).encode(encoding, text, neverCancelled, (done) =>
    onProgress({ done, total: text.length, unit: 'characters' }),
  );
}

async function trace(input: Tasks['trace']['input']): Promise<Tasks['trace']['output']> {
  const { JoinedParts } = await import('../programs/joinedParts.ts');
  const { findProgram } = await import('../programs/registry.ts');
  const { SessionRun } = await import('../programs/run.ts');
  const onProgress = progressSender();
  const run = SessionRun.start(findProgram(input.program), JSON.parse(input.params), {
    signal: neverCancelled,
    seed: input.seed,
    clock: systemClock,
    loadVocabulary: vocabularyFolder(input.vocabularies),
    loadKernels: kernelFolder(input.kernels),
  });
  const parts = new JoinedParts();
  const most = input.frames ?? Number.POSITIVE_INFINITY;
  for (;;) {
    const part = await run.next(most - parts.frames.length, PROGRESS_MS);
    parts.add(part);
    if (part.done || parts.frames.length >= most) {
      await run.stop();
      return { trace: parts.trace(input.program), done: part.done };
    }
    onProgress({ done: parts.frames.length, unit: 'steps' });
  }
}

function progressSender(): (progress: Progress) => void {
  let last = systemClock.elapsed();
  return (progress) => {
    if (systemClock.elapsed() - last >= PROGRESS_MS) {
      last = systemClock.elapsed();
      send({ type: 'progress', progress });
    }
  };
}

function send(message: TaskMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}
