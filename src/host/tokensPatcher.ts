// Keeps a shown text up to date by patches while its document is edited: one at a time, and what was edited meanwhile is
// one edit for the next. Where no patch fits, the whole is asked for again. No vscode, no timers.

import { CancelSource } from '../shared/cancelSource.ts';
import type { CancelToken, EncodedText } from '../shared/messages.ts';
import type { TokensPatch } from '../shared/tokensMessages.ts';
import { type Change, type Edit, joined, planPatch, type TextSource } from './tokensEdits.ts';

/** What a patcher works on. */
export interface Patched {
  /** The text as it is now; undefined when it is gone. */
  source(): TextSource | undefined;
  encode(text: string, token: CancelToken): Promise<readonly EncodedText[]>;
  /** The patch belongs to the text as it was when `source` was last asked. */
  send(patch: TokensPatch): void;
  /** No patch fits: the whole has to be shown again. */
  reload(): void;
}

/** The text that the page has, or will have when it is loaded. */
interface Base {
  length: number;
  /** Undefined while it is being loaded. */
  version: number | undefined;
}

export class TokensPatcher {
  private readonly patched: Patched;
  private base: Base | undefined;
  private pending: Edit | undefined;
  private running: CancelSource | undefined;

  constructor(patched: Patched) {
    this.patched = patched;
  }

  /** A text of so many UTF-16 units was read, and is being encoded: from now on its edits are noted. */
  begin(length: number): void {
    this.stop();
    this.base = { length, version: undefined };
  }

  /** What {@link begin} said is shown now, as this version. */
  shown(version: number): void {
    if (this.base !== undefined) {
      this.base.version = version;
      void this.run(this.base);
    }
  }

  /** @returns false when no text is kept up to date */
  edit(changes: readonly Change[]): boolean {
    if (this.base === undefined) {
      return false;
    }
    this.pending = joined(this.pending, changes);
    void this.run(this.base);
    return true;
  }

  /** Something else is shown. */
  stop(): void {
    this.base = undefined;
    this.pending = undefined;
    this.running?.cancel();
    this.running = undefined;
  }

  private async run(base: Base): Promise<void> {
    if (this.running !== undefined || base.version === undefined) {
      return;
    }
    const cancel = new CancelSource();
    this.running = cancel;
    while (this.pending !== undefined) {
      const source = this.patched.source();
      const plan = source && planPatch(source, this.pending, base.length);
      if (source === undefined || plan === undefined) {
        this.giveUp();
        return;
      }
      this.pending = undefined;
      let encodings: readonly EncodedText[];
      try {
        encodings = await this.patched.encode(plan.text, cancel);
      } catch {
        // A worker that died, or a tokenizer that is gone: loading the whole says so where it is seen.
        if (this.running === cancel) {
          this.giveUp();
        }
        return;
      }
      if (this.running !== cancel) {
        return;
      }
      base.length = source.length;
      base.version += 1;
      this.patched.send({ version: base.version, ...plan, encodings });
    }
    this.running = undefined;
  }

  private giveUp(): void {
    this.stop();
    this.patched.reload();
  }
}
