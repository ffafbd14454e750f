// Runs learners' code in processes of its own: one that is warm waits for the next request; one that doesn't come back,
// or takes too much, is ended, and the next request finds another. Knows no editor.

import type { Clock, Timers } from '../shared/environment.ts';
import { asFault, Fault } from '../shared/errors.ts';
import type { CheckReport } from '../shared/exercise.ts';
import type { CancelToken, Method } from '../shared/messages.ts';
import { checkAnswer, type RunReport, runCode, type TracedAnswer, traceAnswer } from '../shared/runnerMessages.ts';
import type { z } from '../shared/schema.ts';
import { type Ended, endedDiagnosis, howEnded, outOfTime } from './ended.ts';
import type { RunnerProcess } from './runnerProcess.ts';
import { notStarted, START_MS, startWarm, type Warm } from './warmProcess.ts';

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
/** A process that doesn't come to the learner's code is followed by another: the gate that it ran into is left out then. */
const STARTS = 2;
/** How long one that has answered may take to be ready again: code that goes on behind its back would hold the next. */
const AGAIN_MS = 250;
/** A process is used so many times: Node keeps what was loaded once, some hundred kilobytes each. */
const MOST_REQUESTS = 150;

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
    for (let tries = 1; ; tries++) {
      if (this.disposed || token?.isCancellationRequested) {
        throw new Fault('cancelled', `${method.name} was cancelled before it began.`);
      }
      const outcome = await this.attempt(method, params, limitMs, token);
      if (!('unbegun' in outcome)) {
        return outcome;
      }
      if (tries === STARTS) {
        throw outcome.unbegun;
      }
    }
  }

  private async attempt<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    limitMs: number,
    token: CancelToken | undefined,
  ): Promise<Outcome<Result> | { readonly unbegun: Fault }> {
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
    let begun = false;
    // A slow machine is no fault of the learner's: their time begins with their code.
    let alarm = this.options.timers.after(2 * START_MS, () => this.end(warm));
    warm.begun = () => {
      begun = true;
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
      if (fault.code !== 'worker-died') {
        throw fault;
      }
      if (!begun) {
        await warm.process.exited; // what it says at its end decides how the next one is started
        return { unbegun: error instanceof Fault ? error : notStarted('it ended before your code began') };
      }
      const exit = await warm.process.exited;
      const ended = why === 'time' ? outOfTime(exit) : howEnded(exit);
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
    const warm = startWarm(this.options);
    void warm.process.exited.then(() => {
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
