// Runs work again and again with what is newest, one run at a time: for what is asked anew while a slider moves. What
// the work is, and what becomes of its outcome, is its owner's affair.

import { CancelSource } from '../../src/shared/cancelSource.ts';
import type { CancelToken } from '../../src/shared/messages.ts';

/** How long a newer wish waits for the run that is going on, in milliseconds; then that one is cancelled. */
const PATIENCE = 300;

export interface RunOptions<Result> {
  /** Reads what is wanted when it is called, and computes it. */
  readonly work: (token: CancelToken) => Promise<Result>;
  readonly done: (result: Result) => void;
  /** A run failed or was cancelled, and no newer one follows it. */
  readonly failed: (error: unknown) => void;
  /** A run begins; and it ends, with no other following. */
  readonly busy: (busy: boolean) => void;
}

export class LatestRun<Result> {
  private readonly options: RunOptions<Result>;
  private current: CancelSource | undefined;
  /** Something newer is wanted than what is running. */
  private again = false;
  private patience: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RunOptions<Result>) {
    this.options = options;
  }

  /** Runs now, or once the running one is done or its time is up. However often this is called, one run follows. */
  ask(): void {
    if (this.current === undefined) {
      void this.start();
      return;
    }
    this.again = true;
    this.patience ??= setTimeout(() => this.current?.cancel(), PATIENCE);
  }

  /** Runs now. What is running is cancelled, and nobody learns what it came to. */
  restart(): void {
    this.forget();
    void this.start();
  }

  /** Cancels what is running; nothing follows it. It fails with `cancelled`. */
  cancel(): void {
    this.again = false;
    this.current?.cancel();
  }

  /** Cancels what is running, unheard. */
  forget(): void {
    this.again = false;
    clearTimeout(this.patience);
    this.patience = undefined;
    const running = this.current;
    this.current = undefined;
    running?.cancel();
  }

  private async start(): Promise<void> {
    const source = new CancelSource();
    this.current = source;
    const { work, done, failed, busy } = this.options;
    busy(true);
    const end = (tell: () => void) => {
      if (this.current === source) {
        clearTimeout(this.patience);
        this.patience = undefined;
        this.current = undefined;
        tell();
      }
    };
    try {
      const result = await work(source);
      end(() => done(result));
    } catch (error) {
      end(() => this.again || failed(error));
    }
    if (this.current === undefined) {
      if (this.again) {
        this.again = false;
        void this.start();
      } else {
        busy(false);
      }
    }
  }
}
