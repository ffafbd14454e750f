// Runs learners' code in processes of its own: one that is warm waits for the next request; one that doesn't come back,
// or takes too much, is ended, and the next request finds another. Knows no editor.

import type { Clock, Timers } from '../shared/environment.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { CaseName, CheckReport, Diagnosis } from '../shared/exercise.ts';
import type { CancelToken, Method } from '../shared/messages.ts';
import { checkAnswer, type RunReport, runCode, type TracedAnswer, traceAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import type { RunnerProcess } from './runnerProcess.ts';

export interface RunnerOptions {
  readonly start: () => RunnerProcess;
  readonly timers: Timers;
  readonly clock: Clock;
  /** After this long without a request the warm process is ended. Five minutes if absent. */
  readonly idleMs?: number;
}

/** How long a check may take before the learner's code is said not to come back, in milliseconds. */
export const CHECK_MS = 2000;
/** The same of a text that the learner runs, who can stop it. */
/** The same of a run that is recorded. */
export const TRACE_MS = 5000;
export const RUN_MS = 30_000;
/** How long a process may take to start before it is given up. */
const START_MS = 10_000;

/** What was tried when a process was last heard of. */
interface Trying {
  readonly name: CaseName;
  readonly inputs: readonly string[];
}

interface Warm {
  readonly process: RunnerProcess;
  readonly ready: Promise<void>;
  ended: boolean;
  trying: Trying | undefined;
}

/** What becomes of a request: its answer, or how its process ended. */
type Outcome<T> = { readonly answer: T } | { readonly ended: 'time' | 'memory' | 'died'; readonly trying?: Trying };

export class Runner {
  private readonly options: Required<RunnerOptions>;
  private spare: Warm | undefined;
  private idle: { dispose(): void } | undefined;
  private readonly working = new Set<Warm>();
  private disposed = false;

  constructor(options: RunnerOptions) {
    this.options = { idleMs: 5 * 60_000, ...options };
  }

  /** Starts a process ahead of the first request. */
  warm(): void {
    if (!this.disposed) {
      this.spare ??= this.start();
      this.rest();
    }
  }

  /**
   * @param parameters of the exercise's function, by name, for an input on which it doesn't come back
   * @throws Fault `cancelled`, `worker-died` when no process can be started, or what is wrong with the check itself
   */
  async check(
    params: z.infer<typeof checkAnswer.params>,
    { token, limitMs = CHECK_MS }: { readonly token?: CancelToken; readonly limitMs?: number } = {},
  ): Promise<CheckReport> {
    const begun = this.options.clock.elapsed();
    const outcome = await this.request(checkAnswer, params, limitMs, token);
    if ('answer' in outcome) {
      return outcome.answer;
    }
    const diagnosis = endedDiagnosis(outcome.ended, limitMs, outcome.trying);
    const { exercise } = params;
    const milliseconds = this.options.clock.elapsed() - begun;
    return { exercise, passed: false, diagnosis, parts: [], cases: 0, output: [], milliseconds };
  }

  /** @throws Fault as {@link check}; `bad-input` when the run didn't come back, or took too much */
  async trace(
    params: z.infer<typeof traceAnswer.params>,
    { token, limitMs = TRACE_MS }: { readonly token?: CancelToken; readonly limitMs?: number } = {},
  ): Promise<TracedAnswer> {
    const outcome = await this.request(traceAnswer, params, limitMs, token);
    if ('answer' in outcome) {
      return outcome.answer;
    }
    throw new Fault('bad-input', endedDiagnosis(outcome.ended, limitMs).message, {
      where: params.entry,
      remedy: 'Check it first: the check names the input.',
    });
  }

  /** @throws Fault as {@link check} */
  async run(
    params: z.infer<typeof runCode.params>,
    { token, limitMs = RUN_MS }: { readonly token?: CancelToken; readonly limitMs?: number } = {},
  ): Promise<RunReport> {
    const begun = this.options.clock.elapsed();
    const outcome = await this.request(runCode, params, limitMs, token);
    if ('answer' in outcome) {
      return outcome.answer;
    }
    const diagnosis = endedDiagnosis(outcome.ended, limitMs);
    return { output: [], diagnosis, milliseconds: this.options.clock.elapsed() - begun };
  }

  dispose(): void {
    this.disposed = true;
    this.idle?.dispose();
    for (const warm of [this.spare, ...this.working]) {
      if (warm !== undefined) {
        this.end(warm);
      }
    }
    this.spare = undefined;
  }

  private async request<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    limitMs: number,
    token: CancelToken | undefined,
  ): Promise<Outcome<Result>> {
    if (this.disposed || token?.isCancellationRequested) {
      throw new Fault('cancelled', `${method.name} was cancelled before it began.`);
    }
    const warm = this.spare ?? this.start();
    this.spare = undefined;
    this.idle?.dispose();
    this.working.add(warm);
    warm.trying = undefined;
    let late = false;
    let cancelled = false;
    await warm.ready;
    const alarm = this.options.timers.after(limitMs, () => {
      late = true;
      this.end(warm);
    });
    const stop = token?.onCancellationRequested(() => {
      cancelled = true;
      this.end(warm);
    });
    try {
      const answer = warm.process.connection.sendRequest<Result>(method.name, params);
      const gone = warm.process.exited.then(({ signal, code, stderr }) => {
        throw new ProcessEnded(signal, code, stderr);
      });
      const result = { answer: await Promise.race([answer, gone]) };
      this.keep(warm);
      return result;
    } catch (error) {
      this.end(warm);
      if (cancelled) {
        throw new Fault('cancelled', 'The run was stopped.');
      }
      if (error instanceof ProcessEnded || late) {
        const ended = late ? 'time' : isMemory(error as ProcessEnded) ? 'memory' : 'died';
        return { ended, ...(warm.trying !== undefined && { trying: warm.trying }) };
      }
      throw asFault(error);
    } finally {
      alarm.dispose();
      stop?.dispose();
      this.working.delete(warm);
      this.warm();
    }
  }

  private start(): Warm {
    const process = this.options.start();
    const { connection, exited } = process;
    const ready = new Promise<void>((resolve, reject) => {
      const alarm = this.options.timers.after(START_MS, () => {
        process.kill();
        reject(notStarted('it did not answer'));
      });
      connection.onNotification('ready', () => {
        alarm.dispose();
        resolve();
      });
      void exited.then(({ code, signal, stderr }) => {
        alarm.dispose();
        reject(notStarted(stderr.trim() || `it ended with ${signal ?? code}`));
      });
    });
    ready.catch(() => {}); // whoever waits hears of it
    const warm: Warm = { process, ready, ended: false, trying: undefined };
    connection.onNotification('trying', (trying: Trying) => {
      warm.trying = trying;
    });
    void exited.then(() => {
      warm.ended = true;
      connection.dispose();
      if (this.spare === warm) {
        this.spare = undefined;
      }
    });
    return warm;
  }

  /** A process that has answered well is used again. */
  private keep(warm: Warm): void {
    if (this.disposed || this.spare !== undefined || warm.ended) {
      this.end(warm);
    } else {
      this.spare = warm;
      this.rest();
    }
  }

  private end(warm: Warm): void {
    warm.ended = true;
    warm.process.kill();
  }

  private rest(): void {
    this.idle?.dispose();
    this.idle = this.options.timers.after(this.options.idleMs, () => {
      if (this.spare !== undefined) {
        this.end(this.spare);
        this.spare = undefined;
      }
    });
  }
}

