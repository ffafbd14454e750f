// The sessions that run in this worker, by their id. They live until they are stopped or the worker ends.

import type { SessionRun } from '../programs/run.ts';
import type { CancelSignal } from '../shared/environment.ts';
import { Fault } from '../shared/errors.ts';

/** Most sessions at once: each holds its program's data. A lesson has a few, and a stopped one doesn't count. */
export const MAX_SESSIONS = 64;

/** A session's cancel signal: whoever pulls lends it the token of the pull. */
export class PullSignal implements CancelSignal {
  private readonly tokens = new Set<{ readonly isCancellationRequested: boolean }>();
  private stopped = false;

  get cancelled(): boolean {
    return this.stopped || [...this.tokens].some((token) => token.isCancellationRequested);
  }

  /** Runs `work` while `token` can cancel it. */
  async during<T>(token: { readonly isCancellationRequested: boolean }, work: () => Promise<T>): Promise<T> {
    this.tokens.add(token);
    try {
      return await work();
    } finally {
      this.tokens.delete(token);
    }
  }

  stop(): void {
    this.stopped = true;
  }
}

export interface Session {
  readonly run: SessionRun;
  readonly signal: PullSignal;
}

export class Sessions {
  private readonly running = new Map<string, Session>();
  private readonly newId: () => string;

  /** @param newId makes ids that no other worker has made: a session of a worker that died must not name one here. */
  constructor(newId: () => string) {
    this.newId = newId;
  }

  /** @throws Fault `too-large` when too many are open; `start` is not called then. */
  open(start: (signal: PullSignal) => SessionRun): string {
    this.dropOver();
    if (this.running.size >= MAX_SESSIONS) {
      throw new Fault('too-large', `${MAX_SESSIONS} sessions are running already.`, {
        remedy: 'Close a lesson that runs one, then start this one again.',
      });
    }
    const signal = new PullSignal();
    const run = start(signal);
    const id = this.newId();
    this.running.set(id, { run, signal });
    return id;
  }

  /** @throws Fault `unknown-session` */
  get(id: string): Session {
    const session = this.running.get(id);
    if (session === undefined) {
      throw new Fault('unknown-session', 'This run has ended, or was lost when its worker ended.', {
        where: id,
        remedy: 'Start it again.',
      });
    }
    return session;
  }

  /** @throws Fault `unknown-session` */
  stop(id: string): void {
    const { run, signal } = this.get(id);
    this.running.delete(id);
    signal.stop();
    void run.stop();
  }

  /** Makes room where there is none: drops those that have come to their end, the oldest first. */
  private dropOver(): void {
    for (const [id, { run }] of this.running) {
      if (this.running.size < MAX_SESSIONS) {
        return;
      }
      if (run.over) {
        this.running.delete(id);
      }
    }
  }

  /** Drops a session that a fault has ended. */
  forget(id: string): void {
    this.running.delete(id);
  }
}
