// What ends a request: the user's cancel, or a silence that is too long.

import type { CancelSignal } from '../../shared/environment.ts';

/** How often is looked whether the user has cancelled, in ms. */
const LOOK = 100;

/** Give `signal` to a request; dispose of it when the request is over. */
export class Stop implements Disposable {
  /** Whether it was silent for too long. */
  late = false;
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly patience: number;
  private end: number;

  /** @param patience ms of silence that are too long */
  constructor(cancel: CancelSignal, patience: number) {
    this.patience = patience;
    this.end = performance.now() + patience;
    this.timer = setInterval(() => this.look(cancel), LOOK);
    this.look(cancel);
  }

  private look(cancel: CancelSignal): void {
    this.late = performance.now() > this.end;
    if (cancel.cancelled || this.late) {
      this.controller.abort();
    }
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Something came: the silence begins anew. */
  heard(): void {
    this.end = performance.now() + this.patience;
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer);
    this.controller.abort();
  }
}

/** Why a request failed: Node's fetch says "fetch failed", and keeps the reason inside. */
export function networkReason(error: unknown): string {
  const { message, cause } = error as Error;
  const { code, message: inner } = (cause ?? {}) as NodeJS.ErrnoException;
  return inner || code || message;
}
