// When what ends unexpectedly is started again by itself, and when it waits for somebody to ask. Knows no worker.

import type { Clock } from '../shared/environment.ts';

/** So many ends within so long are mended without a word. */
const MOST = 3;
const WINDOW_MS = 5 * 60_000;

export class CrashLoop {
  /** True while it is not started by itself. */
  held = false;
  private readonly clock: Pick<Clock, 'now'>;
  private times: number[] = [];

  constructor(clock: Pick<Clock, 'now'>) {
    this.clock = clock;
  }

  /** It ended. @returns whether it may be started again by itself */
  died(): boolean {
    const now = this.clock.now();
    this.times = [...this.times.filter((time) => now - time < WINDOW_MS), now];
    this.held = this.times.length > MOST;
    return !this.held;
  }

  /** Somebody asked for it: it may be started. If it ends again soon, it is held again at once. */
  release(): void {
    this.held = false;
  }

  /** It begins anew, as if it had never ended. */
  forget(): void {
    this.times = [];
    this.held = false;
  }
}
