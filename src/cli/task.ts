// Runs a long piece of work on a thread of its own, so that the main thread goes on hearing Ctrl+C and closed pipes.

import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { TrainingProgress } from '../model/train.ts';
import type { ModelPlaces } from '../services/models/localModels.ts';
import { Fault, type FaultData } from '../shared/errors.ts';
import type { EncodedText, Progress } from '../shared/messages.ts';
import type { Trace } from '../shared/trace.ts';
import type { TrainingStep } from '../tokenizers/training/step.ts';

/** Each kind of work with what it is told, what it tells meanwhile, and what it gives back. */
export interface Tasks {
  encode: {
    readonly input: {
      readonly encoding: string;
      readonly text: string;
      readonly vocabularies: string;
      /** Whether special tokens are made from text that looks like them. */
      readonly specialTokens: boolean;
      /** The bytes of a `tokenizer.json`, where `encoding` is its name. */
      readonly file: Uint8Array | undefined;
    };
    readonly progress: Progress;
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
      readonly kernels: string;
      readonly models: ModelPlaces;
    };
    readonly progress: Progress;
    readonly output: { readonly trace: Trace; readonly done: boolean };
  };
  train: {
    readonly input: {
      readonly text: string;
      /** A `tokenizer.json` and the file it is from; the text's characters are its tokens if absent. */
      readonly tokenizer: { readonly name: string; readonly file: string } | undefined;
      readonly recipe: string;
      /** The recipe's if absent. */
      readonly steps: number | undefined;
      readonly seed: number;
      /** Whether the model is wanted as a file. */
      readonly save: boolean;
      /** 4 bytes, 0 until the run is to stop. */
      readonly stop: SharedArrayBuffer;
      readonly kernels: string;
    };
    readonly progress: TrainingProgress;
    readonly output: {
      /** How many were done. */
      readonly steps: number;
      /** False when it was stopped before its end. */
      readonly finished: boolean;
      /** The model as safetensors, where it is wanted and something was learned. */
      readonly file: ArrayBuffer | undefined;
    };
  };
  trainTokenizer: {
    readonly input: {
      readonly kind: 'bpe' | 'wordpiece' | 'unigram';
      readonly name: string;
      readonly files: readonly string[];
      readonly vocabularySize: number;
      /** The trainer's own if absent, as the special tokens. */
      readonly minFrequency: number | undefined;
      readonly specialTokens: readonly string[] | undefined;
      /** Of BPE: how texts are cut into words. */
      readonly pattern: 'gpt2' | 'cl100k' | 'o200k';
      /** 4 bytes, 0 until the run is to stop. */
      readonly stop: SharedArrayBuffer;
    };
    readonly progress: TrainingStep;
    readonly output: {
      readonly vocabulary: number;
      readonly bytes: number;
      /** Different ones. */
      readonly words: number;
      /** Of the whole corpus, where the training knows them. */
      readonly tokens?: number;
      /** Why there are fewer entries than wished. */
      readonly early?: string;
      /** The tokenizer.json; absent when it was stopped before its end. */
      readonly file: ArrayBuffer | undefined;
    };
  };
}
export type TaskName = keyof Tasks;

/** What the thread says. */
export type TaskMessage =
  | { readonly type: 'progress'; readonly progress: Tasks[TaskName]['progress'] }
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
  onProgress: (progress: Tasks[N]['progress']) => void,
): Promise<Tasks[N]['output']> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(fileURLToPath(entry), { workerData: { name, input }, argv: [] });
    thread.on('message', (message: TaskMessage) => {
      switch (message.type) {
        case 'progress':
          onProgress(message.progress as Tasks[N]['progress']);
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