class ProcessEnded extends Error {
  readonly signal: string | null;
  readonly code: number | null;
  readonly stderr: string;

  constructor(signal: string | null, code: number | null, stderr: string) {
    super('The process ended.');
    this.signal = signal;
    this.code = code;
    this.stderr = stderr;
  }
}

/** The watch in the process kills it; V8 aborts it, and says why. */
function isMemory({ signal, code, stderr }: ProcessEnded): boolean {
  return (
    signal === 'SIGKILL' ||
    signal === 'SIGABRT' ||
    code === 134 ||
    /heap out of memory|allocation failed/iu.test(stderr)
  );
}

function notStarted(why: string): Fault {
  return new Fault('worker-died', `The process that runs your code could not be started: ${why}.`, {
    remedy: 'Try again; if it stays so, look at the log "Inside LLMs".',
  });
}

function endedDiagnosis(kind: 'time' | 'memory' | 'died', limitMs: number, trying?: Trying): Diagnosis {
  const message = {
    time: `Your code did not come back within ${limitMs / 1000} seconds, and was stopped. Look for a loop whose condition never turns false.`,
    memory:
      'Your code took more memory than it may, and was stopped. Look for a list that grows in a loop without end.',
    died: 'The process that ran your code ended in the middle of it.',
  }[kind];
  const input = trying?.inputs.map((text, i) => ({ name: `input ${i + 1}`, text }));
  return { kind, message, ...(trying !== undefined && { input, caseName: trying.name }) };
}
