// The status bar's token count as a state that is never wrong: a number stands there only while it belongs to what the
// editor shows. Waits until typing pauses, drops outdated counts, leaves large texts uncounted until asked. No vscode.

import { CancelSource } from '../shared/cancelSource.ts';
import type { Disposable } from '../shared/disposable.ts';
import { asFault } from '../shared/errors.ts';
import type { CancelToken } from '../shared/messages.ts';

/** Above this many UTF-16 units a text is counted only when the user asks for it. */
export const COUNT_LIMIT = 1_000_000;
const SETTLE_MS = 250;

export type CountState =
  | { readonly kind: 'hidden' }
  | { readonly kind: 'counting'; readonly subject: Counted }
  | ({ readonly kind: 'counted'; readonly subject: Counted } & Counts)
  /** Not counted: larger than {@link COUNT_LIMIT}. */
  | { readonly kind: 'large'; readonly subject: Counted }
  | { readonly kind: 'failed'; readonly subject: Counted; readonly reason: string };

/** A text's tokens, and its UTF-8 bytes. */
export interface Counts {
  readonly count: number;
  readonly textBytes: number;
}

/** What is counted. The text is read only when its turn comes. */
export interface Counted {
  readonly key: string;
  readonly what: 'selection' | 'document';
  /** UTF-16 units. */
  readonly length: number;
  readonly text: () => string;
}

export class TokenCounter implements Disposable {
  private readonly count: (text: string, token: CancelToken) => Promise<Counts>;
  private readonly show: (state: CountState) => void;
  private subject: Counted | undefined;
  private known: { readonly key: string; readonly counts: Counts } | undefined;
  private timer: unknown;
  private running: CancelSource | undefined;

  constructor(count: (text: string, token: CancelToken) => Promise<Counts>, show: (state: CountState) => void) {
    this.count = count;
    this.show = show;
  }

  /** The editor shows this now; undefined hides the count. The same subject again changes nothing. */
  look(subject: Counted | undefined): void {
    if (subject !== undefined && subject.key === this.subject?.key) {
      return;
    }
    this.stop();
    this.subject = subject;
    if (subject === undefined) {
      this.show({ kind: 'hidden' });
    } else if (this.known?.key === subject.key) {
      this.show({ kind: 'counted', subject, ...this.known.counts });
    } else if (subject.length > COUNT_LIMIT) {
      this.show({ kind: 'large', subject });
    } else {
      this.show({ kind: 'counting', subject });
      this.timer = setTimeout(() => void this.run(subject), SETTLE_MS);
    }
  }

  /** Someone else has counted this one (the panel): shown if it is still what the editor shows. */
  know(key: string, counts: Counts): void {
    this.known = { key, counts };
    if (this.subject?.key === key) {
      this.stop();
      this.show({ kind: 'counted', subject: this.subject, ...counts });
    }
  }

  dispose(): void {
    this.stop();
    this.subject = undefined;
  }

  private async run(subject: Counted): Promise<void> {
    const cancel = new CancelSource();
    this.running = cancel;
    try {
      const counts = await this.count(subject.text(), cancel);
      if (!cancel.isCancellationRequested) {
        this.know(subject.key, counts);
      }
    } catch (error) {
      if (!cancel.isCancellationRequested) {
        this.show({ kind: 'failed', subject, reason: asFault(error).full });
      }
    }
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.running?.cancel();
    this.running = undefined;
  }
}
