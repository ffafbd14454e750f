// The threads that compute for one backend: the caller's own, and helpers where there are any. A call of a compiled kernel
// that is large enough is cut into parts that all of them take; the parts are cut so that results are the same bits
// however many threads there are.

import { type Clock, systemClock } from '../../shared/environment.ts';
import { Fault } from '../../shared/errors.ts';
import { type Job, JobBoard, MOST_PARTS } from './jobBoard.ts';
import { Teamwork } from './teamwork.ts';
import type { KernelThreads, RunningThread, ThreadWork } from './threads.ts';
import { type KernelName, startModule, type WasmExports } from './wasmModule.ts';

/** How a call is cut; see {@link Job}. */
export type Cut = Pick<Job, 'steps' | 'counted'> & Partial<Pick<Job, 'shares'>>;

/** More parts than threads, so that one that was interrupted leaves what it had not begun to the others. */
const PARTS_A_THREAD = 4;
/** See {@link KernelThreads}. */
const WORTH = 2000;
const PATIENCE = 30_000;
/** Sleeping helpers are woken for so many times `worth`: until one is there, the caller has done that by itself. */
const WAKING = 20;
const NO_SHARES: readonly number[] = [];

export class Team {
  readonly exports: WasmExports;
  /** Threads that may compute at the same time, the caller's own among them. */
  readonly size: number;
  private readonly numberOf: ReadonlyMap<string, number>;
  private readonly board: JobBoard | undefined;
  private readonly helpers = new Set<RunningThread>();
  private readonly clock: Pick<Clock, 'elapsed'>;
  private readonly teamwork: Teamwork;
  private readonly worth: number;
  private readonly patience: number;

  /** Starts the helpers. One that can't start is done without. */
  constructor(module: WebAssembly.Module, memory: WebAssembly.Memory, threads?: KernelThreads) {
    this.clock = threads?.clock ?? systemClock;
    this.teamwork = new Teamwork(this.clock);
    this.worth = threads?.worth ?? WORTH;
    this.patience = threads?.patience ?? PATIENCE;
    this.exports = startModule(module, memory);
    this.numberOf = new Map(Object.keys(this.exports).map((name, number) => [name, number]));
    this.size = Math.max(1, threads?.count ?? 1);
    if (threads === undefined || this.size === 1) {
      return;
    }
    this.board = new JobBoard();
    for (let thread = 1; thread < this.size; thread++) {
      this.start(threads, { module, memory, board: this.board.buffer, thread });
    }
  }

  private start(threads: KernelThreads, work: ThreadWork): void {
    const started: { helper?: RunningThread; ended: boolean } = { ended: false };
    const ended = () => {
      started.ended = true;
      if (started.helper !== undefined) {
        this.helpers.delete(started.helper);
      }
    };
    try {
      started.helper = threads.start(work, ended);
      if (!started.ended) {
        this.helpers.add(started.helper);
      }
    } catch {
      // The machine gives no more threads: the others do its share.
    }
  }

  /** Whether so many nanoseconds of work are worth being shared, with the helpers as they are now. */
  private shares(nanoseconds: number): boolean {
    if (this.board === undefined || this.helpers.size === 0 || nanoseconds <= 2 * this.worth) {
      return false;
    }
    return (nanoseconds >= WAKING * this.worth || !this.board.allSleep) && this.teamwork.pays;
  }

  /**
   * Calls a kernel for `units` units, which `args` say as well.
   *
   * @param multiple parts are multiples of so many units.
   * @param cost what a unit takes one thread, in nanoseconds, about.
   * @throws Fault `internal` when a helper has failed, or ended in the middle of a part. The results are then worth
   * nothing, and all that comes after is done by one thread.
   */
  run(kernel: KernelName, args: readonly number[], cut: Cut, units: number, multiple: number, cost: number): void {
    const call = this.exports[kernel] as (...numbers: readonly number[]) => void;
    if (!this.shares(units * cost) || units <= multiple) {
      call(...args);
      return;
    }
    const most = Math.min(MOST_PARTS, this.size * PARTS_A_THREAD);
    const part = multiple * Math.ceil(Math.max(units / most, this.worth / cost) / multiple);
    const { steps, counted, shares = NO_SHARES } = cut;
    this.share(
      call,
      { kernel: this.numberOf.get(kernel) as number, args, steps, shares, counted, units, part },
      (part * cost) / 1e6,
    );
  }

  /** @param cost what a part takes one thread, in milliseconds, about. */
  private share(call: (...numbers: number[]) => void, job: Job, cost: number): void {
    const board = this.board as JobBoard;
    if (board.turnsOver) {
      this.awaitSleep(board);
    }
    const parts = Math.ceil(job.units / job.part);
    const number = board.post(job, parts);
    let own = 0;
    try {
      for (let part = board.take(number, 'first'); part >= 0; part = board.take(number, 'first')) {
        own += 1;
        call(...argumentsOf(job, part, 0));
      }
    } finally {
      // Also when a part has failed here: nobody may still be writing when the caller goes on.
      const begun = this.clock.elapsed();
      this.awaitOthers(board, parts - own);
      this.teamwork.enter((parts - own) * cost, this.clock.elapsed() - begun);
    }
  }

  private awaitOthers(board: JobBoard, parts: number): void {
    const done = board.awaitFinished(parts, this.patience);
    if (done && !board.failed) {
      return;
    }
    this.close();
    throw new Fault('internal', `A thread that computes ${done ? 'has failed' : "doesn't answer"}.`, {
      remedy: 'Run it again: all goes on with one thread.',
    });
  }

  /** Helpers that sleep know no old job, whose number could come again. */
  private awaitSleep(board: JobBoard): void {
    const until = performance.now() + this.patience;
    while (!board.allSleep) {
      if (performance.now() > until) {
        this.close();
        return;
      }
    }
  }

  /** Ends the helpers. What is asked afterwards is done by one thread. */
  close(): void {
    this.board?.close();
    for (const helper of this.helpers) {
      helper.stop();
    }
    this.helpers.clear();
  }
}

/** What part `part` of a job calls its kernel with. */
export function argumentsOf({ args, steps, shares, counted, units, part: size }: Job, part: number, thread: number) {
  const begin = part * size;
  const numbers = args.map((value, i) => value + begin * steps[i] + thread * (shares[i] ?? 0));
  numbers[counted] = Math.min(size, units - begin);
  return numbers;
}
