// A worker as the host sees it: started by the first call, stopped when idle, started again after it died. The model
// worker is one, the search worker another. Knows neither vscode nor Node: how a thread is started is handed in.

import { type Disposable, DisposableStore } from '../shared/disposable.ts';
import { systemTimers, type Timers } from '../shared/environment.ts';
import { asFault, Fault } from '../shared/errors.ts';
import {
  type Calls,
  type CancelToken,
  type Method,
  nextOfSession,
  type Progress,
  startSession,
  stopSession,
} from '../shared/messages.ts';
import type { WorkerExit, WorkerHandle } from './platform.ts';

/** `idle` has a thread and nothing to do, `busy` is answering calls, `stopped` has no thread. */
export type WorkerState = 'stopped' | 'idle' | 'busy';

export interface ModelWorkerLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

export interface ModelWorkerOptions {
  readonly spawn: () => WorkerHandle;
  readonly log: ModelWorkerLog;
  /** By which the log and faults name it. `The model worker` if absent. */
  readonly name?: string;
  /** Called with each fresh thread before its first call: to answer what it asks, and to tell it what it must know. */
  readonly onStart?: (connection: WorkerHandle['connection']) => void;
  /** True while it works on its own and is not to be stopped, though nobody waits for an answer. */
  readonly working?: () => boolean;
  readonly timers?: Timers;
  /** Stopped after this long without calls and live sessions. Ten minutes if absent. */
  readonly idleMs?: number;
  /** How long a cancelled call may take to end before the worker is ended instead. Five seconds if absent. */
  readonly cancelGraceMs?: number;
  /** The same for a thread that has answered nothing yet: it may still be loading. Thirty seconds if absent. */
  readonly startGraceMs?: number;
}

interface Pending {
  readonly method: string;
  /** Set when the caller has cancelled. */
  cancelled: boolean;
}

/** One life of the thread. */
interface Life {
  readonly handle: WorkerHandle;
  readonly pending: Set<Pending>;
  /** The sessions that it knows; true while there is more to come from one. */
  readonly sessions: Map<string, boolean>;
  readonly progress: Map<string, (progress: Progress) => void>;
  /** Whether it has answered anything. */
  heard: boolean;
  /** Why it was ended, where that was on purpose. */
  ended?: Fault;
}

export class ModelWorker implements Calls, Disposable {
  private readonly options: Required<ModelWorkerOptions>;
  private readonly stateListeners = new Set<(state: WorkerState) => void>();
  private readonly deathListeners = new Set<(fault: Fault) => void>();
  private life: Life | undefined;
  private idleTimer: Disposable | undefined;
  private shown: WorkerState = 'stopped';
  private disposed = false;
  private progressTokens = 0;

  constructor(options: ModelWorkerOptions) {
    const times = { idleMs: 10 * 60_000, cancelGraceMs: 5_000, startGraceMs: 30_000 };
    const defaults = { timers: systemTimers, ...times, name: 'The model worker' };
    this.options = { ...defaults, onStart: () => {}, working: () => false, ...options };
  }

  get state(): WorkerState {
    return this.shown;
  }

  /** Tells each change of {@link state}. */
  onDidChangeState(listener: (state: WorkerState) => void): Disposable {
    this.stateListeners.add(listener);
    return { dispose: () => this.stateListeners.delete(listener) };
  }

  /**
   * Tells when the thread ended and nobody wanted it to, or had to be ended because it did not stop. The next call starts
   * a fresh one.
   */
  onDidDie(listener: (fault: Fault) => void): Disposable {
    this.deathListeners.add(listener);
    return { dispose: () => this.deathListeners.delete(listener) };
  }

  async request<Params, Result>(
    method: Method<Params, Result>,
    params: Params,
    { token, onProgress }: { readonly token?: CancelToken; readonly onProgress?: (progress: Progress) => void } = {},
  ): Promise<Result> {
    if (token?.isCancellationRequested) {
      throw new Fault('cancelled', `${method.name} was cancelled before it began.`);
    }
    const session = sessionOf(params);
    if (session !== undefined && this.life?.sessions.has(session) !== true) {
      // A session died with its thread: no new thread is started to say so.
      throw new Fault('unknown-session', 'This run has ended, or was lost when its worker ended.', {
        where: session,
        remedy: 'Start it again.',
      });
    }
    const life = this.alive();
    const call: Pending = { method: method.name, cancelled: false };
    const undo = new DisposableStore();
    life.pending.add(call);
    this.changed(life);
    try {
      const sent = onProgress === undefined ? params : this.withProgress(life, params, onProgress, undo);
      if (token !== undefined) {
        this.watchCancel(life, call, token, undo);
      }
      // One argument too many, even an undefined one, and jsonrpc sends a list.
      const sentArguments = token === undefined ? [sent] : [sent, token];
      const result = await life.handle.connection.sendRequest<Result>(method.name, ...sentArguments);
      life.heard = true;
      noteSession(life, method.name, params, result);
      return result;
    } catch (error) {
      life.heard ||= life.ended === undefined;
      const fault = call.cancelled && life.ended ? cancelledFault(method.name) : (life.ended ?? asFault(error));
      if (fault.code === 'unknown-session') {
        life.sessions.delete(sessionOf(params) ?? '');
      }
      throw fault;
    } finally {
      undo.dispose();
      life.pending.delete(call);
      this.changed(life);
    }
  }

  /** Ends the thread if there is one; what is pending fails with `worker-died`, the next call starts a fresh one. */
  async restart(): Promise<void> {
    await this.end(new Fault('worker-died', `${this.options.name} was restarted.`, { remedy: 'Try again.' }));
  }

