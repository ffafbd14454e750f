// Runs learners' code in processes of its own: one that is warm waits for the next request; one that doesn't come back,
// or takes too much, is ended, and the next request finds another. Knows no editor.

import type { Clock, Timers } from '../shared/environment.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { CheckReport, OutputLine } from '../shared/exercise.ts';
import type { CancelToken, Method } from '../shared/messages.ts';
import { checkAnswer, type RunReport, runCode, type TracedAnswer, traceAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import { type Ended, endedDiagnosis, howEnded, type Trying } from './ended.ts';
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
/** The same of a run that is recorded. */
export const TRACE_MS = 5000;
/** The same of a text that the learner runs, who can stop it. */
export const RUN_MS = 30_000;
/** How long a process may take to start before it is given up, and to make ready for learners' code. */
const START_MS = 10_000;
/** How long one that has answered may take to be ready again: code that goes on behind its back would hold the next. */
const AGAIN_MS = 250;
/** A process is used so many times: Node keeps what was loaded once, some hundred kilobytes each. */
const MOST_REQUESTS = 150;

interface Warm {
  readonly process: RunnerProcess;
  readonly ready: Promise<void>;
  /** Told when learners' code begins to run. */
  begun: (() => void) | undefined;
  /** Told when it says that it is ready again. */
  again: (() => void) | undefined;
  ended: boolean;
  requests: number;
  trying: Trying | undefined;
  printed: OutputLine[];
}

/** What becomes of a request. */
type Outcome<T> = { readonly answer: T } | Ended;

export class Runner {
  private readonly options: Required<RunnerOptions>;
  private spare: Warm | undefined;
  /** While a process that has answered is not ready again yet. */
  private resting: Promise<void> | undefined;
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

  /** @throws Fault `cancelled`, `worker-died` when no process can be started, or what is wrong with the check itself */
  async check(
    params: z.infer<typeof checkAnswer.params>,
    { token, limitMs = CHECK_MS }: { readonly token?: CancelToken; readonly limitMs?: number } = {},
  ): Promise<CheckReport> {
    const begun = this.options.clock.elapsed();
    const outcome = await this.request(checkAnswer, params, limitMs, token);
    if ('answer' in outcome) {
      return outcome.answer;
    }
    return {
      exercise: params.exercise,
      passed: false,
      diagnosis: endedDiagnosis(outcome, limitMs),
      parts: [],
      cases: 0,
      output: outcome.printed,
      milliseconds: this.options.clock.elapsed() - begun,
    };
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
    throw new Fault('bad-input', endedDiagnosis(outcome, limitMs).message, {
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
    const diagnosis = endedDiagnosis(outcome, limitMs);
    return { output: outcome.printed, diagnosis, milliseconds: this.options.clock.elapsed() - begun };
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
    await this.resting;
    if (this.disposed || token?.isCancellationRequested) {
      throw new Fault('cancelled', `${method.name} was cancelled before it began.`);
    }
    const warm = this.spare ?? this.start();
    this.spare = undefined;
    this.idle?.dispose();
    this.working.add(warm);
    warm.requests += 1;
    warm.trying = undefined;
    warm.printed = [];
    let why: 'time' | 'cancelled' | undefined;
    const endFor = (reason: 'time' | 'cancelled') => () => {
      why ??= reason;
      this.end(warm);
    };
    const stop = token?.onCancellationRequested(endFor('cancelled'));
    // A slow machine is no fault of the learner's: their time begins with their code.
    let alarm = this.options.timers.after(START_MS + limitMs, endFor('time'));
    warm.begun = () => {
      alarm.dispose();
      alarm = this.options.timers.after(limitMs, endFor('time'));
    };
    try {
      await warm.ready;
      const answer = await warm.process.connection.sendRequest<Result>(method.name, params);
      this.keep(warm);
      return { answer };
    } catch (error) {
      this.end(warm);
      if (why === 'cancelled' || this.disposed) {
        throw new Fault('cancelled', 'The run was stopped.');
      }
      const fault = asFault(error);
      // `ready` rejects with a fault of its own; a connection that closed under the call has no more to say.
      if (error instanceof Fault || fault.code !== 'worker-died') {
        throw fault;
      }
      const ended = why ?? howEnded(await warm.process.exited);
      return { ended, trying: warm.trying, printed: warm.printed };
    } finally {
      alarm.dispose();
      stop?.dispose();
      this.working.delete(warm);
      if (this.resting === undefined) {
        this.warm();
      }
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
        warm.again?.();
      });
      void exited.then(({ code, signal, stderr }) => {
        alarm.dispose();
        reject(notStarted(stderr.trim() || `it ended with ${signal ?? code}`));
      });
    });
    ready.catch(() => {}); // whoever waits hears of it
    const warm: Warm = {
      process,
      ready,
      begun: undefined,
      again: undefined,
      ended: false,
      requests: 0,
      trying: undefined,
      printed: [],
    };
    connection.onNotification('begun', () => warm.begun?.());
    connection.onNotification('trying', (trying: Trying) => {
      warm.trying = trying;
    });
    connection.onNotification('printed', (line: OutputLine) => {
      warm.printed.push(line);
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

  /** A process that has answered is used again, once it says that it is ready. */
  private keep(warm: Warm): void {
    let ready = false;
    const again = new Promise<void>((resolve) => {
      const alarm = this.options.timers.after(AGAIN_MS, resolve);
      warm.again = () => {
        alarm.dispose();
        ready = true;
        resolve();
      };
    });
    const resting = Promise.all([again, this.resting]).then(() => {
      const usable = ready && !warm.ended && warm.requests < MOST_REQUESTS;
      if (usable && !this.disposed && this.spare === undefined) {
        this.spare = warm;
      } else {
        this.end(warm);
      }
      this.resting = this.resting === resting ? undefined : this.resting;
      this.warm();
    });
    this.resting = resting;
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

function notStarted(why: string): Fault {
  return new Fault('worker-died', `The process that runs your code could not be started: ${why}.`, {
    remedy: 'Try again; if it stays so, look at the log "Inside LLMs".',
  });
}
