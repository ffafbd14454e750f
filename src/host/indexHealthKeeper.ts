// How the index stood when it was last heard of, and who is told of changes. Pages ask whenever they are told: what is
// the same is not told again, and what was heard a moment ago is not asked again, or telling and asking would go round
// and round. Knows nothing of vscode.

import type { Disposable } from '../shared/disposable.ts';
import type { Clock } from '../shared/environment.ts';
import type { IndexHealth } from '../shared/searchMessages.ts';
import { CLOSED } from './searchHealth.ts';

/** What was heard so short a time ago is as good as new: the worker tells of changes by itself. */
const FRESH_MS = 250;

export class IndexHealthKeeper {
  private readonly listeners = new Set<() => void>();
  private readonly clock: Clock;
  private readonly request: () => Promise<IndexHealth>;
  private readonly onFault: (error: unknown) => void;
  private asking: Promise<void> | undefined;
  private askAgain = false;
  private heardAt = Number.NEGATIVE_INFINITY;
  private known = CLOSED;

  /** @param request asks the worker; what goes wrong goes to `onFault`, and the health stays as it was known */
  constructor(clock: Clock, request: () => Promise<IndexHealth>, onFault: (error: unknown) => void) {
    this.clock = clock;
    this.request = request;
    this.onFault = onFault;
  }

  /** As it was last heard. */
  get health(): IndexHealth {
    return this.known;
  }

  onDidChange(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Takes what is known without asking. */
  know(health: IndexHealth): void {
    const same = JSON.stringify(health) === JSON.stringify(this.known);
    this.known = health;
    if (!same) {
      for (const listener of [...this.listeners]) {
        listener();
      }
    }
  }

  /** Asks, one call at a time, and once more where it was asked meanwhile. */
  ask(): Promise<void> {
    this.askAgain = true;
    this.asking ??= this.askOn().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  /** Asks unless it was heard just now, or is being asked. */
  async look(): Promise<void> {
    if (this.asking !== undefined) {
      await this.asking;
    } else if (this.clock.elapsed() - this.heardAt > FRESH_MS) {
      await this.ask();
    }
  }

  dispose(): void {
    this.listeners.clear();
  }

  private async askOn(): Promise<void> {
    while (this.askAgain) {
      this.askAgain = false;
      try {
        const health = await this.request();
        this.heardAt = this.clock.elapsed();
        this.know(health);
      } catch (error) {
        this.onFault(error);
      }
    }
  }
}
