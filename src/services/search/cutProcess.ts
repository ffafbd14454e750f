// Cuts files along their syntax in a process of its own. V8's optimizing compiler takes hundreds of megabytes for the
// lexers of some grammars, and what grows so doesn't shrink again: this process compiles in the plain way only, and ends
// when there is nothing to do, with all its memory. Where none can be started, files are cut here.

import { type ChildProcess, fork } from 'node:child_process';
import { type CutFile, chunkQuickly, type SyntaxParser } from '../../retrieval/chunk/chunkFile.ts';
import type { Chunk } from '../../retrieval/chunk.ts';
import type { CancelSignal, Clock } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { type Cutter, cutterWith } from './cutter.ts';

export interface CutRequest {
  readonly language: string;
  readonly text: string;
}

export interface CutAnswer {
  readonly chunks: readonly Omit<Chunk, 'text'>[];
  readonly why?: string;
  /** What the process takes in memory. */
  readonly bytes: number;
}

export interface CutProcessOptions {
  /** cutProgram.ts, or the bundle that was made of it. */
  readonly program: string;
  /** Where the grammars are. */
  readonly grammars: string;
  /** For where no process can be started. */
  readonly parser: SyntaxParser;
  readonly clock: Clock;
  /** Milliseconds without a file after which the process ends. */
  readonly rest?: number;
  /** Milliseconds after which it is ended amid a file: it keeps no time by itself, then. */
  readonly longest?: number;
}

/** No optimizing compiler for WASM: V8 knows this by itself for as long as it has it. */
const FLAGS = ['--liftoff-only'];
/** A process that has become larger than this is ended after its file, in bytes. */
const MOST_BYTES = 220 * 1024 * 1024;
/** How often it is looked whether a file is still wanted, in milliseconds. */
const LOOK_MS = 20;

/** What {@link cutterWith} makes, but that trees are made and cut elsewhere. */
export function cutterInProcess(options: CutProcessOptions): Cutter {
  const here = cutterWith(options.parser);
  const elsewhere = new CutProcess(options);
  return {
    ...here,
    async best(language, text, signal) {
      const cut =
        here.bestCut(language) === here.quickCut ? undefined : await elsewhere.cut({ language, text }, signal);
      return cut ?? here.best(language, text, signal);
    },
  };
}

/** One process at a time, and one file at a time in it. */
class CutProcess {
  readonly #options: Required<CutProcessOptions>;
  #child: ChildProcess | undefined;
  /** Whether one has ever answered: undefined before the first answer, or its end. */
  #works: boolean | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #rest: NodeJS.Timeout | undefined;

  constructor(options: CutProcessOptions) {
    this.#options = { rest: 10_000, longest: 60_000, ...options };
  }

  /** @returns undefined where no process can be started @throws Fault `cancelled` */
  cut(request: CutRequest, signal: CancelSignal): Promise<CutFile | undefined> {
    const cutting = this.#last.then(() => this.#cut(request, signal));
    this.#last = cutting.catch(() => {});
    return cutting;
  }

  async #cut(request: CutRequest, signal: CancelSignal): Promise<CutFile | undefined> {
    if (this.#works === false) {
      return undefined;
    }
    clearTimeout(this.#rest);
    const child = this.#started();
    const answer = child && (await this.#answer(child, request, signal));
    if (signal.cancelled) {
      throw new Fault('cancelled', 'Cutting a file was stopped.');
    }
    this.#works ??= answer !== undefined;
    if (answer === undefined) {
      const { language, text } = request;
      const why = 'The process that parses ended amid this file.';
      return this.#works ? { chunks: chunkQuickly(language, text), why } : undefined;
    }
    if (answer.bytes > MOST_BYTES) {
      this.#end();
    } else {
      this.#rest = setTimeout(() => this.#end(), this.#options.rest).unref();
    }
    return {
      chunks: answer.chunks.map((chunk) => ({ ...chunk, text: request.text.slice(chunk.start, chunk.end) })),
      ...(answer.why !== undefined && { why: answer.why }),
    };
  }

  #started(): ChildProcess | undefined {
    if (this.#child !== undefined) {
      return this.#child;
    }
    // Nothing of this process's own flags and debuggers; and an editor's program is to be no editor.
    const { NODE_OPTIONS: _, ...env } = process.env;
    try {
      const child = fork(this.#options.program, [this.#options.grammars], {
        execArgv: FLAGS,
        env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      });
      child.on('error', () => {}); // it has ended, or never was
      child.once('exit', () => {
        this.#child = this.#child === child ? undefined : this.#child;
      });
      // It keeps nobody from ending.
      child.unref();
      child.channel?.unref();
      this.#child = child;
      return child;
    } catch {
      return undefined;
    }
  }

  /** undefined where it ended, or had to be ended. */
  #answer(child: ChildProcess, request: CutRequest, signal: CancelSignal): Promise<CutAnswer | undefined> {
    const { clock, longest } = this.#options;
    const began = clock.elapsed();
    return new Promise((resolve) => {
      const done = (answer?: CutAnswer) => {
        clearInterval(watch);
        child.off('message', onAnswer).off('exit', onEnd).off('error', onEnd);
        if (answer === undefined) {
          this.#child = undefined;
          child.kill('SIGKILL');
        }
        resolve(answer);
      };
      const onAnswer = (answer: unknown) => done(answer as CutAnswer);
      const onEnd = () => done();
      const watch = setInterval(() => (signal.cancelled || clock.elapsed() - began > longest) && done(), LOOK_MS);
      child.once('message', onAnswer).once('exit', onEnd).once('error', onEnd);
      child.send(request, (error) => error && done());
    });
  }

  #end(): void {
    const child = this.#child;
    this.#child = undefined;
    if (child?.connected) {
      child.disconnect();
    }
  }
}
