// The thread's side of task.ts: does one piece of work and says how it ended.

import { parentPort, workerData } from 'node:worker_threads';
import { vocabularyFolder } from '../services/vocabularies.ts';
import { neverCancelled, systemClock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { Progress } from '../shared/messages.ts';
import { TRACE_SCHEMA, type TracePart, type Value } from '../shared/trace.ts';
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
    } else {
      send({ type: 'result', result: await trace(input as Tasks['trace']['input']) });
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
  const { findProgram } = await import('../programs/registry.ts');
  const { SessionRun } = await import('../programs/run.ts');
  const onProgress = progressSender();
  const run = SessionRun.start(findProgram(input.program), JSON.parse(input.params), {
    signal: neverCancelled,
    seed: input.seed,
    clock: systemClock,
    loadVocabulary: vocabularyFolder(input.vocabularies),
  });
  const values: Value[] = [];
  const frames: TracePart['frames'][number][] = [];
  for (;;) {
    const left = (input.frames ?? Number.POSITIVE_INFINITY) - frames.length;
    const part = await run.next(left, PROGRESS_MS);
    for (const value of part.values) {
      values.push(value);
    }
    for (const frame of part.frames) {
      frames.push(frame);
    }
    if (part.done || frames.length >= (input.frames ?? Number.POSITIVE_INFINITY)) {
      run.stop();
      const { params } = part;
      return { trace: { schema: TRACE_SCHEMA, program: input.program, params, values, frames }, done: part.done };
    }
    onProgress({ done: frames.length, unit: 'steps' });
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
