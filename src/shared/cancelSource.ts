// A cancel token with its switch, for calls that may be cancelled from more than one place.

import type { Disposable } from './disposable.ts';
import type { CancelToken } from './messages.ts';

export class CancelSource implements CancelToken {
  isCancellationRequested = false;
  private readonly listeners = new Set<() => void>();

  onCancellationRequested(listener: () => void): Disposable {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  cancel(): void {
    if (!this.isCancellationRequested) {
      this.isCancellationRequested = true;
      for (const listener of [...this.listeners]) {
        listener();
      }
    }
  }
}