  dispose(): void {
    this.disposed = true;
    void this.end(new Fault('cancelled', 'Inside LLMs is closing.'));
    this.stateListeners.clear();
    this.deathListeners.clear();
  }

  private alive(): Life {
    if (this.disposed) {
      throw new Fault('cancelled', 'Inside LLMs is closing.');
    }
    this.idleTimer?.dispose();
    this.life ??= this.start();
    return this.life;
  }

  private start(): Life {
    const handle = this.options.spawn();
    const life: Life = { handle, pending: new Set(), sessions: new Map(), progress: new Map(), heard: false };
    handle.connection.onNotification('progress', ({ token, value }: { token: string; value: Progress }) => {
      life.progress.get(token)?.(value);
    });
    handle.connection.onNotification('log', ({ text }: { text: string }) => this.options.log.error(text));
    void handle.exited.then((exit) => this.exited(life, exit));
    this.options.log.info(`${this.options.name} was started.`);
    this.options.onStart(handle.connection);
    return life;
  }

  /** The thread has ended: nothing that waits for it would ever hear, if the connection were not disposed. */
  private exited(life: Life, exit: WorkerExit): void {
    const unwanted = life.ended === undefined;
    life.ended ??= deathFault(this.options.name, life, exit);
    if (unwanted) {
      this.options.log.error(life.ended.full);
    }
    this.drop(life);
    if (unwanted) {
      tell(this.deathListeners, life.ended);
    }
  }

  /** Ends the thread on purpose. */
  private async end(why: Fault): Promise<void> {
    const { life } = this;
    if (life !== undefined) {
      life.ended ??= why;
      this.drop(life);
      await life.handle.terminate();
    }
  }

  private drop(life: Life): void {
    if (this.life === life) {
      this.life = undefined;
      this.idleTimer?.dispose();
    }
    life.handle.connection.dispose();
    this.show();
  }

  private withProgress<Params>(
    life: Life,
    params: Params,
    onProgress: (progress: Progress) => void,
    undo: DisposableStore,
  ): Params {
    const progress = `p${++this.progressTokens}`;
    life.progress.set(progress, onProgress);
    undo.defer(() => life.progress.delete(progress));
    return { ...params, progress };
  }

  /** A call that doesn't obey its cancel would keep the thread from everyone: the thread is ended then. */
  private watchCancel(life: Life, call: Pending, token: CancelToken, undo: DisposableStore): void {
    const { timers, cancelGraceMs, startGraceMs, log } = this.options;
    const cancelled = token.onCancellationRequested(() => {
      call.cancelled = true;
      const grace = life.heard ? cancelGraceMs : startGraceMs;
      undo.add(
        timers.after(grace, () => {
          log.warn(`${call.method} did not stop ${grace / 1000} s after it was cancelled: ending the worker.`);
          if (this.life === life) {
            const fault = new Fault(
              'worker-died',
              `${this.options.name} was ended because ${call.method} did not stop.`,
              {
                remedy: 'Try again: it starts anew by itself.',
              },
            );
            void this.end(fault);
            tell(this.deathListeners, fault);
          }
        }),
      );
    });
    undo.add(cancelled);
  }

  /** After each call: shows the state, and sets the alarm for an idle thread. */
  private changed(life: Life): void {
    if (this.life !== life) {
      return;
    }
    this.idleTimer?.dispose();
    if (life.pending.size === 0 && ![...life.sessions.values()].includes(true)) {
      this.idleTimer = this.options.timers.after(this.options.idleMs, () => this.rest(life));
    }
    this.show();
  }

  /** Nothing was asked for a while: ends the thread, or looks again after as long where it works on its own. */
  private rest(life: Life): void {
    const { name, log, working } = this.options;
    if (working()) {
      this.changed(life);
      return;
    }
    log.info(`${name} was stopped: nothing to do.`);
    void this.end(new Fault('worker-died', `${name} was stopped.`, { remedy: 'Try again.' }));
  }

  private show(): void {
    const state = this.life === undefined ? 'stopped' : this.life.pending.size > 0 ? 'busy' : 'idle';
    if (state !== this.shown) {
      this.shown = state;
      tell(this.stateListeners, state);
    }
  }
}

function tell<T>(listeners: ReadonlySet<(value: T) => void>, value: T): void {
  for (const listener of [...listeners]) {
    listener(value);
  }
}

function sessionOf(params: unknown): string | undefined {
  const { session } = (params ?? {}) as { readonly session?: unknown };
  return typeof session === 'string' ? session : undefined;
}

/** Keeps account of the sessions that live in the thread: it isn't idle while one has more to come. */
function noteSession(life: Life, method: string, params: unknown, result: unknown): void {
  const session = sessionOf(params) ?? '';
  if (method === startSession.name) {
    life.sessions.set((result as { readonly session: string }).session, true);
  } else if (method === nextOfSession.name) {
    life.sessions.set(session, !(result as { readonly done: boolean }).done);
  } else if (method === stopSession.name) {
    life.sessions.delete(session);
  }
}

function cancelledFault(method: string): Fault {
  return new Fault('cancelled', `${method} was cancelled.`);
}

function deathFault(name: string, life: Life, { code, reason }: WorkerExit): Fault {
  const methods = [...new Set([...life.pending].map((call) => call.method))].join(', ');
  const during = methods === '' ? '' : ` during ${methods}`;
  return new Fault('worker-died', `${name} ended unexpectedly${during} (${reason ?? `exit code ${code}`}).`, {
    remedy: 'Try again: it starts anew by itself. If it happens again, look at the log "Inside LLMs".',
  });
}
