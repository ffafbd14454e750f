// The field in which a text is typed, whose tokens follow from frame to frame. The latest text wins; what the host has
// not taken yet is not sent again until it has.

import type { Calls } from '../../src/shared/messages.ts';
import { showTyped } from '../../src/shared/tokensMessages.ts';

export class TypedText {
  /** What stands in the field; undefined while the panel follows the editor. */
  text: string | undefined;
  private readonly calls: Calls;
  private readonly failed: (error: unknown) => void;
  private waiting = false;
  private sending = false;
  /** Those sent last: their tokens may still be on the way. */
  private recent: readonly string[] = [];
  private sent: string | undefined;

  constructor(calls: Calls, failed: (error: unknown) => void) {
    this.calls = calls;
    this.failed = failed;
  }

  type(text: string): void {
    this.text = text;
    if (!this.waiting) {
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        void this.send();
      });
    }
  }

  private async send(): Promise<void> {
    const { text } = this;
    if (this.sending || text === undefined || text === this.sent) {
      return;
    }
    this.sending = true;
    this.sent = text;
    this.recent = [...this.recent.slice(-20), text];
    try {
      await this.calls.request(showTyped, { text });
    } catch (error) {
      this.sent = undefined;
      this.failed(error);
      return;
    } finally {
      this.sending = false;
    }
    if (this.text !== text) {
      await this.send();
    }
  }

  /** What the panel shows now; undefined while that is the editor's. Another text than the typed ones is taken up. */
  arrived(shown: string | undefined): void {
    if (shown !== undefined && this.text !== undefined && !this.recent.includes(shown)) {
      this.leave();
    }
  }

  /** The panel follows the editor again. */
  leave(): void {
    this.text = undefined;
    this.sent = undefined;
  }
}
