// The thread's side of task.ts: does one piece of work and says how it ended.

import { parentPort, workerData } from 'node:worker_threads';
import { kernelFolder } from '../services/kernels.ts';
import { vocabularyFolder } from '../services/vocabularies.ts';
import { neverCancelled, systemClock } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';
import type { TaskMessage, TaskName, Tasks } from './task.ts';

/** Least time between two progress messages, in milliseconds. */
const PROGRESS_MS = 200;

/** Does the task that the thread was started with. */
export async function runAsThread(): Promise<void> {
  const { name, input } = workerData as { name: TaskName; input: unknown };
  try {
    if (name === 'encode') {
      const { buffersOf } = await import('../services/tokenizers.ts');
      const result = await encode(input as Tasks['encode']['input']);
      send({ type: 'result', result }, buffersOf(result));
    } else if (name === 'train') {
      const { trainInThread } = await import('./trainThread.ts');
      const onProgress = (progress: Tasks['train']['progress']) => send({ type: 'progress', progress });
      const result = await trainInThread(input as Tasks['train']['input'], onProgress);
      send({ type: 'result', result }, result.file === undefined ? [] : [result.file]);
    } else if (name === 'trainTokenizer') {
      const { trainTokenizerInThread } = await import('./trainTokenizerThread.ts');
      const result = await trainTokenizerInThread(input as Tasks['trainTokenizer']['input'], progressSender());
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

async function encode(input: Tasks['encode']['input']): Promise<Tasks['encode']['output']> {
  const { tokenizerFolder } = await import('../services/tokenizerFolder.ts');
  const { encoding, text, vocabularies, specialTokens, file } = input;
  const tokenizers = tokenizerFolder(vocabularies, vocabularyFolder(vocabularies));
  if (file !== undefined) {
    tokenizers.open(encoding, encoding, file);
  }
  const progress = progressSender();
  const onProgress = (done: number) => progress({ done, total: text.length, unit: 'characters' });
  return tokenizers.encode(encoding, text, { specialTokens, onProgress });
}

async function trace(input: Tasks['trace']['input']): Promise<Tasks['trace']['output']> {
  const { JoinedParts } = await import('../programs/joinedParts.ts');
  const { findProgram } = await import('../programs/registry.ts');
  const { SessionRun } = await import('../programs/run.ts');
  const onProgress = progressSender();
  const { localModels } = await import('../services/models/localModels.ts');
  const { tokenizerFolder } = await import('../services/tokenizerFolder.ts');
  const loadVocabulary = vocabularyFolder(input.vocabularies);
  const tokenizers = tokenizerFolder(input.vocabularies, loadVocabulary);
  const run = SessionRun.start(findProgram(input.program), JSON.parse(input.params), {
    signal: neverCancelled,
    seed: input.seed,
    clock: systemClock,
    loadVocabulary,
    loadTokenizer: (id) => tokenizers.get(id),
    loadKernels: kernelFolder(input.kernels),
    models: localModels(input.models, (id) => tokenizers.get(id)),
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

function progressSender(): (progress: Tasks['trace' | 'trainTokenizer']['progress']) => void {
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
